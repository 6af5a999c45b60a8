import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { decide } from '../src/core/routing/decide.ts';
import { policyWith, STANDARD_POLICY } from '../src/core/routing/policy.ts';
import { putThroughTo } from '../src/core/routing/put-through.ts';
import { canonical } from '../src/core/routing/replay.ts';
import type { CallRequest } from '../src/core/routing/request.ts';
import { system } from '../src/desk/actor.ts';
import { noteDecidedAgain } from '../src/desk/calls/note-decision.ts';
import { unpackState } from '../src/desk/calls/pack-state.ts';
import { addCallSource } from '../src/desk/calls/sources.ts';
import { newId } from '../src/desk/id.ts';
import { receiveInteraction } from '../src/desk/interactions/receive.ts';
import { pauseCalls } from '../src/desk/presence/pause.ts';
import { readRecorded } from '../src/desk/replay/read-recorded.ts';
import { replayPeriod } from '../src/desk/replay/replay-period.ts';
import { readStored } from '../src/desk/replay/stored.ts';
import { bearer, testApp } from './app.ts';
import { testDatabase, testKey } from './database.ts';
import { addTestCustomer, buildWorld, type World } from './world.ts';

/** The contract from the product's side: what came in through its doors, as stored, decided again by the pure rules. */
const db = testDatabase();
let world: World;
let app: ReturnType<typeof testApp>;
let token: { Authorization: string };
const customers: { id: string; phone: string; mail: string }[] = [];
const monday = Date.parse('2026-11-23T08:00:00Z');
const period = { since: new Date(monday - 3_600_000), until: new Date(monday + 12 * 3_600_000) };
const at = (minutes: number) => {
  db.clock.now = new Date(monday + minutes * 60_000);
};
let secret: string;
let asked = 0;
async function call(phone: string): Promise<string> {
  asked += 1;
  const callId = `c${asked}`;
  const body = JSON.stringify({ source: 'pbx', callId, from: phone });
  const headers = { ...token, 'Content-Type': 'application/json' };
  expect((await app.request('/api/v1/calls/ask', { method: 'POST', headers, body })).status).toBe(200);
  return callId;
}
async function tell(callId: string, event: string, extension = ''): Promise<void> {
  asked += 1;
  const body = JSON.stringify({ id: `e${asked}`, callId, event, extension, at: db.clock.now.toISOString() });
  const seconds = Math.floor(db.clock.now.getTime() / 1000);
  const v1 = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  const signature = { 'Visavis-Source': 'pbx', 'Visavis-Signature': `t=${seconds},v1=${v1}` };
  const headers = { ...signature, 'Content-Type': 'application/json' };
  expect((await app.request('/api/v1/calls/events', { method: 'POST', headers, body })).status).toBe(200);
}
const write = (mail: string) =>
  db.transact((tx) =>
    receiveInteraction(tx, system, {
      channel: 'message',
      from: { mail },
      at: tx.now,
      proven: true,
      acknowledge: false,
      subject: 'Plus de signal',
      text: 'Bonjour, plus rien depuis ce matin.',
    }),
  );

/** Kamailio asked again: for one who had declined an offer, and for one who was put through to who became free. */
async function decideAgain(): Promise<void> {
  const [row] = await db.database.kysely
    .selectFrom('call')
    .where(sql<boolean>`decision->>'offer' is not null`)
    .orderBy('invitedAt')
    .selectAll()
    .execute();
  if (!row) throw new Error('nobody was offered a callback');
  const stored = readStored({
    ...row,
    situation: { ...(await stateOf(row.houseStateId)), ...(row.situation as object) },
  });
  if (typeof stored === 'string' || stored.request.channel !== 'call') throw new Error(`not a call: ${stored}`);
  const { situation } = stored;
  const request: CallRequest = { ...stored.request, declined: true };
  const { ownId } = request;
  const decided = decide(STANDARD_POLICY, situation, request);
  const through = putThroughTo(STANDARD_POLICY, situation, decided, {
    ownId,
    advisorId: world.lea,
    since: situation.now,
  });
  for (const [ask, decision] of [decided, through].entries())
    await db.transact((tx) =>
      noteDecidedAgain(
        tx,
        { callId: row.id, ask: ask + 1, at: new Date(monday + 261 * 60_000) },
        { situation, request, decision },
      ),
    );
}

async function stateOf(id: string | null): Promise<object> {
  if (!id) return {};
  const row = await db.database.kysely
    .selectFrom('houseState')
    .where('id', '=', id)
    .selectAll()
    .executeTakeFirstOrThrow();
  return row.packed ? unpackState(row.packed) : (row.state as object);
}

