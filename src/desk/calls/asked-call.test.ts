import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import type { Actor } from '../actor.ts';
import { system } from '../actor.ts';
import { setExtension } from '../advisors/extension.ts';
import { closeCaseFile } from '../casefiles/close.ts';
import { makeCommitment } from '../commitments/make.ts';
import { openCommitments } from '../commitments/queries.ts';
import { eraseCustomer } from '../customers/erase.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import { callsNow } from '../views/calls-now.ts';
import { readRoster } from '../views/roster.ts';
import { followOutgoing, type OutgoingEvent } from './follow-outgoing.ts';
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
const kamailio = (kind: OutgoingEvent['kind'], sipId: string, seconds: number, invited = at(seconds)) => {
  if (db.clock.now < at(seconds)) db.clock.now = at(seconds);
  const phones = { from: '203', to: customer.phone };
  return db.transact((tx) => followOutgoing(tx, { sipId, kind, at: at(seconds), invited, code: null, ...phones }));
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

test('the screen asks how it went until the phone system tells, and again when it has told nothing for a minute', async () => {
  const asked = async () => {
    const roster = await readRoster(db.database.kysely, db.clock.now);
    const me = { advisorId: world.ana, locale: 'fr' } as const;
    return (await callsNow(db.database.kysely, roster, me, db.clock.now)).map(({ askOutcome }) => askOutcome);
  };
  const callId = await dials(0);
  expect(await asked()).toEqual([true]);
  await report('ringing', 2);
  expect(await asked()).toEqual([false]);
  db.clock.now = at(62);
  expect(await asked()).toEqual([true]);
  await report('answered', 63);
  expect(await asked()).toEqual([false]);
  // Pressed on a screen that still showed the question: its end is the phone system's.
  expect(await says(64, callId, true)).toEqual({ ok: false, why: 'not_found' });
  await report('ended', 180);
  expect(await calls()).toMatchObject([{ answeredAt: at(63), endedAt: at(180) }]);
});

test('screens hear of it as soon as the phone system has', async () => {
  const callId = await dials(0);
  await kamailio('dialled', 'k1', 2);
  const heard = await db.database.kysely
    .selectFrom('event')
    .where('type', '=', 'call.heard_of')
    .select('facts')
    .execute();
  expect(heard).toContainEqual({ facts: { callId } });
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

test('missed without a word of when it began, after Ana has said so: one try', async () => {
  const callId = await dials(0);
  await says(30, callId, false);
  await report('missed', 32);
  expect(await calls()).toMatchObject([{ id: callId, sipId: 'pbx:a1' }]);
  expect(await callbacks()).toHaveLength(2);
});

test('a call that was over before the key was pressed is not the one asked for', async () => {
  const asked = await dials(30);
  await report('missed', 31, { at: at(25), startedAt: at(0) });
  await report('ringing', 32, { callId: 'a2' });
  expect(await calls()).toMatchObject([
    { id: 'pbx:a1', missedAt: at(25) },
    { id: asked, missedAt: null, sipId: 'pbx:a2' },
  ]);
});

test('of two calls asked for, the one nearest to when it began', async () => {
  const first = await dials(0);
  await says(20, first, false);
  const second = await dials(25);
  await report('missed', 26, { at: at(19), startedAt: at(1) });
  await report('ringing', 27, { callId: 'a2' });
  expect(await calls()).toMatchObject([
    { id: first, sipId: 'pbx:a1' },
    { id: second, sipId: 'pbx:a2', missedAt: null },
  ]);
});

test('two calls dialled by hand stay two, whichever is reported first', async () => {
  await report('ringing', 0);
  await report('ringing', 20, { callId: 'a2' });
  await report('missed', 15);
  await report('missed', 100, { callId: 'b2', startedAt: at(90), number: customer.phone });
  await report('missed', 101, { callId: 'b1', startedAt: at(60), at: at(80) });
  expect((await calls()).map(({ id, sipId }) => [id, sipId])).toEqual([
    ['pbx:a1', null],
    ['pbx:a2', null],
    ['pbx:b1', null],
    ['pbx:b2', null],
  ]);
});

test('caught up from the accounting, each call of Kamailio finds the one that was asked for then', async () => {
  const first = await dials(0);
  await says(30, first, false);
  const second = await dials(300);
  await kamailio('missed', 'k1', 25, at(2));
  await kamailio('answered', 'k2', 310, at(302));
  await kamailio('ended', 'k2', 400, at(302));
  expect(await calls()).toMatchObject([
    { id: first, sipId: 'k1', missedAt: at(30) },
    { id: second, sipId: 'k2', answeredAt: at(310), endedAt: at(400) },
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

test('of an erased customer’s calls only Kamailio’s names are left: another phone system’s may hold the number', async () => {
  await report('ringing', 2);
  await kamailio('dialled', 'k1', 3);
  await db.transact(async (tx) => {
    const { reference } = await tx.db
      .selectFrom('customer')
      .where('id', '=', customer.id)
      .select('reference')
      .executeTakeFirstOrThrow();
    const files = await tx.db.selectFrom('caseFile').where('closedAt', 'is', null).select('id').execute();
    for (const { id: caseFileId } of files)
      await closeCaseFile(tx, system, { caseFileId, words: 'C’est fait.', tell: false });
    const erased = await eraseCustomer(tx, system, { customerId: customer.id, reference, reason: 'asked' });
    expect(erased).toMatchObject({ ok: true });
  });
  expect(await db.database.kysely.selectFrom('unkeptCall').select('callId').execute()).toEqual([{ callId: 'k1' }]);
});
