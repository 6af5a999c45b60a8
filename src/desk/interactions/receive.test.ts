import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { system } from '../actor.ts';
import { closeCaseFile } from '../casefiles/close.ts';
import { newId } from '../id.ts';
import type { Incoming } from './incoming.ts';
import { receiveInteraction } from './receive.ts';
import { sortTrayItem } from './tray.ts';

const db = testDatabase();
let world: World;
beforeAll(async () => {
  world = await buildWorld(db);
});

const mail = (from: string, more: Partial<Incoming> = {}): Incoming => ({
  channel: 'mail',
  at: db.clock.now,
  from: { mail: from },
  proven: true,
  subject: 'Plus de téléphone',
  text: 'Bonjour, la ligne est coupée depuis hier.',
  acknowledge: true,
  ...more,
});
const identity = (text: string) => ({
  messageId: `${text}@example.org`,
  contentHash: createHash('sha256').update(text).digest(),
});
const receive = (incoming: Incoming) => db.transact((tx) => receiveInteraction(tx, system, incoming));
const count = async (table: 'interaction' | 'trayItem' | 'caseFile' | 'outgoingMail') =>
  (
    await db.database.kysely
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n;

test('a mail from an address on file reaches the own advisor with a dated commitment', async () => {
  const customer = await addTestCustomer(db, world);
  const received = await receive(mail(customer.mail));
  expect(received).toMatchObject({
    kind: 'interaction',
    customerId: customer.id,
    advisor: { id: world.ana, name: 'Ana Perrin' },
    duplicate: false,
  });
  // Monday 23 November 2026, 10:00 in Paris; eight working hours end on Tuesday at 9:30.
  expect(received.kind === 'interaction' && received.commitment.dueAt.toISOString()).toBe('2026-11-24T08:30:00.000Z');
});

test('a line with a critical service level is answered within the hour; nothing else shortens it', async () => {
  const critical = await addTestCustomer(db, world, { serviceLevel: 'critical' });
  const townHall = await addTestCustomer(db, world, { kind: 'town_hall' });
  const household = await addTestCustomer(db, world, { kind: 'household' });
  const due = async (address: string) => {
    const received = await receive(mail(address));
    return received.kind === 'interaction' ? received.commitment.dueAt.toISOString() : '';
  };
  expect(await due(critical.mail)).toBe('2026-11-23T10:00:00.000Z');
  expect(await due(townHall.mail)).toBe(await due(household.mail));
});

test('the same mail received again changes nothing and answers the same', async () => {
  const customer = await addTestCustomer(db, world);
  const first = await receive(mail(customer.mail, identity('once')));
  const before = [await count('interaction'), await count('caseFile'), await count('outgoingMail')];
  const again = await receive(mail(customer.mail, identity('once')));
  expect(again).toMatchObject({ kind: 'interaction', id: first.id, duplicate: true });
  expect([await count('interaction'), await count('caseFile'), await count('outgoingMail')]).toEqual(before);
});

test('the same mail ten times at once is one interaction', async () => {
  const customer = await addTestCustomer(db, world);
  const before = await count('interaction');
  const all = await Promise.all(Array.from({ length: 10 }, () => receive(mail(customer.mail, identity('at once')))));
  expect(new Set(all.map((each) => each.id)).size).toBe(1);
  expect(await count('interaction')).toBe(before + 1);
});

test('one Message-ID with two contents is two interactions', async () => {
  const customer = await addTestCustomer(db, world);
  const first = await receive(mail(customer.mail, { ...identity('a'), messageId: 'same@example.org' }));
  const second = await receive(mail(customer.mail, { ...identity('b'), messageId: 'same@example.org' }));
  expect(second.id).not.toBe(first.id);
});

test('an unknown sender goes to the tray with a duty owner and a due time, and then to the customer by hand', async () => {
  const customer = await addTestCustomer(db, world, { name: 'Odile Faivre' });
  const received = await receive(
    mail('somebody@example.com', {
      ...identity('stranger'),
      from: { mail: 'somebody@example.com', name: 'odile faivre' },
    }),
  );
  expect(received).toMatchObject({ kind: 'tray', dutyOwner: { id: world.lea } });
  const item = await db.database.kysely
    .selectFrom('trayItem')
    .where('id', '=', received.id)
    .selectAll()
    .executeTakeFirstOrThrow();
  expect(item.suggestions).toEqual([customer.id]);
  expect(item.dueAt.toISOString()).toBe('2026-11-23T11:00:00.000Z');
  const sorted = await db.transact((tx) => sortTrayItem(tx, system, { id: received.id, customerId: customer.id }));
  expect(sorted).toMatchObject({ ok: true, received: { kind: 'interaction', customerId: customer.id } });
  expect(await db.transact((tx) => sortTrayItem(tx, system, { id: received.id, customerId: customer.id }))).toEqual({
    ok: false,
    why: 'already_sorted',
  });
  expect(await receive(mail('somebody@example.com', identity('stranger')))).toMatchObject({
    kind: 'interaction',
    duplicate: true,
  });
});

test('an unknown sender who names a line is suggested as its customer, before those who share the name', async () => {
  const named = await addTestCustomer(db, world, { name: 'Urbain Sauvonnet' });
  const ofLine = await addTestCustomer(db, world, { name: 'Yolande Sauvonnet' });
  const from = { mail: 'neighbour@example.com', name: 'Urbain Sauvonnet' };
  const received = await receive(mail(from.mail, { from, lineReference: ofLine.lineReference }));
  expect(received.kind).toBe('tray');
  const { suggestions } = await db.database.kysely
    .selectFrom('trayItem')
    .where('id', '=', received.id)
    .select('suggestions')
    .executeTakeFirstOrThrow();
  expect(suggestions).toEqual([ofLine.id, named.id]);
});

test('while the lead is absent, somebody who is there sorts the tray', async () => {
  const absenceId = newId();
  const away = { startsAt: new Date('2026-11-23T00:00:00Z'), endsAt: new Date('2026-11-25T00:00:00Z') };
  await db.database.kysely
    .insertInto('absence')
    .values({ id: absenceId, advisorId: world.lea, ...away, enteredAt: db.clock.now })
    .execute();
  const received = await receive(mail('stranger-while-away@example.com'));
  expect(received).toMatchObject({ kind: 'tray' });
  expect(received.kind === 'tray' && received.dutyOwner.id).not.toBe(world.lea);
  await db.database.kysely.deleteFrom('absence').where('id', '=', absenceId).execute();
});

test('an address that two customers share is for a person to decide', async () => {
  const first = await addTestCustomer(db, world, { mail: 'shared@example.org' });
  const second = await addTestCustomer(db, world, { mail: 'shared@example.org' });
  const received = await receive(mail('shared@example.org'));
  expect(received.kind).toBe('tray');
  const item = await db.database.kysely
    .selectFrom('trayItem')
    .where('id', '=', received.id)
    .selectAll()
    .executeTakeFirstOrThrow();
  expect(item.reason).toBe('several_customers');
  expect([...item.suggestions].sort()).toEqual([first.id, second.id].sort());
});

test('a second message in a conversation joins its case file and the answer already owed', async () => {
  const customer = await addTestCustomer(db, world);
  const first = await receive(mail(customer.mail));
  if (first.kind !== 'interaction') throw new Error('expected a timeline');
  const second = await receive(mail(customer.mail, { caseFileId: first.caseFileId }));
  expect(second).toMatchObject({ caseFileId: first.caseFileId, commitment: { id: first.commitment.id } });
});

test('a conversation of another customer is never joined', async () => {
  const mine = await addTestCustomer(db, world);
  const theirs = await addTestCustomer(db, world);
  const first = await receive(mail(theirs.mail));
  if (first.kind !== 'interaction') throw new Error('expected a timeline');
  const second = await receive(
    mail(mine.mail, { caseFileId: first.caseFileId, from: { mail: mine.mail, customerId: mine.id } }),
  );
  expect(second).toMatchObject({ kind: 'interaction', customerId: mine.id });
  expect(second.kind === 'interaction' && second.caseFileId).not.toBe(first.caseFileId);
});

test('the acknowledgement names the advisor and the time, quotes nothing, and comes once a day', async () => {
  const customer = await addTestCustomer(db, world);
  const first = await receive(mail(customer.mail, { ...identity('ack'), text: 'secret words' }));
  if (first.kind !== 'interaction') throw new Error('expected a timeline');
  await receive(mail(customer.mail, identity('ack again')));
  const mails = await db.database.kysely
    .selectFrom('outgoingMail')
    .where('toAddress', '=', customer.mail)
    .selectAll()
    .execute();
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatchObject({
    kind: 'acknowledgement',
    automatic: true,
    fromName: 'Ana Perrin, Régie du Haut-Jura',
    subject: 'Votre message est bien arrivé',
    inReplyTo: 'ack@example.org',
  });
  expect(mails[0]?.text).toContain('Je vous réponds avant le mardi 24 novembre à 9\u00a0h\u00a030.');
  expect(mails[0]?.text).not.toContain('secret');
  expect(mails[0]?.replyTo).toMatch(/^reply\+[a-z2-7]{42}@regie\.example\.org$/);
});

test.each([
  ['an automatic mail', { acknowledge: false }],
  [
    'an address that is neither proven nor on file',
    { from: { mail: 'elsewhere@example.com', customerId: 'KNOWN' }, proven: false },
  ],
  ['our own address', { from: { mail: 'contact@regie.example.org', customerId: 'KNOWN' } }],
] as const)('%s is not acknowledged', async (_name, more) => {
  const customer = await addTestCustomer(db, world);
  const before = await count('outgoingMail');
  const from = 'from' in more ? { ...more.from, customerId: customer.id } : { mail: customer.mail };
  await receive(mail(customer.mail, { ...more, from }));
  expect(await count('outgoingMail')).toBe(before);
});

test('an address that failed works again once a proven mail comes from it', async () => {
  const customer = await addTestCustomer(db, world);
  const point = db.database.kysely.updateTable('contactPoint').where('value', '=', customer.mail);
  await point.set({ failingSince: db.clock.now }).execute();
  const failing = async () =>
    (
      await db.database.kysely
        .selectFrom('contactPoint')
        .where('value', '=', customer.mail)
        .select('failingSince')
        .executeTakeFirstOrThrow()
    ).failingSince;
  await receive(mail(customer.mail, { proven: false }));
  expect(await failing()).not.toBeNull();
  await receive(mail(customer.mail));
  expect(await failing()).toBeNull();
});

test('an out-of-office note opens nothing again and is owed no answer', async () => {
  const customer = await addTestCustomer(db, world);
  const first = await receive(mail(customer.mail));
  if (first.kind !== 'interaction') throw new Error('expected a timeline');
  await db.transact((tx) => closeCaseFile(tx, system, { caseFileId: first.caseFileId, words: 'Fait.', tell: false }));
  const note = await receive(
    mail(customer.mail, { caseFileId: first.caseFileId, automatic: true, acknowledge: false }),
  );
  expect(note).toMatchObject({ kind: 'interaction', caseFileId: first.caseFileId, duplicate: false });
  const row = await db.database.kysely
    .selectFrom('caseFile')
    .where('id', '=', first.caseFileId)
    .select(['closedAt', 'unansweredSince'])
    .executeTakeFirstOrThrow();
  expect(row).toEqual({ closedAt: db.clock.now, unansweredSince: null });
});

test('the database refuses an open case file without a commitment', async () => {
  const customer = await addTestCustomer(db, world);
  const received = await receive(mail(customer.mail));
  if (received.kind !== 'interaction') throw new Error('expected a timeline');
  const withdraw = db.transact((tx) =>
    tx.db.updateTable('commitment').set({ keptAt: tx.now }).where('caseFileId', '=', received.caseFileId).execute(),
  );
  await expect(withdraw).rejects.toMatchObject({ constraint: 'case_file_has_commitment' });
});

test('the decision is kept with its situation and its reasons', async () => {
  const customer = await addTestCustomer(db, world);
  const received = await receive(mail(customer.mail));
  const row = await db.database.kysely
    .selectFrom('decision')
    .where('interactionId', '=', received.id)
    .selectAll()
    .executeTakeFirstOrThrow();
  expect(row.decision).toMatchObject({
    ownerId: world.ana,
    reasons: [{ code: 'own_advisor' }, { code: 'due_by_service_level' }],
  });
  expect(JSON.stringify(row.situation)).not.toMatch(/household|town_hall|business/);
});
