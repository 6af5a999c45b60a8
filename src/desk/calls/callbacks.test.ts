import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import type { Actor } from '../actor.ts';
import { system } from '../actor.ts';
import { makeCommitment } from '../commitments/make.ts';
import { openCommitments } from '../commitments/queries.ts';
import { watchCommitments } from '../commitments/watch.ts';
import { newId } from '../id.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import { callbacks } from '../views/callbacks.ts';
import { readRoster } from '../views/roster.ts';
import { beginCall } from './begin.ts';
import { keepNumber, nameCaller } from './caller.ts';
import { changeCallbackNumber } from './change-callback.ts';
import { followCall } from './follow.ts';
import { placeCall, reportOutcome, type Wish } from './outgoing.ts';

const db = testDatabase();
let world: World;
let customerId: string;
let callbackId: string;
const staff = (who: 'ana' | 'bruno'): Actor & { kind: 'staff' } => ({
  kind: 'staff',
  staffId: world.staff[who],
  role: 'advisor',
  advisorId: world[who],
});

beforeAll(async () => {
  world = await buildWorld(db);
});
beforeEach(async () => {
  db.clock.now = new Date('2026-11-23T09:00:00Z');
  await sql`truncate call, interaction, tray_item, case_file, commitment cascade`.execute(db.database.kysely);
  customerId = (await addTestCustomer(db, world)).id;
  const received = await db.transact((tx) =>
    receiveInteraction(tx, system, {
      channel: 'mail',
      at: tx.now,
      from: { customerId },
      proven: true,
      text: 'Rappelez-moi.',
      acknowledge: false,
    }),
  );
  if (received.kind !== 'interaction') throw new Error('expected an interaction');
  const made = await db.transact((tx) =>
    makeCommitment(tx, system, {
      customerId,
      caseFileId: received.caseFileId,
      kind: 'callback',
      ownerId: world.ana,
      dueAt: new Date(tx.now.getTime() + 40 * 60_000),
    }),
  );
  callbackId = made.id;
});

const minutes = (count: number) => {
  db.clock.now = new Date(db.clock.now.getTime() + count * 60_000);
};
const open = () => openCommitments(db.database.kysely).where('kind', '=', 'callback').selectAll().execute();
const one = (id: string) =>
  db.database.kysely.selectFrom('commitment').where('id', '=', id).selectAll().executeTakeFirstOrThrow();
async function listOf(advisorId: string) {
  const roster = await readRoster(db.database.kysely, db.clock.now);
  return callbacks(db.database.kysely, roster, advisorId, db.clock.now);
}
async function dial(who: 'ana' | 'bruno', commitmentId = callbackId): Promise<string> {
  const placed = await db.transact((tx) => placeCall(tx, staff(who), { customerId, commitmentId }));
  if (!placed.ok) throw new Error(placed.why);
  return placed.callId;
}
const outcome = (who: 'ana' | 'bruno', callId: string, talked: boolean) =>
  db.transact((tx) => reportOutcome(tx, staff(who), { callId, talked }));

test('a callback that is answered is kept in time, and the call stands on its matter', async () => {
  const callId = await dial('ana');
  minutes(3);
  expect(await outcome('ana', callId, true)).toEqual({ ok: true });
  expect(await one(callbackId)).toMatchObject({ keptAt: db.clock.now, brokenAt: null });
  expect(await open()).toEqual([]);
  const lines = await db.database.kysely
    .selectFrom('interaction')
    .where('channel', '=', 'call')
    .select(['text', 'direction'])
    .execute();
  expect(lines).toEqual([{ text: 'Appel d’Ana Perrin, 3\u00a0min.', direction: 'out' }]);
  expect(await outcome('ana', callId, true)).toEqual({ ok: false, why: 'not_found' });
});

test('no answer: tried again twenty minutes later, three times, then another way within a working day', async () => {
  const tries: string[] = [];
  let id = callbackId;
  for (let count = 0; count < 3; count++) {
    await outcome('ana', await dial('ana', id), false);
    tries.push(id);
    const [next] = await open();
    if (next) {
      expect(next.dueAt).toEqual(new Date(db.clock.now.getTime() + 20 * 60_000));
      id = next.id;
    }
    minutes(10);
  }
  expect(new Set(tries).size).toBe(3);
  expect(await open()).toEqual([]);
  const left = await openCommitments(db.database.kysely).where('replacesId', '=', id).select('kind').execute();
  expect(left).toEqual([{ kind: 'answer' }]);
});

