import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { system } from '../actor.ts';
import { openCommitments } from '../commitments/queries.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import { setAsideTrayItem } from '../interactions/tray.ts';
import { pauseCalls, takeCalls } from '../presence/pause.ts';
import { readRoster } from '../views/roster.ts';
import { explainRoute } from '../views/route.ts';
import { callSituation } from '../views/situation.ts';
import { beginCall } from './begin.ts';
import { type CallEvent, followCall } from './follow.ts';
import { forgetUnknownNumbers } from './forget-numbers.ts';
import { finishSilentCalls } from './silent-calls.ts';
import { endWrapUp } from './wrap-up.ts';

const db = testDatabase();
let world: World;
let customer: { id: string; phone: string };

beforeAll(async () => {
  world = await buildWorld(db);
});
beforeEach(async () => {
  db.clock.now = new Date('2026-11-23T09:00:00Z');
  await sql`truncate call, interaction, tray_item, case_file, commitment cascade`.execute(db.database.kysely);
  customer = await addTestCustomer(db, world);
});

const begin = (id: string, from: { id: string | null; phone: string | null } = customer) =>
  db.transact((tx) =>
    beginCall(tx, {
      id,
      at: db.clock.now,
      fromPhone: from.phone,
      customerId: from.id,
      ringList: [world.ana, world.bruno],
    }),
  );
const owed = () => openCommitments(db.database.kysely).select(['id', 'kind', 'ownerId', 'dueAt']).execute();
async function situationNow() {
  const tx = { db: db.database.kysely, now: db.clock.now };
  return (await callSituation(tx, await readRoster(tx.db, tx.now), world.ana)).advisors;
}
const follow = (callId: string, kind: CallEvent['kind'], attempt = 0) =>
  db.transact((tx) => followCall(tx, { callId, kind, at: db.clock.now, attempt }));
const read = (id: string) =>
  db.database.kysely.selectFrom('call').where('id', '=', id).selectAll().executeTakeFirstOrThrow();
const interactions = () => db.database.kysely.selectFrom('interaction').select('id').execute();

test('two processes that hear of the same missed call record it once', async () => {
  await Promise.all([begin('twice'), begin('twice')]);
  await Promise.all([follow('twice', 'missed'), follow('twice', 'missed')]);
  expect((await read('twice')).missedAt).toEqual(db.clock.now);
  expect(await interactions()).toHaveLength(1);
});

const lines = () =>
  db.database.kysely.selectFrom('interaction').select(['id', 'text', 'direction', 'byAdvisor', 'caseFileId']).execute();
const later = (seconds: number) => {
  db.clock.now = new Date(db.clock.now.getTime() + seconds * 1_000);
};
async function talk(id: string, minutes: number): Promise<void> {
  await begin(id);
  await follow(id, 'ringing', 0);
  await follow(id, 'ringing', 1);
  await follow(id, 'answered', 1);
  later(minutes * 60);
  await follow(id, 'ended');
}

test('an answered call is one line on the timeline: who, how long, whom it rang before; nothing is owed', async () => {
  await talk('talked', 4);
  expect(await lines()).toMatchObject([
    {
      text: 'Appel avec Bruno Cattin, 4\u00a0min. D’abord sonné chez Ana Perrin.',
      direction: 'in',
      byAdvisor: world.bruno,
    },
  ]);
  expect(await owed()).toEqual([]);
  const open = db.database.kysely.selectFrom('caseFile').where('closedAt', 'is', null).select('id');
  expect(await open.execute()).toEqual([]);
});

test('events doubled, swapped, late and told by two processes leave the same single line', async () => {
  await Promise.all([begin('mess'), begin('mess')]);
  const at = (seconds: number) => new Date(db.clock.now.getTime() + seconds * 1_000);
  const tell = (kind: CallEvent['kind'], seconds: number, attempt = 1) =>
    db.transact((tx) => followCall(tx, { callId: 'mess', kind, at: at(seconds), attempt }));
  await Promise.all([tell('ended', 120, -1), tell('ended', 120, -1)]);
  await Promise.all([tell('answered', 60), tell('answered', 60), tell('ringing', 0, 0), tell('missed', 130, -1)]);
  await tell('ringing', 0, 0);
  await tell('ended', 120, -1);
  expect(await read('mess')).toMatchObject({ answeredBy: world.bruno, missedAt: null, answeredAt: at(60) });
  expect((await lines()).map(({ text }) => text)).toEqual([
    expect.stringContaining('Appel avec Bruno Cattin, 1\u00a0min.'),
  ]);
  expect(await owed()).toEqual([]);
});

test('an answer reported after the call was counted as missed: the same line says so, and nothing stays owed', async () => {
  await begin('late');
  await follow('late', 'missed');
  expect(await owed()).toHaveLength(1);
  const [before] = await lines();
  await follow('late', 'answered', 0);
  expect(await lines()).toMatchObject([{ id: before?.id, text: 'Appel avec Ana Perrin.' }]);
  expect(await owed()).toEqual([]);
});

