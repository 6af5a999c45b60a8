import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { smsParts } from '../../core/sms/parts.ts';
import { system } from '../actor.ts';
import { beginCall } from '../calls/begin.ts';
import { cancelCallback } from '../calls/change-callback.ts';
import { followCall } from '../calls/follow.ts';
import { missCall } from '../calls/miss.ts';
import { noteOffer } from '../calls/offer.ts';
import { placeCall } from '../calls/outgoing.ts';
import { withdrawCommitment } from '../commitments/withdraw.ts';
import { outbox } from '../views/outbox.ts';

const db = testDatabase();
let world: World;
let calls = 0;

beforeAll(async () => {
  world = await buildWorld(db);
});
beforeEach(async () => {
  db.clock.now = new Date('2026-11-23T09:00:00Z');
  db.sends.smsLeaves = true;
  await sql`truncate call, interaction, case_file, commitment, outgoing_sms, outgoing_mail cascade`.execute(
    db.database.kysely,
  );
});

/** A customer who hung up on the offer: Ana calls back before 10:40. */
async function accept(given: { phone?: string } = {}) {
  const customer = await addTestCustomer(db, world, given);
  calls += 1;
  const id = `sms-call${calls}`;
  const { now: at } = db.clock;
  await db.transact(async (tx) => {
    await beginCall(tx, { id, at, fromPhone: customer.phone, customerId: customer.id, ringList: [] });
    await noteOffer(tx, id, { advisorId: world.ana, before: new Date('2026-11-23T09:40:00Z'), at });
    await missCall(tx, { callId: id, at, hungUp: true, playedMs: 4_000 });
  });
  return customer;
}
const sms = () => db.database.kysely.selectFrom('outgoingSms').selectAll().orderBy('id').execute();
const mails = () => db.database.kysely.selectFrom('outgoingMail').select('kind').execute();

test('an accepted callback is confirmed by SMS: who, before when, and at the end the link that changes it', async () => {
  const customer = await accept();
  const [only, ...others] = await sms();
  expect(others).toEqual([]);
  expect(await mails()).toEqual([]);
  expect(only).toMatchObject({
    kind: 'commitment',
    toPhone: customer.phone,
    automatic: true,
    leaveAfter: db.clock.now,
  });
  const [words = '', path = ''] = only?.text.split('http://localhost:8080') ?? [];
  expect(words).toBe('Ana Perrin vous rappelle avant 10 h 40. Changer ou annuler : ');
  expect(smsParts(only?.text ?? '')).toMatchObject({ gsm: true, parts: [only?.text] });
  const page = await testApp(db).request(path);
  expect(await page.text()).toContain('Ana Perrin vous appelle avant 10');
});

test('by mail where the number is a landline, or no SMS can leave at all', async () => {
  await accept({ phone: '+33353010555' });
  db.sends.smsLeaves = false;
  await accept();
  expect(await sms()).toEqual([]);
  expect(await mails()).toHaveLength(2);
});

test('with neither an SMS link nor a mail address, the outbox shows the SMS that would leave', async () => {
  db.sends.smsLeaves = false;
  const customer = await addTestCustomer(db, world);
  await db.database.kysely
    .deleteFrom('contactPoint')
    .where('customerId', '=', customer.id)
    .where('kind', '=', 'mail')
    .execute();
  await db.transact(async (tx) => {
    const { now: at } = db.clock;
    await beginCall(tx, { id: 'bare', at, fromPhone: customer.phone, customerId: customer.id, ringList: [] });
    await noteOffer(tx, 'bare', { advisorId: world.ana, before: new Date('2026-11-23T09:40:00Z'), at });
    await missCall(tx, { callId: 'bare', at, hungUp: true, playedMs: 4_000 });
  });
  const { mails: shown } = await outbox(db.database.kysely, { actor: system, sendsMail: false, sendsSms: false });
  expect(shown).toMatchObject([
    { channel: 'sms', to: customer.phone, state: 'waiting', parts: 1, customerId: customer.id },
  ]);
});

test('a callback nobody answers: an SMS says who tried and when they try again, three times, each on the timeline', async () => {
  const customer = await accept();
  for (let count = 0; count < 3; count++) {
    db.clock.now = new Date(db.clock.now.getTime() + 5 * 60_000);
    const callId = await dial(customer.id);
    const missed = () => db.transact((tx) => followCall(tx, { callId, kind: 'missed', at: tx.now, attempt: -1 }));
    // Told by two processes, it is one SMS.
    await Promise.all([missed(), missed()]);
  }
  const [, first, second, last, ...others] = await sms();
  expect(others).toEqual([]);
  expect(first?.text).toMatch(/^Ana Perrin vous a appelé en vain, et rappelle avant 10 h 25\. Changer : http/);
  expect(second?.text).toMatch(/^Ana Perrin vous a appelé en vain/);
  expect(last?.text).toMatch(/^Ana Perrin n'a pas pu vous joindre et vous recontacte avant demain /);
  for (const each of [first, second, last]) expect(smsParts(each?.text ?? '').gsm).toBe(true);
  const lines = await db.database.kysely.selectFrom('interaction').where('channel', '=', 'sms').selectAll().execute();
  expect(lines.map(({ direction, party, byAdvisor }) => [direction, party, byAdvisor])).toEqual(
    Array(3).fill(['out', customer.phone, world.ana]),
  );
  expect(lines.some(({ text }) => text.includes('http'))).toBe(false);
});

async function dial(customerId: string): Promise<string> {
  const actor = { kind: 'staff' as const, staffId: world.staff.ana, role: 'advisor' as const, advisorId: world.ana };
  const placed = await db.transact((tx) => placeCall(tx, actor, { customerId }));
  if (!placed.ok) throw new Error(placed.why);
  return placed.callId;
}

test('a landline that nobody answers gets no SMS', async () => {
  const customer = await accept({ phone: '+33353010556' });
  const callId = await dial(customer.id);
  await db.transact((tx) => followCall(tx, { callId, kind: 'missed', at: tx.now, attempt: -1 }));
  expect(await sms()).toEqual([]);
});

test('a promise that changes is told by SMS to who phones, in the morning when it is night', async () => {
  const customer = await accept();
  await db.database.kysely.deleteFrom('outgoingSms').execute();
  db.clock.now = new Date('2026-11-23T22:30:00Z');
  const { id } = await db.database.kysely
    .selectFrom('callback')
    .where('customerId', '=', customer.id)
    .select('id')
    .executeTakeFirstOrThrow();
  await db.transact(async (tx) => {
    const open = await tx.db
      .selectFrom('callback')
      .where('id', '=', id)
      .select('commitmentId')
      .executeTakeFirstOrThrow();
    await withdrawCommitment(tx, system, {
      id: open.commitmentId,
      words: 'Ana vous appelle demain avant 11 h.',
      instead: { kind: 'callback', dueAt: new Date('2026-11-24T10:00:00Z') },
    });
  });
  expect(await sms()).toMatchObject([
    { text: 'Ana vous appelle demain avant 11 h.', leaveAfter: new Date('2026-11-24T07:00:00Z') },
  ]);
  expect(await db.transact((tx) => cancelCallback(tx, system, id))).toEqual({ ok: true });
});
