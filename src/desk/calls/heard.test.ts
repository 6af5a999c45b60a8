import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { openCommitments } from '../commitments/queries.ts';
import { beginCall } from './begin.ts';
import { followCall } from './follow.ts';
import { missCall } from './miss.ts';
import { noteOffer, noteStayed } from './offer.ts';
import { noteStopped } from './ringing.ts';

const db = testDatabase();
let world: World;
let customer: { id: string; phone: string };

beforeAll(async () => {
  world = await buildWorld(db);
});
beforeEach(async () => {
  db.clock.now = new Date('2026-11-23T09:00:00Z');
  await sql`truncate call, callback, interaction, tray_item, case_file, commitment, outgoing_mail cascade`.execute(
    db.database.kysely,
  );
  customer = await addTestCustomer(db, world, { mail: 'camille@example.org' });
});

const seconds = (count: number) => {
  db.clock.now = new Date(db.clock.now.getTime() + count * 1_000);
};
const inMinutes = (count: number) => new Date(db.clock.now.getTime() + count * 60_000);
const begin = (callId: string, fromPhone = customer.phone) =>
  db.transact((tx) =>
    beginCall(tx, { id: callId, at: tx.now, fromPhone, customerId: customer.id, ringList: [world.ana, world.bruno] }),
  );
const rings = (callId: string, advisorId: string) =>
  db.transact((tx) => followCall(tx, { callId, kind: 'ringing', at: tx.now, attempt: -1, advisorId }));
const stops = (callId: string, advisorId: string) =>
  db.transact((tx) => noteStopped(tx, { callId, advisorId, at: tx.now }));
const offered = (callId: string, advisorId: string, before: Date) =>
  db.transact((tx) => noteOffer(tx, callId, { advisorId, before, at: tx.now }));
const hangsUp = (callId: string, playedMs: number | null) =>
  db.transact((tx) => missCall(tx, { callId, at: tx.now, hungUp: true, playedMs }));
/** A call that takes this offer. */
const takes = async (callId: string, advisorId: string, before: Date, fromPhone = customer.phone) => {
  await begin(callId, fromPhone);
  await offered(callId, advisorId, before);
  seconds(4);
  await hangsUp(callId, 4_000);
};
const owed = () => openCommitments(db.database.kysely).select(['kind', 'ownerId', 'dueAt']).execute();
const callbacks = () => db.database.kysely.selectFrom('callback').select(['phone', 'cancelledAt']).execute();
const mails = () => db.database.kysely.selectFrom('outgoingMail').select(['subject', 'text']).orderBy('id').execute();
const text = async () =>
  (await db.database.kysely.selectFrom('interaction').where('direction', '=', 'in').select('text').execute()).map(
    (each) => each.text,
  );

test('how long each phone rang, and who was busy, is part of the line', async () => {
  await begin('rang');
  await rings('rang', world.ana);
  seconds(18);
  await stops('rang', world.ana);
  await rings('rang', world.chloe);
  await stops('rang', world.chloe);
  await rings('rang', world.bruno);
  seconds(7);
  await stops('rang', world.bruno);
  await db.transact((tx) =>
    followCall(tx, { callId: 'rang', kind: 'answered', at: tx.now, attempt: -1, advisorId: world.bruno }),
  );
  seconds(120);
  await db.transact((tx) => followCall(tx, { callId: 'rang', kind: 'ended', at: tx.now, attempt: -1 }));
  expect(await text()).toEqual([
    'Appel avec Bruno Cattin, 2\u00a0min. D’abord sonné chez Ana Perrin (18\u00a0s), Chloé Vuillemin. Sonné 7\u00a0s avant la réponse.',
  ]);
});

test('an offer heard and declined is part of the line of whoever answers then; so is one that was hung up on', async () => {
  await begin('declined');
  await offered('declined', world.ana, inMinutes(30));
  seconds(5);
  await db.transact((tx) => noteStayed(tx, 'declined', tx.now, 5_200));
  await rings('declined', world.bruno);
  await db.transact((tx) =>
    followCall(tx, { callId: 'declined', kind: 'answered', at: tx.now, attempt: -1, advisorId: world.bruno }),
  );
  expect(await text()).toEqual(['Appel avec Bruno Cattin. Proposition de rappel écoutée 5\u00a0s, déclinée.']);
  await db.transact((tx) => followCall(tx, { callId: 'declined', kind: 'ended', at: tx.now, attempt: -1 }));
  await begin('left');
  await offered('left', world.ana, inMinutes(30));
  seconds(1);
  await hangsUp('left', 600);
  expect((await text()).find((each) => each.startsWith('Appel manqué'))).toMatch(
    / A raccroché après 1\u00a0s de la proposition de rappel\.$/,
  );
});

test('an accepted offer says how long it was heard', async () => {
  await takes('taken', world.ana, inMinutes(30));
  expect((await text())[0]).toMatch(/A choisi d’être rappelé après 4\u00a0s de la proposition\.$/);
});

test('called again and accepted an earlier time: that time holds, once, and is confirmed', async () => {
  await takes('first', world.ana, inMinutes(120));
  seconds(60);
  const earlier = inMinutes(30);
  await takes('second', world.ana, earlier);
  expect(await owed()).toEqual([{ kind: 'callback', ownerId: world.ana, dueAt: earlier }]);
  expect(await callbacks()).toMatchObject([{ cancelledAt: null }]);
  expect(await mails()).toHaveLength(2);
});

test('called again from another phone and accepted another name: that colleague calls, there, and it is confirmed', async () => {
  await takes('first', world.ana, inMinutes(30));
  seconds(60);
  const before = inMinutes(60);
  const mobile = '+33639980177';
  await takes('second', world.bruno, before, mobile);
  expect(await owed()).toEqual([{ kind: 'callback', ownerId: world.bruno, dueAt: before }]);
  expect(await callbacks()).toMatchObject([{ phone: mobile, cancelledAt: null }]);
  expect((await mails())[1]?.subject).toContain('Bruno Cattin');
});

test('called again and accepted a later time of the same person: the earlier one keeps both words, nothing is written', async () => {
  const first = inMinutes(30);
  await takes('first', world.ana, first);
  seconds(60);
  await takes('second', world.ana, inMinutes(90));
  expect(await owed()).toEqual([{ kind: 'callback', ownerId: world.ana, dueAt: first }]);
  expect(await mails()).toHaveLength(1);
});

test('called again and was only missed, promised by nobody: the callback stays as it was', async () => {
  const first = inMinutes(30);
  await takes('first', world.ana, first);
  seconds(60);
  await begin('again');
  seconds(2);
  await hangsUp('again', null);
  expect((await owed()).filter(({ kind }) => kind === 'callback')).toEqual([
    { kind: 'callback', ownerId: world.ana, dueAt: first },
  ]);
});
