import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import type { Actor } from '../actor.ts';
import { system } from '../actor.ts';
import { setExtension } from '../advisors/extension.ts';
import { makeCommitment } from '../commitments/make.ts';
import { openCommitments } from '../commitments/queries.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import { callsNow } from '../views/calls-now.ts';
import { readRoster } from '../views/roster.ts';
import { placeCall, reportOutcome } from './outgoing.ts';
import { type CallReport, takeReport } from './report.ts';

/** The phone beside the screen dials what the workspace asked for, and its phone system reports the call. */
const db = testDatabase();
let world: World;
let customer: { id: string; phone: string };
let callbackId: string;

beforeAll(async () => {
  world = await buildWorld(db);
  await db.transact((tx) => setExtension(tx, world.ana, '203'));
  await db.transact((tx) => setExtension(tx, world.bruno, '201'));
});
beforeEach(async () => {
  db.clock.now = new Date('2026-11-23T09:00:00Z');
  await sql`truncate call, call_report, interaction, case_file, commitment cascade`.execute(db.database.kysely);
  customer = await addTestCustomer(db, world);
  const received = await db.transact((tx) =>
    receiveInteraction(tx, system, {
      channel: 'mail',
      at: tx.now,
      from: { customerId: customer.id },
      proven: true,
      text: 'Rappelez-moi.',
      acknowledge: false,
    }),
  );
  if (received.kind !== 'interaction') throw new Error('expected an interaction');
  const { caseFileId } = received;
  const dueAt = new Date(db.clock.now.getTime() + 40 * 60_000);
  const wanted = { customerId: customer.id, caseFileId, kind: 'callback' as const, ownerId: world.ana, dueAt };
  callbackId = (await db.transact((tx) => makeCommitment(tx, system, wanted))).id;
});

const ana = (): Actor => ({ kind: 'staff', staffId: world.staff.ana, role: 'advisor', advisorId: world.ana }) as const;
const at = (seconds: number) => new Date(Date.parse('2026-11-23T09:00:00Z') + seconds * 1_000);
/** Ana presses the key so many seconds after nine. */
async function dials(seconds: number): Promise<string> {
  db.clock.now = at(seconds);
  const placed = await db.transact((tx) => placeCall(tx, ana(), { customerId: customer.id }));
  if (!placed.ok) throw new Error(placed.why);
  return placed.callId;
}
const says = (seconds: number, callId: string, talked: boolean) => {
  db.clock.now = at(seconds);
  return db.transact((tx) => reportOutcome(tx, ana(), { callId, talked }));
};
let names = 0;
const report = (event: CallReport['event'], seconds: number, more: Partial<CallReport> = {}) => {
  names += 1;
  if (db.clock.now < at(seconds)) db.clock.now = at(seconds);
  const told: CallReport = {
    id: `r${names}`,
    callId: 'a1',
    event,
    at: at(seconds),
    direction: 'out',
    number: customer.phone,
    extension: '203',
    ...more,
  };
  return db.transact((tx) => takeReport(tx, 'pbx', told));
};
const calls = () => db.database.kysely.selectFrom('call').selectAll().orderBy('invitedAt').execute();
const lines = async () =>
  (await db.database.kysely.selectFrom('interaction').where('channel', '=', 'call').select('text').execute()).map(
    ({ text }) => text,
  );
const callbacks = () =>
  db.database.kysely
    .selectFrom('commitment')
    .where('customerId', '=', customer.id)
    .where('kind', '=', 'callback')
    .select(['keptAt', 'replacesId'])
    .orderBy('madeAt')
    .execute();

