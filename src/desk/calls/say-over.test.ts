import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import type { Actor } from '../actor.ts';
import { estimateDemand } from '../planning/estimate.ts';
import { callsNow } from '../views/calls-now.ts';
import { occupied } from '../views/on-the-phone.ts';
import { readRoster } from '../views/roster.ts';
import { beginCall } from './begin.ts';
import { followCall } from './follow.ts';
import { followTransfer } from './follow-transfer.ts';
import { sayOver } from './say-over.ts';
import { endWrapUp } from './wrap-up.ts';

const db = testDatabase();
const STARTED = new Date('2026-11-23T09:00:00Z');
const WRAP_UP_SECONDS = 30;
let world: World;
let customer: { id: string; phone: string };

beforeAll(async () => {
  world = await buildWorld(db);
});
beforeEach(async () => {
  db.clock.now = STARTED;
  await sql`truncate call, interaction, tray_item, case_file, commitment, event cascade`.execute(db.database.kysely);
  customer = await addTestCustomer(db, world);
  await db.transact(async (tx) => {
    const call = { id: 'talk', at: tx.now, fromPhone: customer.phone, customerId: customer.id, ringList: [world.ana] };
    await beginCall(tx, call);
    await followCall(tx, { callId: 'talk', kind: 'answered', at: tx.now, attempt: 0 });
  });
});

const at = (minutes: number) => new Date(STARTED.getTime() + minutes * 60_000);
const actor = (who: 'ana' | 'bruno'): Actor => ({
  kind: 'staff',
  staffId: world.staff[who],
  advisorId: world[who],
  role: 'advisor',
});
/** Says it so many minutes after the call was answered. */
function says(over: boolean, minutes: number, who: 'ana' | 'bruno' = 'ana') {
  db.clock.now = at(minutes);
  return db.transact((tx) => sayOver(tx, actor(who), { callId: 'talk', over }));
}
const told = (minutes: number) =>
  db.transact((tx) => followCall(tx, { callId: 'talk', kind: 'ended', at: at(minutes), attempt: -1 }));
const doing = async (who: 'ana' | 'bruno' = 'ana') =>
  (await occupied({ db: db.database.kysely, now: db.clock.now }, WRAP_UP_SECONDS)).get(world[who])?.doing;
const read = () => db.database.kysely.selectFrom('call').selectAll().executeTakeFirstOrThrow();
const text = async () =>
  (await db.database.kysely.selectFrom('interaction').select('text').execute()).map((each) => each.text);
const events = async () =>
  (await db.database.kysely.selectFrom('event').where('type', 'like', 'call.%').select('type').orderBy('seq').execute())
    .map(({ type }) => type)
    .slice(2);
/** Talks of five minutes enough to be measured, all of them ended by their advisor's word or by the phone system's. */
async function minutesMeasured(saidOver: boolean): Promise<number | undefined> {
  await sql`insert into call (id, invited_at, answered_at, answered_by, ended_at, said_over_at)
    select 'talk ' || n, ${STARTED}, ${STARTED}, ${world.ana}, ${at(5)}, ${saidOver ? at(5) : null}
    from generate_series(1, 200) as n`.execute(db.database.kysely);
  const { callMinutes } = (await estimateDemand(db.database.kysely, at(180))).assumptions;
  return callMinutes.measuredOn ? callMinutes.value : undefined;
}

test('an end nobody told: the advisor says so, writes up, and is free; how long it was is nobody’s guess', async () => {
  expect(await doing()).toBe('call');
  expect(await says(true, 40)).toEqual({ ok: true });
  expect(await says(true, 40)).toEqual({ ok: true });
  expect(await doing()).toBe('wrapUp');
  await db.transact((tx) => endWrapUp(tx, world.ana));
  expect(await doing()).toBeUndefined();
  expect(await text()).toEqual(['Appel avec Ana Perrin.']);
  expect(await events()).toEqual(['call.said_over']);
});

test('no figure counts the minutes of a call that was only said to be over', async () => {
  expect(await minutesMeasured(true)).toBeUndefined();
  await db.database.kysely.deleteFrom('call').execute();
  expect(await minutesMeasured(false)).toBe(5);
});

test('told after all, earlier than she said: the call ended then, once, and its minutes count', async () => {
  await says(true, 40);
  await db.transact((tx) => endWrapUp(tx, world.ana));
  await told(4);
  await told(50);
  expect(await read()).toMatchObject({ endedAt: at(4), saidOverAt: null, wrappedAt: null });
  expect(await doing()).toBeUndefined();
  expect(await text()).toEqual(['Appel avec Ana Perrin, 4\u00a0min.']);
  expect(await events()).toEqual(['call.said_over', 'call.ended']);
});

test('said too early: she says that she is still on the phone, and counts as that until the end is told', async () => {
  await says(true, 2);
  expect(await says(false, 2.1)).toEqual({ ok: true });
  expect(await doing()).toBe('call');
  await told(9);
  expect(await text()).toEqual(['Appel avec Ana Perrin, 9\u00a0min.']);
  // An end that was told is not taken back, and no second one is said.
  await says(false, 10);
  await says(true, 11);
  expect(await read()).toMatchObject({ endedAt: at(9), saidOverAt: null });
});

test('what Kamailio gives up after two hours did not end then', async () => {
  await says(true, 40);
  await told(120);
  expect(await read()).toMatchObject({ endedAt: at(40), saidOverAt: at(40) });
  expect(await text()).toEqual(['Appel avec Ana Perrin.']);
});

test('nobody ends another’s call, nor one that nobody has answered', async () => {
  expect(await says(true, 1, 'bruno')).toEqual({ ok: false, why: 'not_found' });
  await db.database.kysely.updateTable('call').set({ answeredAt: null, answeredBy: null }).execute();
  expect(await says(true, 1)).toEqual({ ok: false, why: 'not_found' });
  expect((await read()).endedAt).toBeNull();
  expect(await events()).toEqual([]);
});

test('of a call passed on only who has it now may say so; the part of the first keeps its minutes', async () => {
  const passed = { callId: 'talk', advisorId: world.bruno, kind: 'answered' as const, at: at(3) };
  await db.transact((tx) => followTransfer(tx, passed));
  expect(await says(true, 30)).toEqual({ ok: false, why: 'not_found' });
  expect(await says(true, 30, 'bruno')).toEqual({ ok: true });
  expect(await text()).toEqual(['Appel avec Ana Perrin, 3\u00a0min, puis Bruno Cattin.']);
  await db.transact((tx) => followTransfer(tx, { ...passed, kind: 'ended', at: at(8) }));
  expect(await text()).toEqual(['Appel avec Ana Perrin, 3\u00a0min, puis Bruno Cattin, 5\u00a0min.']);
});

test('the band says that it was only said, so that it can be taken back', async () => {
  const shown = async () => {
    const roster = await readRoster(db.database.kysely, db.clock.now);
    const calls = await callsNow(db.database.kysely, roster, { advisorId: world.ana, locale: 'fr' }, db.clock.now);
    return calls.map(({ state, saidOver }) => [state, saidOver]);
  };
  expect(await shown()).toEqual([['talking', false]]);
  await says(true, 1);
  expect(await shown()).toEqual([['ended', true]]);
  await told(1);
  expect(await shown()).toEqual([['ended', false]]);
});