test('a callback rings the number it was promised on: the one they chose by the link, at a second try too', async () => {
  const id = newId();
  const promised = { id, customerId, commitmentId: callbackId, phone: '+33639980001', madeAt: db.clock.now };
  await db.database.kysely.insertInto('callback').values(promised).execute();
  const dialled = async (wish: Partial<Wish>) => {
    const placed = await db.transact((tx) => placeCall(tx, staff('ana'), { customerId, ...wish }));
    if (!placed.ok) throw new Error(placed.why);
    return placed;
  };
  await db.transact((tx) => changeCallbackNumber(tx, id, '06 39 98 77 66'));
  const first = await dialled({ commitmentId: callbackId });
  expect(first.phone).toBe('+33639987766');
  // Asked again while it is being dialled: the same call, the same number.
  expect(await dialled({ commitmentId: callbackId })).toEqual(first);
  await outcome('ana', first.callId, false);
  minutes(20);
  // From the customer's file: it is the callback that is owed.
  const second = await dialled({});
  expect(second.phone).toBe('+33639987766');
  await outcome('ana', second.callId, true);
  expect((await dialled({})).phone).toMatch(/^\+3363998\d{4}$/);
});

test('a call to somebody who was promised nothing, and nobody answers: it is on their timeline, and nothing is owed', async () => {
  const other = await addTestCustomer(db, world, { phone: '+33639980077' });
  const placed = await db.transact((tx) => placeCall(tx, staff('ana'), { customerId: other.id }));
  expect(await outcome('ana', placed.ok ? placed.callId : '', false)).toEqual({ ok: true });
  const { kysely } = db.database;
  const files = await kysely.selectFrom('caseFile').where('customerId', '=', other.id).selectAll().execute();
  expect(files).toMatchObject([{ closedAt: db.clock.now, closingWords: 'Nous avons essayé de vous appeler.' }]);
  const lines = await kysely.selectFrom('interaction').where('customerId', '=', other.id).select('text').execute();
  expect(lines).toEqual([{ text: 'Appel d’Ana Perrin, sans réponse.' }]);
  expect(await openCommitments(kysely).where('customerId', '=', other.id).selectAll().execute()).toEqual([]);
});

test('nobody reports the outcome of a call that somebody else dialled', async () => {
  expect(await outcome('bruno', await dial('ana'), true)).toEqual({ ok: false, why: 'not_found' });
  expect((await one(callbackId)).keptAt).toBeNull();
});

test('late by less than a quarter of an hour it stays the owner’s; then it is broken, and the backups may rescue it', async () => {
  minutes(50);
  await watchCommitments(db.transact);
  expect((await one(callbackId)).brokenAt).toBeNull();
  expect(await listOf(world.bruno)).toEqual([]);
  minutes(6);
  expect((await listOf(world.bruno)).map(({ group }) => group)).toEqual(['rescue']);
  await watchCommitments(db.transact);
  expect((await one(callbackId)).brokenAt).toEqual(db.clock.now);
  const [passedOn] = await open();
  expect(passedOn).toMatchObject({ ownerId: world.bruno, escalation: 1, replacesId: callbackId });
  expect((passedOn?.dueAt.getTime() ?? 0) - db.clock.now.getTime()).toBe(15 * 60_000);
  const chloe = await listOf(world.chloe);
  expect(chloe.map(({ group, broken }) => [group, broken])).toEqual([['rescue', true]]);
  const callId = await dial('bruno', passedOn?.id);
  await outcome('bruno', callId, true);
  expect(await open()).toEqual([]);
});

test('two calls that both name a caller, and a number that is added once', async () => {
  await db.transact((tx) =>
    beginCall(tx, { id: 'who', at: tx.now, fromPhone: '+33639980094', customerId: null, ringList: [world.ana] }),
  );
  const tell = (kind: 'answered' | 'ended') =>
    db.transact((tx) => followCall(tx, { callId: 'who', kind, at: tx.now, attempt: 0 }));
  await tell('answered');
  const name = () => db.transact((tx) => nameCaller(tx, staff('ana'), { callId: 'who', customerId }));
  const results = await Promise.all([name(), name()]);
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  await tell('ended');
  expect(await db.transact((tx) => keepNumber(tx, staff('ana'), 'who'))).toMatchObject({ ok: true });
  expect(await db.transact((tx) => keepNumber(tx, staff('ana'), 'who'))).toMatchObject({ ok: false, why: 'on_file' });
  const lines = await db.database.kysely.selectFrom('interaction').where('channel', '=', 'call').select('id').execute();
  expect(lines).toHaveLength(1);
  const sessions = await db.database.kysely.selectFrom('customerSession').select('customerId').execute();
  expect(sessions, 'a number opens nothing').toEqual([]);
});
