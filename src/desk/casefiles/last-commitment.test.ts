import type { PoolClient } from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { system } from '../actor.ts';
import { makeCommitment } from '../commitments/make.ts';
import { openCommitments } from '../commitments/queries.ts';
import { watchCommitments } from '../commitments/watch.ts';
import { withdrawCommitment } from '../commitments/withdraw.ts';
import { lockCaseFile, openCaseFile } from './open.ts';

const db = testDatabase();
const due = () => new Date(db.clock.now.getTime() + 86_400_000);
const start = new Date('2026-11-23T09:00:00Z');
const refused = { constraint: 'case_file_has_commitment' };
let world: World;
let customerId: string;

beforeAll(async () => {
  world = await buildWorld(db);
});
beforeEach(async () => {
  db.clock.now = start;
  customerId = (await addTestCustomer(db, world)).id;
});

/** An open case file of Ana's with so many commitments; their ids. */
function matter(commitments: number): Promise<{ id: string; ids: string[] }> {
  return db.transact(async (tx) => {
    const about = { customerId, ownerId: world.ana };
    const { id } = await openCaseFile(tx, system, {
      ...about,
      subject: 'Box',
      lineId: null,
      at: tx.now,
      covering: false,
    });
    const ids: string[] = [];
    for (let n = 0; n < commitments; n += 1)
      ids.push((await makeCommitment(tx, system, { ...about, caseFileId: id, kind: 'visit', dueAt: due() })).id);
    return { id, ids };
  });
}

const openIn = async (caseFileId: string) =>
  (await openCommitments(db.database.kysely).where('caseFileId', '=', caseFileId).select('id').execute()).length;

/** Two connections, each in a transaction of its own. */
async function withTwo(work: (one: PoolClient, other: PoolClient) => Promise<void>): Promise<void> {
  const [one, other] = [await db.database.pool.connect(), await db.database.pool.connect()];
  try {
    await one.query('begin');
    await other.query('begin');
    await work(one, other);
  } finally {
    await one.query('rollback');
    await other.query('rollback');
    one.release();
    other.release();
  }
}

/** Until somebody waits for a lock of this database, or there is nothing to wait for. */
async function waitingOrDone(work: Promise<unknown>): Promise<void> {
  let done = false;
  void work.finally(() => (done = true)).catch(() => undefined);
  const waits = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while (!done && (await db.database.pool.query(waits)).rowCount === 0);
}

/** One has looked already and not committed yet, as the other commits; what became of both. */
async function commitBoth(one: PoolClient, other: PoolClient): Promise<PromiseSettledResult<unknown>[]> {
  await one.query('set constraints all immediate');
  const late = other.query('commit');
  await waitingOrDone(late);
  return Promise.allSettled([one.query('commit'), late]);
}

const end = (client: PoolClient, id: string | undefined) =>
  client.query('update commitment set kept_at = now() where id = $1', [id]);

describe('the last commitment of an open case file', () => {
  it('is not ended by two who each see the other’s still open', async () => {
    const { id, ids } = await matter(2);
    await withTwo(async (one, other) => {
      await end(one, ids[0]);
      await end(other, ids[1]);
      expect(await commitBoth(one, other)).toMatchObject([{ status: 'fulfilled' }, { reason: refused }]);
    });
    expect(await openIn(id)).toBe(1);
  });

  it('is not ended by one while another opens the case file again and counts on it', async () => {
    const { id, ids } = await matter(1);
    await db.database.pool.query(`update case_file set closed_at = now(), closing_words = 'Done.' where id = $1`, [id]);
    await withTwo(async (one, other) => {
      await one.query('update case_file set closed_at = null, closing_words = null where id = $1', [id]);
      await end(other, ids[0]);
      expect(await commitBoth(one, other)).toMatchObject([{ status: 'fulfilled' }, { reason: refused }]);
    });
    expect(await openIn(id)).toBe(1);
  });

  it('does not move to another case file, nor does one go that was ended on the way', async () => {
    const [from, to] = [await matter(1), await matter(1)];
    const move = (and = '') =>
      db.database.pool.query(`update commitment set case_file_id = $2${and} where id = $1`, [from.ids[0], to.id]);
    await expect(move()).rejects.toMatchObject(refused);
    await expect(move(', kept_at = now()')).rejects.toMatchObject(refused);
    await expect(db.database.pool.query('delete from commitment where id = $1', from.ids)).rejects.toMatchObject(
      refused,
    );
    expect([await openIn(from.id), await openIn(to.id)]).toEqual([1, 1]);
  });

  it('does not keep one of several from ending or moving, nor a customer from being erased', async () => {
    const [from, to] = [await matter(3), await matter(1)];
    await db.database.pool.query('update commitment set case_file_id = $2 where id = $1', [from.ids[0], to.id]);
    await db.database.pool.query('update commitment set kept_at = now() where id = $1', [from.ids[1]]);
    expect([await openIn(from.id), await openIn(to.id)]).toEqual([1, 2]);
    await db.database.pool.query('delete from customer where id = $1', [customerId]);
    expect([await openIn(from.id), await openIn(to.id)]).toEqual([0, 0]);
  });
});

describe('whoever ends a commitment waits for whoever is at work on its case file', () => {
  /** Holds the case file until `then` has had time to come upon the lock; then takes the commitment, as commands do. */
  async function whileHeld(matterOf: { id: string; ids: string[] }, then: () => Promise<unknown>): Promise<unknown> {
    let begun: Promise<unknown> = Promise.resolve();
    await db.transact(async (tx) => {
      await lockCaseFile(tx, matterOf.id);
      begun = then();
      await waitingOrDone(begun);
      await tx.db.updateTable('commitment').set({ words: 'x' }).where('caseFileId', '=', matterOf.id).execute();
    });
    return begun;
  }

  it('so that a promise taken back never ends in a deadlock', async () => {
    const held = await matter(2);
    const [id = ''] = held.ids;
    const withdraw = () => db.transact((tx) => withdrawCommitment(tx, system, { id, words: 'Taken back.' }));
    expect(await whileHeld(held, withdraw)).toEqual({ ok: true });
  });

  it('and what is overdue there is broken at the next look', async () => {
    const held = await matter(1);
    db.clock.now = new Date('2026-11-27T16:00:00Z');
    await whileHeld(held, () => watchCommitments(db.transact));
    expect(await openCommitments(db.database.kysely).where('id', 'in', held.ids).select('id').execute()).toHaveLength(
      1,
    );
    await watchCommitments(db.transact);
    expect(await openCommitments(db.database.kysely).where('id', 'in', held.ids).select('id').execute()).toEqual([]);
    expect(await openIn(held.id)).toBe(1);
  });
});
