import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { tablesNaming } from '../../../test/tables.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { followOutgoing, type OutgoingEvent } from '../calls/follow-outgoing.ts';
import { routeCall } from '../views/call-route.ts';
import { occupied } from '../views/on-the-phone.ts';
import { endUnrecordedTalk, forgetUnrecordedTalks, sayOffThePhone, unrecordedSince } from './unrecorded-talks.ts';

const db = testDatabase();
const STARTED = new Date('2026-11-23T09:00:00Z');
const ANA = '+33353010010';
/** On no file. */
const STRANGER = '+33639980149';
const NAME = '5b'.repeat(16);
const SIP_ID = `${NAME}-1-0a`;
let world: World;
let customer: { id: string; phone: string };

beforeAll(async () => {
  world = await buildWorld(db);
});
beforeEach(async () => {
  db.clock.now = STARTED;
  await sql`truncate call, unrecorded_talk, interaction, case_file, commitment, event cascade`.execute(
    db.database.kysely,
  );
  customer = await addTestCustomer(db, world);
});

const at = (seconds: number) => new Date(STARTED.getTime() + seconds * 1_000);
function tell(kind: OutgoingEvent['kind'], seconds: number, more: Partial<OutgoingEvent> = {}): Promise<void> {
  db.clock.now = at(seconds);
  const event = { sipId: SIP_ID, kind, at: at(seconds), invited: STARTED, from: ANA, to: STRANGER, code: null };
  return db.transact((tx) => followOutgoing(tx, { ...event, ...more }));
}
const doing = async () => (await occupied({ db: db.database.kysely, now: db.clock.now }, 30)).get(world.ana)?.doing;
const rows = () => db.database.kysely.selectFrom('unrecordedTalk').selectAll().execute();
const ringsFirst = async () =>
  (await routeCall({ db: db.database.kysely, now: db.clock.now }, customer.phone)).decision.attempts.some(
    ({ advisorId, how }) => advisorId === world.ana && how === 'ring',
  );

test('on the phone with somebody on no file: busy, a caller of hers does not ring there; free as soon as it ends', async () => {
  expect(await ringsFirst()).toBe(true);
  await tell('dialled', 0);
  expect(await doing()).toBe('ringing');
  await tell('answered', 5);
  await tell('answered', 5);
  expect(await doing()).toBe('call');
  expect(await ringsFirst()).toBe(false);
  await tell('ended', 90);
  expect(await doing()).toBeUndefined();
  expect(await ringsFirst()).toBe(true);
});

test('whom she calls is kept nowhere, during the call or after it, and no call is on record', async () => {
  for (const kind of ['dialled', 'answered', 'ended'] as const) {
    await tell(kind, 5);
    expect(await tablesNaming(db.url, STRANGER.slice(1))).toEqual([]);
  }
  expect(await rows()).toEqual([]);
  for (const table of ['call', 'event', 'interaction'] as const)
    expect(await db.database.kysely.selectFrom(table).selectAll().execute()).toEqual([]);
});

test('nobody answers, or the answer is told before the dialling: free again at the end, either way', async () => {
  await tell('dialled', 0);
  await tell('missed', 20, { code: 480 });
  expect(await doing()).toBeUndefined();
  await tell('answered', 30);
  await tell('dialled', 25);
  expect(await doing()).toBe('call');
  await tell('ended', 60);
  expect(await rows()).toEqual([]);
});

test('an answer nobody told makes a minute of ringing, an end nobody told two hours, and then nothing is left', async () => {
  await tell('dialled', 0);
  db.clock.now = at(61);
  expect(await doing()).toBeUndefined();
  await tell('answered', 62);
  db.clock.now = at(7_200);
  expect(await doing()).toBe('call');
  db.clock.now = at(7_263);
  expect(await doing()).toBeUndefined();
  await db.transact(forgetUnrecordedTalks);
  expect(await rows()).toEqual([]);
});

test('an end that knows only the beginning of the name ends this talk and no other', async () => {
  await tell('answered', 5);
  await tell('answered', 5, { sipId: `${'5c'.repeat(16)}-1-0a` });
  await db.transact((tx) => endUnrecordedTalk(tx, NAME));
  expect((await rows()).map(({ sipId }) => sipId)).toEqual([`${'5c'.repeat(16)}-1-0a`]);
});

test('a customer’s number is a call as ever; a phone that is no advisor’s makes nobody busy', async () => {
  await tell('answered', 5, { to: customer.phone });
  await tell('answered', 5, { from: '+33353010099', sipId: `${'5c'.repeat(16)}-1-0a` });
  expect(await rows()).toEqual([]);
  expect(await db.database.kysely.selectFrom('call').select(['direction', 'customerId']).execute()).toEqual([
    { direction: 'out', customerId: customer.id },
  ]);
});

test('an end nobody told: she says that she is off the phone, and is free; nobody else’s talk ends by that', async () => {
  await tell('answered', 5);
  await db.database.kysely
    .insertInto('unrecordedTalk')
    .values({ sipId: SIP_ID, advisorId: world.bruno, dialledAt: at(5), answeredAt: at(5) })
    .execute();
  expect(await unrecordedSince(db.database.kysely, world.ana, at(60))).toEqual(at(5));
  expect(await unrecordedSince(db.database.kysely, world.ana, at(7_206))).toBeNull();
  await db.transact((tx) => sayOffThePhone(tx, world.ana));
  expect(await doing()).toBeUndefined();
  expect(await unrecordedSince(db.database.kysely, world.ana, at(60))).toBeNull();
  expect((await rows()).map(({ advisorId }) => advisorId)).toEqual([world.bruno]);
});