/** A morning: somebody talks, somebody writes up, one is away, one has stepped out, people call and write all the while. */
beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
  token = await bearer(db, 'advisor');
  secret = (await db.transact((tx) => addCallSource(tx, testKey, 'pbx'))) ?? '';
  for (const advisorId of [world.ana, world.bruno, world.chloe, world.lea])
    customers.push(await addTestCustomer(db, world, { advisorId }));
  const absence = { id: newId(), advisorId: world.chloe, startsAt: new Date(monday + 3_600_000), enteredAt: new Date(monday) };
  await db.database.kysely.insertInto('absence').values({ ...absence, endsAt: new Date(monday + 30 * 3_600_000) }).execute(); // biome-ignore format: one row
  for (const [minutes, who] of [[0, 0], [3, 0], [4, 1], [70, 2], [72, 0], [74, 3], [200, 0], [250, 1], [640, 0]] as const) {
    at(minutes);
    const { phone, mail } = customers[who] ?? { phone: '', mail: '' };
    const callId = await call(phone);
    if (minutes !== 3) await tell(callId, 'ringing', `+3335301001${who}`);
    if (minutes < 70) await tell(callId, 'answered', `+3335301001${who}`);
    await write(mail);
    await call('');
    at(minutes + 2);
    if (minutes === 4) await tell(callId, 'ended');
    await call(phone);
  }
  at(260);
  await db.transact((tx) => pauseCalls(tx, world.ana));
  await call(customers[0]?.phone ?? '');
  await decideAgain();
}); // biome-ignore format: a list of minutes

test('every decision the doors stored is decided alike, to the byte, from what was stored with it', async () => {
  let compared = 0;
  const codes = new Set<string>();
  for await (const rows of readRecorded(db.database.kysely, period)) {
    for (const row of rows) {
      const stored = readStored(row);
      if (typeof stored === 'string') throw new Error(`${row.id}: ${stored}`);
      const again = decide(STANDARD_POLICY, stored.situation, stored.request);
      expect(canonical(again)).toBe(canonical(stored.decision));
      for (const { code } of again.reasons) codes.add(code);
      compared += 1;
    }
  }
  // The last of them again, for one who declined; who was put through is not among them.
  expect(compared).toBe(38);
  for (const code of ['own_free', 'own_on_call', 'own_away', 'caller_unknown', 'closed', 'covers', 'own_advisor'])
    expect(codes, code).toContain(code);
});

test('a replay under the policy of that day changes nothing; a draft says what would have changed, in both languages', async () => {
  const kysely = db.database.kysely;
  const same = await replayPeriod(kysely, STANDARD_POLICY, period);
  expect(same).toMatchObject({ asked: 38, changed: 0, otherPhone: 0, examples: [] });
  expect(same.versions).toEqual([{ version: STANDARD_POLICY.version, decisions: 38, reproduced: 38 }]);

  const draft = policyWith({ version: 'draft', people: { ringBack: 'nobody' } });
  const without = await replayPeriod(kysely, draft, period);
  expect(without.offers.before).toBeGreaterThan(0);
  expect(without.offers.after).toBe(0);
  expect(without.changed).toBeGreaterThanOrEqual(without.offers.before);
  const [example] = without.examples;
  expect(example?.before.fr.join(' ')).toMatch(/rappelle avant/);
  expect(example?.before.en.join(' ')).toMatch(/calls back before/);

  const later = policyWith({ version: 'later', offer: { shortestMinutes: 45 } });
  const { times } = await replayPeriod(kysely, later, period);
  expect(times.earlier).toBe(0);
  expect(times.later).toBeGreaterThan(0);
  expect(times.p50).toBeGreaterThan(0);
});

test('what was stored otherwise is counted and left out, never guessed; a policy that is gone is said', async () => {
  const kysely = db.database.kysely;
  const order = sql`(select id from call order by invited_at, id limit 1)`;
  await sql`update call set request = null where id = ${order}`.execute(kysely);
  await sql`update call set situation = situation - 'waiting' where id = (select id from call where request is not null order by invited_at, id limit 1)`.execute(
    kysely,
  );
  await sql`update decision set policy_version = 'long gone'`.execute(kysely);
  const report = await replayPeriod(kysely, STANDARD_POLICY, period);
  expect(report.asked).toBe(36);
  expect(report.skipped).toEqual({ no_request: 1, older_shape: 1, someone_missing: 0 });
  expect(report.versions).toContainEqual({ version: 'long gone', decisions: 9, reproduced: null });
});

test('a replay writes nothing, and stops when told', async () => {
  const kysely = db.database.kysely;
  const counts = () =>
    sql`select md5(string_agg(call::text, '' order by id)) as calls, (select md5(string_agg(decision::text, '' order by id)) from decision) as written,
      (select count(*)::int from event) as events from call`.execute(kysely);
  const before = await counts();
  await replayPeriod(kysely, STANDARD_POLICY, period);
  expect((await counts()).rows).toEqual(before.rows);
  await expect(replayPeriod(kysely, STANDARD_POLICY, period, { signal: AbortSignal.abort() })).rejects.toThrow();
});
