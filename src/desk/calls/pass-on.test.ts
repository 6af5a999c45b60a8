import { afterEach, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import type { Actor } from '../actor.ts';
import { newId } from '../id.ts';
import { routeCall } from '../views/call-route.ts';
import { callsNow } from '../views/calls-now.ts';
import { readRoster } from '../views/roster.ts';
import { callSituation } from '../views/situation.ts';
import { beginCall } from './begin.ts';
import { followCall } from './follow.ts';
import { followTransfer } from './follow-transfer.ts';
import { passCallOn, takePassedCall } from './pass-on.ts';
import { sayFinishing } from './wrap-up.ts';

const db = testDatabase();
const start = db.clock.now.getTime();
let world: World;
let customer: { id: string; phone: string };

beforeAll(async () => {
  world = await buildWorld(db);
  customer = await addTestCustomer(db, world);
});
afterEach(async () => {
  db.clock.now = new Date(start);
  await db.database.kysely.deleteFrom('call').execute();
  await db.database.kysely.deleteFrom('interaction').execute();
  await db.database.kysely.deleteFrom('caseFile').execute();
});

const at = (seconds: number) => new Date(start + seconds * 1_000);
const actor = (who: 'ana' | 'bruno' | 'chloe'): Actor => ({
  kind: 'staff',
  staffId: world.staff[who],
  advisorId: world[who],
  role: 'advisor',
});
async function anaTalks(source = 'kamailio'): Promise<string> {
  const callId = newId();
  const call = { id: callId, at: at(0), fromPhone: customer.phone, customerId: customer.id, ringList: [world.ana] };
  await db.transact((tx) => beginCall(tx, { ...call, source }));
  await db.transact((tx) => followCall(tx, { callId, kind: 'answered', at: at(10), attempt: 0 }));
  return callId;
}
/** Ana passes it on at her phone, of which nothing is told, and he says that he has it. */
async function brunoTakes(callId: string, seconds: number): Promise<void> {
  await db.transact((tx) => passCallOn(tx, actor('ana'), { callId, toAdvisorId: world.bruno, words: '' }));
  db.clock.now = at(seconds);
  await db.transact((tx) => takePassedCall(tx, actor('bruno'), callId));
}
const tell = (callId: string, kind: 'answered' | 'ended', seconds: number) =>
  db.transact((tx) => followTransfer(tx, { callId, advisorId: world.bruno, kind, at: at(seconds) }));
const firstLegEnds = (callId: string, seconds: number) =>
  db.transact((tx) => followCall(tx, { callId, kind: 'ended', at: at(seconds), attempt: -1 }));
const read = () => db.database.kysely.selectFrom('call').selectAll().executeTakeFirstOrThrow();
const parts = () => db.database.kysely.selectFrom('callTalk').selectAll().orderBy('startedAt').execute();
async function doing(who: 'ana' | 'bruno') {
  const tx = { db: db.database.kysely, now: db.clock.now };
  const { advisors } = await callSituation(tx, await readRoster(tx.db, tx.now), null);
  return advisors[world[who]]?.doing;
}
const line = async () =>
  (await db.database.kysely.selectFrom('interaction').where('channel', '=', 'call').selectAll().execute()).map(
    ({ text, byAdvisor }) => [text, byAdvisor],
  );
const TOLD = 'Appel avec Ana Perrin, 2\u00a0min, puis Bruno Cattin, 5\u00a0min.';

test.each([
  ['as it happened', ['took', 'first', 'last']],
  ['the first leg’s end first', ['first', 'took', 'last']],
  ['each twice', ['took', 'took', 'first', 'first', 'last', 'last']],
  ['the first leg’s end at the very last', ['took', 'last', 'first']],
] as const)('events of a passed call told %s leave one line: who talked how long', async (_, order) => {
  const callId = await anaTalks();
  const told = {
    took: () => tell(callId, 'answered', 130),
    first: () => firstLegEnds(callId, 131),
    last: () => tell(callId, 'ended', 430),
  };
  for (const each of order) await told[each]();
  expect(await line()).toEqual([[TOLD, world.ana]]);
  expect(await read()).toMatchObject({ answeredBy: world.bruno, endedAt: at(430), missedAt: null });
});

test.each(['kamailio', 'pbx'])(
  'passed on at a switch of %s: the one end told ends it, and the minutes of both are known',
  async (source) => {
    const callId = await anaTalks(source);
    await brunoTakes(callId, 130);
    await firstLegEnds(callId, 430);
    expect(await line()).toEqual([[TOLD, world.ana]]);
    expect(await read()).toMatchObject({ answeredBy: world.bruno, endedAt: at(430) });
    expect((await parts()).map(({ endedAt }) => endedAt)).toEqual([at(130), at(430)]);
    db.clock.now = at(440);
    expect(await doing('bruno')).not.toBe('call');
  },
);

test('a colleague says that they have it, and their phone tells so too: the first leg’s end does not end it', async () => {
  const callId = await anaTalks();
  await brunoTakes(callId, 131);
  await tell(callId, 'answered', 130);
  await firstLegEnds(callId, 132);
  expect(await read()).toMatchObject({ endedAt: null });
  await tell(callId, 'ended', 431);
  expect(await read()).toMatchObject({ endedAt: at(431) });
});

test('who passed it on hangs up half a minute later: the call is over when the colleague’s phone tells so', async () => {
  const callId = await anaTalks();
  await tell(callId, 'answered', 130);
  await firstLegEnds(callId, 160);
  await tell(callId, 'ended', 430);
  await tell(callId, 'ended', 431);
  await firstLegEnds(callId, 160);
  expect(await line()).toEqual([[TOLD, world.ana]]);
  expect(await read()).toMatchObject({ endedAt: at(430) });
  expect((await parts()).map(({ endedAt }) => endedAt)).toEqual([at(130), at(430)]);
});

test('while the colleague talks she is free for the next caller, and he is not', async () => {
  const callId = await anaTalks();
  await tell(callId, 'answered', 60);
  await firstLegEnds(callId, 61);
  db.clock.now = at(70);
  expect(await doing('bruno')).toBe('call');
  expect(await doing('ana')).not.toBe('call');
});

test('the word is for the colleague named, replaced by another, and gone once they have the call', async () => {
  const callId = await anaTalks();
  const pass = (who: 'ana' | 'bruno', toAdvisorId: string, words = 'Box cassée.') =>
    db.transact((tx) => passCallOn(tx, actor(who), { callId, toAdvisorId, words }));
  const shown = async (who: 'ana' | 'bruno' | 'chloe') => {
    const roster = await readRoster(db.database.kysely, db.clock.now);
    const calls = await callsNow(db.database.kysely, roster, { advisorId: world[who], locale: 'fr' }, db.clock.now);
    return calls.map(({ state, passing }) => [state, passing?.words]);
  };
  expect(await pass('ana', world.chloe)).toEqual({ ok: true });
  expect(await shown('chloe')).toEqual([['passed', 'Box cassée.']]);
  expect(await pass('ana', world.bruno, 'Il veut un rendez-vous.')).toEqual({ ok: true });
  expect(await shown('chloe')).toEqual([]);
  expect(await shown('bruno')).toEqual([['passed', 'Il veut un rendez-vous.']]);
  // Nobody passes on another's call, their own to themselves, or to nobody; nobody takes what was passed to another.
  expect(await pass('bruno', world.chloe)).toMatchObject({ ok: false });
  expect(await pass('ana', world.ana)).toMatchObject({ ok: false });
  expect(await pass('ana', newId())).toMatchObject({ ok: false });
  expect(await db.transact((tx) => takePassedCall(tx, actor('chloe'), callId))).toMatchObject({ ok: false });
  expect(await db.transact((tx) => takePassedCall(tx, actor('bruno'), callId))).toEqual({ ok: true });
  expect(await shown('bruno')).toEqual([['talking', 'Il veut un rendez-vous.']]);
  expect(await shown('ana')).toEqual([]);
  await firstLegEnds(callId, 30);
  expect(await pass('ana', world.chloe)).toMatchObject({ ok: false });
});

test('"finishing in a minute": a caller of hers is held for her; silent about it, or longer than she said, they are not', async () => {
  await anaTalks();
  const attempts = async () =>
    (await routeCall({ db: db.database.kysely, now: db.clock.now }, customer.phone)).decision.attempts;
  db.clock.now = at(20);
  expect((await attempts()).filter(({ advisorId, how }) => advisorId === world.ana && how === 'hold')).toEqual([]);
  await db.transact((tx) => sayFinishing(tx, world.ana));
  expect((await attempts())[0]).toMatchObject({ advisorId: world.ana, how: 'hold' });
  db.clock.now = at(90);
  expect((await attempts()).filter(({ how }) => how === 'hold')).toEqual([]);
});
