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
async function anaTalks(): Promise<string> {
  const callId = newId();
  const call = { id: callId, at: at(0), fromPhone: customer.phone, customerId: customer.id, ringList: [world.ana] };
  await db.transact((tx) => beginCall(tx, call));
  await db.transact((tx) => followCall(tx, { callId, kind: 'answered', at: at(10), attempt: 0 }));
  return callId;
}
const tell = (callId: string, kind: 'answered' | 'ended', seconds: number) =>
  db.transact((tx) => followTransfer(tx, { callId, advisorId: world.bruno, kind, at: at(seconds) }));
const firstLegEnds = (callId: string, seconds: number) =>
  db.transact((tx) => followCall(tx, { callId, kind: 'ended', at: at(seconds), attempt: -1 }));
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
  const row = await db.database.kysely.selectFrom('call').selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({ answeredBy: world.bruno, endedAt: at(430), missedAt: null });
});

test('while the colleague talks she is free for the next caller, and he is not', async () => {
  const callId = await anaTalks();
  await tell(callId, 'answered', 60);
  await firstLegEnds(callId, 61);
  db.clock.now = at(70);
  const tx = { db: db.database.kysely, now: db.clock.now };
  const { advisors } = await callSituation(tx, await readRoster(tx.db, tx.now), null);
  expect(advisors[world.bruno]?.doing).toBe('call');
  expect(advisors[world.ana]?.doing).not.toBe('call');
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