test('a call asked for and then reported is one: one row, one line, and the callback is kept', async () => {
  const callId = await dials(0);
  await report('ringing', 2);
  // Later reports may leave out whose call it is, and which way it goes.
  const bare = { direction: 'in', number: null, extension: null } as const;
  await report('answered', 8, bare);
  await report('ended', 128, bare);
  expect(await calls()).toMatchObject([
    { id: callId, direction: 'out', source: 'pbx', answeredBy: world.ana, answeredAt: at(8), endedAt: at(128) },
  ]);
  expect(await lines()).toEqual(['Appel d’Ana Perrin, 2\u00a0min.']);
  expect(await openCommitments(db.database.kysely).where('kind', '=', 'callback').select('id').execute()).toEqual([]);
});

test('nobody answers: one try, and the next is promised once', async () => {
  await dials(0);
  await report('ringing', 2);
  await report('missed', 30);
  expect(await calls()).toMatchObject([{ missedAt: at(30), commitmentId: callbackId }]);
  expect(await lines()).toEqual(['Appel d’Ana Perrin, sans réponse.']);
  expect(await callbacks()).toMatchObject([
    { keptAt: expect.any(Date), replacesId: null },
    { keptAt: null, replacesId: callbackId },
  ]);
});

test('while the phone system tells of it, the screen asks nobody how it went', async () => {
  const asked = async () => {
    const roster = await readRoster(db.database.kysely, db.clock.now);
    const shown = await callsNow(db.database.kysely, roster, { advisorId: world.ana, locale: 'fr' }, db.clock.now);
    return shown.map(({ askOutcome }) => askOutcome);
  };
  await dials(0);
  expect(await asked()).toEqual([true]);
  await report('ringing', 2);
  expect(await asked()).toEqual([false]);
});

test.each([true, false])(
  'reported only once it is over, after Ana has said so herself (talked: %s), it is still one',
  async (talked) => {
    const callId = await dials(0);
    await says(40, callId, talked);
    const answeredAt = talked ? at(10) : undefined;
    await report(talked ? 'ended' : 'missed', 39, { startedAt: at(3), answeredAt });
    expect(await calls()).toHaveLength(1);
    expect(await lines()).toHaveLength(1);
    expect((await callbacks()).filter(({ replacesId }) => replacesId)).toHaveLength(talked ? 0 : 1);
  },
);

test('two reports at the same moment find the same call', async () => {
  const callId = await dials(0);
  await Promise.all([report('ringing', 2), report('answered', 3), report('ringing', 2)]);
  expect(await calls()).toMatchObject([{ id: callId, answeredAt: at(3) }]);
  expect(await lines()).toHaveLength(1);
});

test('what is not the call asked for stands for itself', async () => {
  const asked = await dials(0);
  const rows = async () => (await calls()).filter(({ id }) => id !== asked).map(({ id }) => id);
  const other = await addTestCustomer(db, world);
  await report('ringing', 2, { callId: 'another-number', number: other.phone });
  await report('ringing', 2, { callId: 'another-phone', extension: '201' });
  await report('ringing', 2, { callId: 'the-other-way', direction: 'in' });
  await report('missed', 2, { callId: 'reported-late', startedAt: at(-300) });
  await report('ringing', 190, { callId: 'much-later' });
  expect((await rows()).toSorted()).toEqual([
    'pbx:another-number',
    'pbx:another-phone',
    'pbx:much-later',
    'pbx:reported-late',
    'pbx:the-other-way',
  ]);
  expect((await calls()).find(({ id }) => id === asked)).toMatchObject({ source: 'workspace', sipId: null });
});

test('dialled again after nobody answered, it is another call', async () => {
  const callId = await dials(0);
  await says(30, callId, false);
  await report('answered', 50, { startedAt: at(45) });
  expect(await calls()).toMatchObject([
    { id: callId, missedAt: at(30) },
    { id: 'pbx:a1', answeredAt: at(50) },
  ]);
});

test('the end of a call reported from its beginning is not taken for a call asked for meanwhile', async () => {
  await report('answered', 0);
  const next = await dials(70);
  await report('ended', 75);
  expect(await calls()).toMatchObject([
    { id: 'pbx:a1', endedAt: at(75) },
    { id: next, answeredAt: null, endedAt: null, sipId: null },
  ]);
});