test('three missed calls are one matter and one promise; a talk keeps it', async () => {
  for (const id of ['m1', 'm2', 'm3']) {
    await begin(id);
    await follow(id, 'ringing', 0);
    later(20);
    await follow(id, 'missed');
  }
  const missed = await lines();
  expect(new Set(missed.map(({ caseFileId }) => caseFileId)).size).toBe(1);
  expect(missed[0]?.text).toMatch(/^Appel manqué du 06.39.98.+ après 20\u00a0s\. Sonné chez Ana Perrin\.$/);
  expect(await owed()).toHaveLength(1);
  await talk('then', 2);
  expect(await owed()).toEqual([]);
  expect(new Set((await lines()).map(({ caseFileId }) => caseFileId)).size).toBe(1);
});

test('a call during an open matter stands there and changes none of its promises', async () => {
  const received = await db.transact((tx) =>
    receiveInteraction(tx, system, {
      channel: 'message',
      at: tx.now,
      from: { customerId: customer.id },
      proven: true,
      text: 'Ma ligne est coupée.',
      acknowledge: false,
    }),
  );
  const before = await owed();
  await talk('during', 3);
  expect(await owed()).toEqual(before);
  if (received.kind !== 'interaction') throw new Error('expected an interaction');
  expect((await lines()).map(({ caseFileId }) => caseFileId)).toEqual([received.caseFileId, received.caseFileId]);
});

test('the texts of a call are in the language of the customer, and in the operator’s for the tray', async () => {
  const english = await addTestCustomer(db, world, { locale: 'en' });
  await begin('english', english);
  await follow('english', 'ringing', 0);
  later(30);
  await follow('english', 'missed');
  expect((await lines())[0]?.text).toMatch(/^Missed call from 06.39.98.+ after 30 s\. Rang at Ana Perrin\.$/);
  await begin('nobody', { id: null, phone: '+33639980097' });
  await follow('nobody', 'missed');
  const [item] = await db.database.kysely.selectFrom('trayItem').selectAll().execute();
  expect(item).toMatchObject({ subject: 'Appel manqué', fromPhone: '+33639980097' });
});

test('a withheld number: the call is on record, nobody can be owed anything', async () => {
  await begin('withheld', { id: null, phone: null });
  await follow('withheld', 'missed');
  expect((await read('withheld')).missedAt).toBeTruthy();
  expect(await lines()).toEqual([]);
});

test('a call of which nothing more is heard counts as missed after ten minutes', async () => {
  await begin('silent');
  later(540);
  expect(await finishSilentCalls(db.transact)).toBe(0);
  later(120);
  expect(await finishSilentCalls(db.transact)).toBe(1);
  expect(await owed()).toHaveLength(1);
});

test('the number of an unknown caller is deleted after 30 days, unless its answer is still owed', async () => {
  await begin('stranger', { id: null, phone: '+33639980096' });
  await follow('stranger', 'missed');
  await begin('known');
  await follow('known', 'missed');
  later(31 * 86_400);
  expect(await db.transact(forgetUnknownNumbers)).toBe(0);
  const item = await db.database.kysely.selectFrom('trayItem').select('id').executeTakeFirstOrThrow();
  await db.transact((tx) => setAsideTrayItem(tx, system, { id: item.id, why: 'publicité' }));
  expect(await db.transact(forgetUnknownNumbers)).toBe(1);
  expect(await read('stranger')).toMatchObject({ fromPhone: null, forgottenAt: db.clock.now });
  expect(JSON.stringify(await db.database.kysely.selectFrom('trayItem').selectAll().execute())).not.toMatch(
    /3998.?00.?96/,
  );
  expect((await read('known')).fromPhone).toBe(customer.phone);
});

test('who writes up a call is held for, who stepped away is not rung, who is rung is not rung twice', async () => {
  await talk('wrap', 2);
  expect((await situationNow())[world.bruno]).toMatchObject({ doing: 'wrapUp', since: db.clock.now.getTime() });
  await db.transact((tx) => endWrapUp(tx, world.bruno));
  expect((await situationNow())[world.bruno]?.doing).toBe('idle');
  await db.transact((tx) => pauseCalls(tx, world.ana));
  expect(await ringListNow()).not.toContain(world.ana);
  await db.transact((tx) => takeCalls(tx, world.ana));
  await begin('rings');
  await follow('rings', 'ringing', 0);
  expect((await situationNow())[world.ana]?.doing).toBe('ringing');
  await follow('rings', 'missed');
  expect((await situationNow())[world.ana]?.doing).toBe('idle');
});

test('whoever is on a call is not rung, until the call ends', async () => {
  await begin('talk');
  await follow('talk', 'answered', 0);
  expect(await ringListNow()).not.toContain(world.ana);
  await follow('talk', 'ended');
  expect((await ringListNow())[0]).toBe(world.ana);
});

test('an event of a call nobody told us of changes nothing', async () => {
  const before = await interactions();
  await follow('never begun', 'missed');
  expect(await interactions()).toEqual(before);
});

async function ringListNow(): Promise<string[]> {
  const asked = { channel: 'call' as const, phone: customer.phone };
  const { decision } = await explainRoute({ db: db.database.kysely, now: db.clock.now }, asked);
  return decision.channel === 'call' ? decision.attempts.map((attempt) => attempt.advisorId) : [];
}
