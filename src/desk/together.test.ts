import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { groupSize } from './together.ts';
import { tablesOfMessages } from './transact.ts';
import type { Tx } from './tx.ts';

const db = testDatabase();

beforeAll(async () => {
  await db.database.pool.query('create table told (id int primary key, words text not null)');
});
beforeEach(async () => {
  await db.database.pool.query('truncate told');
});

const tell =
  (id: number, words = 'Bonjour') =>
  async (tx: Tx) => {
    await sql`select 1`.execute(tx.db);
    await tx.write({ compile: () => sql`insert into told values (${id}, ${words})`.compile(tx.db) });
    return id;
  };
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const told = async () =>
  (await db.database.pool.query<{ id: number; xmin: string }>('select id, xmin::text from told order by id')).rows;
const transactions = async () => new Set((await told()).map((row) => row.xmin)).size;

test('forty that come at once share a few transactions, and each gets its own result', async () => {
  const results = await Promise.all(upTo(40).map((id) => db.transact.together(tell(id))));
  expect(results).toEqual(upTo(40));
  expect((await told()).map((row) => row.id)).toEqual(upTo(40));
  expect(await transactions()).toBeLessThan(12);
});

test('who comes alone is answered with nobody to wait for', async () => {
  for (const id of upTo(5)) expect(await db.transact.together(tell(id))).toBe(id);
  expect(await transactions()).toBe(5);
});

test('one that throws is told its own reason, leaves nothing, and spoils no other', async () => {
  const bad = async (tx: Tx) => {
    await tell(100)(tx);
    throw new Error('this one is wrong');
  };
  const outcomes = await Promise.allSettled(
    [...upTo(10).map((id) => tell(id)), bad].map((each) => db.transact.together(each)),
  );
  expect(outcomes.at(-1)).toMatchObject({ status: 'rejected', reason: { message: 'this one is wrong' } });
  expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(10);
  expect((await told()).map((row) => row.id)).toEqual(upTo(10));
});

test('one that breaks a rule of the database spoils no other either', async () => {
  const twice = [1, 2, 3, 4, 5, 6, 3].map((id) => db.transact.together(tell(id)));
  const outcomes = await Promise.allSettled(twice);
  expect(outcomes.filter((each) => each.status === 'rejected')).toEqual([
    { status: 'rejected', reason: expect.objectContaining({ code: '23505' }) },
  ]);
  expect((await told()).map((row) => row.id)).toEqual(upTo(6));
});

test('two at work on the same thing never share a transaction', async () => {
  const ofOne = (id: number) => async (tx: Tx) => {
    tx.keepApart('customer 1');
    return tell(id)(tx);
  };
  await Promise.all(upTo(12).map((id) => db.transact.together(ofOne(id))));
  expect((await told()).map((row) => row.id)).toEqual(upTo(12));
  expect(await transactions()).toBe(12);
});

test('events and jobs of a group that was undone are written once', async () => {
  const before = await counted();
  const leaves = (id: number) => async (tx: Tx) => {
    await tell(id)(tx);
    await tx.record({ type: 'tested', facts: { id } });
    await tx.enqueue('send-mail', { id: `00000000-0000-7000-8000-0000000000${String(id).padStart(2, '0')}` });
    if (id === 7) throw new Error('this one is wrong');
  };
  await Promise.allSettled(upTo(8).map((id) => db.transact.together(leaves(id))));
  const after = await counted();
  expect({ events: after.events - before.events, mails: after.mails - before.mails }).toEqual({ events: 7, mails: 7 });
});

