import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { writeStep } from '../../core/telephony/step.ts';
import { catchUp } from './catch-up.ts';
import { type CallMessage, readMessage } from './message.ts';
import { followMessage } from './take-message.ts';

const db = testDatabase();
const ID = `${'5a'.repeat(16)}-1-1`;
const INVITED = new Date('2026-11-23T09:00:00Z').getTime();
/** The announcer is asked two seconds after the call came in. */
const ASKED = INVITED + 2_000;
let world: World;
let customer: { id: string; phone: string };
let offerStep: string;
let before: Date;

beforeAll(async () => {
  world = await buildWorld(db);
});
beforeEach(async () => {
  db.clock.now = new Date(INVITED + 60_000);
  await sql`truncate call, callback, interaction, tray_item, case_file, commitment, event cascade`.execute(
    db.database.kysely,
  );
  customer = await addTestCustomer(db, world);
  before = new Date(INVITED + 40 * 60_000);
  offerStep = writeStep({ kind: 'offer', advisorId: world.ana, before });
});

/** As Kamailio says it: everything is a word, what is not known is empty. */
function said(event: CallMessage['event'], at: number, more: Partial<Record<'step' | 'played', string>> = {}) {
  const told = { event, t: (at / 1_000).toFixed(6), id: ID, from: customer.phone, invited: `${INVITED / 1_000}` };
  return readMessage(JSON.stringify({ ...told, n: '1', step: offerStep, code: '', played: '', ...more }));
}
const begins = () => said('ringing', ASKED);
const spokenToTheEnd = (played: string) => said('failed', ASKED + 6_000, { played });
const hangsUp = (played: string) => said('cancelled', ASKED + 4_100, { played });
async function hear(...messages: CallMessage[]): Promise<void> {
  for (const message of messages) await db.transact((tx) => followMessage(tx, message));
}
const offers = () => db.database.kysely.selectFrom('callbackOffer').selectAll().execute();
const owed = () =>
  db.database.kysely
    .selectFrom('commitment')
    .select(['kind', 'ownerId', 'dueAt'])
    .where('keptAt', 'is', null)
    .execute();
const eventsOf = async () =>
  (
    await db.database.kysely
      .selectFrom('event')
      .where('type', 'like', 'call.offer%')
      .select('type')
      .orderBy('seq')
      .execute()
  ).map(({ type }) => type);

async function expectAccepted(offeredAt: Date): Promise<void> {
  expect(await offers()).toMatchObject([
    { advisorId: world.ana, before, own: true, offeredAt, playedMs: 3_900, declinedAt: null },
  ]);
  expect((await offers())[0]?.acceptedAt).toEqual(new Date(ASKED + 4_100));
  expect(await owed()).toEqual([{ kind: 'callback', ownerId: world.ana, dueAt: before }]);
  expect(await eventsOf()).toEqual(['call.offered', 'call.offer_accepted']);
}

test('hung up during the offer: accepted, once, however often it is told', async () => {
  await hear(begins(), begins(), hangsUp('3900'), hangsUp('3900'), begins());
  await expectAccepted(new Date(ASKED));
});

test('nobody heard the offer begin: hanging up during it accepts all the same', async () => {
  await hear(hangsUp('3900'));
  await expectAccepted(new Date(ASKED + 200));
  await hear(begins(), hangsUp('3900'));
  await expectAccepted(new Date(ASKED + 200));
});

test('Kamailio’s accounting alone tells of it: accepted too, and no second time when it is read again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-accounting-'));
  mkdirSync(join(folder, 'calls'));
  const fields = ['', '', '', ID, customer.phone, INVITED / 1_000, 1, offerStep, '', 1, 3_900, (ASKED + 4_100) / 1_000];
  const line = `2026-11-23 09:00:00|2026-11-23 09:00:06|${fields.join('|')}\n`;
  writeFileSync(join(folder, 'calls', 'calls_1.log'), line);
  const { transact, log, clock } = db;
  const house = { db: db.database.kysely, clock: () => clock.now, transact, log };
  const board = { house, door: { evapi: '', phones: '', folder } };
  expect(await catchUp(board)).toBe(1);
  await expectAccepted(new Date(ASKED + 200));
  expect(await catchUp(board)).toBe(0);
  await expectAccepted(new Date(ASKED + 200));
});

test.each([
  ['in order', () => [begins(), spokenToTheEnd('5800')]],
  ['swapped', () => [spokenToTheEnd('5800'), begins()]],
  ['its beginning lost', () => [spokenToTheEnd('5800')]],
])('spoken to its end, the caller stays, %s: declined, and not open any more', async (_, messages) => {
  await hear(...messages());
  expect(await offers()).toMatchObject([{ acceptedAt: null, declinedAt: new Date(ASKED + 6_000), playedMs: 5_800 }]);
  expect(await owed()).toEqual([]);
  expect(await eventsOf()).toEqual(['call.offered', 'call.offer_declined']);
});

test('told of its end after the caller has hung up on the next phone: declined, and owed an answer as anybody', async () => {
  const rings = { step: writeStep({ kind: 'ring', advisorId: world.bruno }) };
  await hear(said('ringing', ASKED + 6_300, rings), said('cancelled', ASKED + 20_000, rings), spokenToTheEnd('5800'));
  await hear(begins());
  expect(await offers()).toMatchObject([{ acceptedAt: null, declinedAt: new Date(ASKED + 6_000) }]);
  expect(await eventsOf()).toEqual(['call.offered', 'call.offer_declined']);
});

test.each([
  ['the announcer could not speak', () => [spokenToTheEnd('')]],
  ['hung up before the first sound', () => [hangsUp('0')]],
  ['told that it began when the call is long over', () => [hangsUp(''), begins()]],
])('nothing of it was heard (%s): there was no offer', async (_, messages) => {
  await hear(...messages());
  expect(await offers()).toEqual([]);
  expect(await eventsOf()).toEqual([]);
});

test.each([
  ['promise', '0', 'Ana'],
  ['promise', '', 'Ana'],
  ['voicemail', '', 'Ana'],
  ['promise', '2800', 'Bruno'],
] as const)(
  'a later %s that nobody spoke, or heard for “%s” ms, leaves what they were promised before: %s',
  async (kind, played, whose) => {
    await hear(begins(), hangsUp('3900'));
    const later = new Date(before.getTime() + 60 * 60_000);
    const step = writeStep({ kind, advisorId: world.bruno, before: later });
    const again = { ...said('missed', ASKED + 90_000, { step, played }), id: `${'5b'.repeat(16)}-1-1` };
    await hear(again);
    const open = (
      await db.database.kysely.selectFrom('commitment').where('withdrawnAt', 'is', null).selectAll().execute()
    )
      .filter(({ keptAt }) => !keptAt)
      .map(({ ownerId, dueAt }) => ({ ownerId, dueAt }));
    expect(open).toEqual([
      whose === 'Ana' ? { ownerId: world.ana, dueAt: before } : { ownerId: world.bruno, dueAt: later },
    ]);
  },
);

test('an offer that somebody answered instead is not accepted by a late word of hanging up', async () => {
  const rings = { step: writeStep({ kind: 'ring', advisorId: world.bruno }) };
  await hear(said('answered', ASKED + 9_000, rings), hangsUp('3900'), begins());
  expect(await offers()).toEqual([]);
  expect(await owed()).toEqual([]);
});