test('mails of one transaction that go at the same time are one job, eight at most', async () => {
  await db.database.pool.query('delete from pgboss.job');
  const later = new Date('2030-01-01T00:00:00Z');
  await db.transact(async (tx) => {
    for (const id of upTo(10)) await tx.enqueue('send-mail', { id: String(id) }, tx.now);
    await tx.enqueue('send-mail', { id: 'later' }, later);
    for (const id of upTo(2)) await tx.enqueue('read-delivery', { id: String(id) });
  });
  const { rows } = await db.database.pool.query<{ data: unknown }>('select data from pgboss.job');
  const jobs = rows.map(({ data }) => data);
  expect(jobs).toHaveLength(5);
  for (const expected of [
    { id: '1' },
    { id: '2' },
    { ids: upTo(8).map(String) },
    { ids: ['9', '10'] },
    { ids: ['later'] },
  ])
    expect(jobs).toContainEqual(expected);
});

test('who meets a lock that lasts waits for it alone; the others are committed meanwhile', async () => {
  await db.transact(tell(1));
  const holder = await db.database.pool.connect();
  await holder.query('begin');
  await holder.query('update told set words = $1 where id = 1', ['locked']);
  const waits = async (tx: Tx) => {
    await sql`update told set words = words || ', and mine' where id = 1`.execute(tx.db);
    return 'after the lock';
  };
  let ended = 0;
  const waiting = upTo(3).map(() => db.transact.together(waits).finally(() => (ended += 1)));
  await db.transact.together(tell(2));
  await Promise.all(upTo(20).map((id) => db.transact.together(tell(10 + id))));
  expect(ended).toBe(0);
  expect(await told()).toHaveLength(22);
  await holder.query('commit');
  holder.release();
  expect(await Promise.all(waiting)).toEqual(Array(3).fill('after the lock'));
  const { rows } = await db.database.pool.query('select words from told where id = 1');
  expect(rows).toEqual([{ words: 'locked, and mine, and mine, and mine' }]);
});

test('when the connection is lost at the commit, all are told, and nothing is run a second time', async () => {
  const runs = vi.fn();
  const cut = async (tx: Tx) => {
    runs();
    const own = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.db);
    await db.database.pool.query('select pg_terminate_backend($1)', [own.rows[0]?.pid]);
  };
  await expect(db.transact.together(cut)).rejects.toThrow();
  expect(runs).toHaveBeenCalledTimes(1);
  expect(await db.transact.together(tell(1))).toBe(1);
});

test('groups of equal size go side by side, and nobody waits for company while no group is at work', () => {
  expect(groupSize({ waiting: 1, underWay: 0, groups: 0 })).toBe(1);
  expect(groupSize({ waiting: 8, underWay: 0, groups: 0 })).toBe(4);
  expect(groupSize({ waiting: 4, underWay: 4, groups: 1 })).toBe(4);
  expect(groupSize({ waiting: 3, underWay: 4, groups: 1 })).toBe(0);
  expect(groupSize({ waiting: 100, underWay: 8, groups: 2 })).toBe(0);
  expect(groupSize({ waiting: 100, underWay: 16, groups: 1 })).toBe(16);
});

test('tables of messages are filled after those they refer to', async () => {
  const { rows } = await sql<{ child: string; parent: string }>`
    select child.relname as child, parent.relname as parent from pg_constraint
    join pg_class child on child.oid = conrelid join pg_class parent on parent.oid = confrelid
    where contype = 'f' and not condeferred and child.oid <> parent.oid`.execute(db.database.kysely);
  const places = new Map(tablesOfMessages.map((table, place) => [snake(table), place]));
  const among = rows.filter(({ child, parent }) => places.has(child) && places.has(parent));
  expect(among.length).toBeGreaterThan(3);
  for (const { child, parent } of among)
    expect(places.get(parent), `${child} refers to ${parent}`).toBeLessThan(places.get(child) as number);
});

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

async function counted(): Promise<{ events: number; mails: number }> {
  const { rows } = await db.database.pool.query<{ events: number; mails: number }>(
    `select (select count(*) from event) as events, (select count(*) from pgboss.job, jsonb_array_elements(data->'ids') where name = 'send-mail') as mails`,
  );
  return rows[0] as { events: number; mails: number };
}
