import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { type App, openPage, sendForm } from '../../../test/page.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { stopSms } from '../../desk/sms/stop.ts';

const db = testDatabase();
let app: App;
let world: World;

beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
});

beforeEach(async () => {
  await db.database.kysely.deleteFrom('attempt').execute();
});

const ask = (reference: string) => sendForm(app, '/fr/card', { reference });
const mails = () =>
  db.database.kysely.selectFrom('outgoingMail').where('kind', '=', 'card').select(['toAddress', 'text']).execute();

test('a line number sends the own contact’s card to every mail address on file', async () => {
  const { lineReference } = await addTestCustomer(db, world, { mail: 'card@example.org', advisorId: world.chloe });
  await ask(` ${lineReference.toLowerCase()} `);
  const [mail, ...more] = await mails();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({ toAddress: 'card@example.org', text: expect.stringContaining('Chloé Vuillemin') });
});

test('a stranger learns nothing: the page is the same for what is known and what is not', async () => {
  const { lineReference } = await addTestCustomer(db, world);
  const known = await ask(lineReference);
  const unknown = await ask('L999999');
  for (const { status, headers, html } of [known, unknown])
    expect([status, headers.get('location'), html]).toEqual([303, '/fr/card/sent', '']);
  expect((await openPage(app, '/fr/card/sent')).text).toContain('C’est noté');
  expect((await openPage(app, '/en/card/sent')).text).toContain('Noted');
});

test('without a mail on file the contact is asked for a letter, once a day', async () => {
  const { id, lineReference } = await addTestCustomer(db, world);
  await db.database.kysely.deleteFrom('contactPoint').where('customerId', '=', id).where('kind', '=', 'mail').execute();
  const before = (await mails()).length;
  await ask(lineReference);
  await ask(lineReference);
  const asked = await db.database.kysely.selectFrom('interaction').where('customerId', '=', id).selectAll().execute();
  expect(asked).toHaveLength(1);
  expect(asked[0]?.text).toContain('Elle part par lettre');
  expect(await mails()).toHaveLength(before);
});

describe('where SMS leave from here', () => {
  beforeAll(() => {
    db.sends.smsLeaves = true;
  });
  afterAll(() => {
    db.sends.smsLeaves = false;
  });
  const texts = (customerId: string) =>
    db.database.kysely
      .selectFrom('outgoingSms')
      .where('customerId', '=', customerId)
      .select(['toPhone', 'text', 'automatic', 'leaveAfter'])
      .execute();
  const letters = (customerId: string) =>
    db.database.kysely.selectFrom('interaction').where('customerId', '=', customerId).select('id').execute();
  const withoutMail = async (phone: string) => {
    const customer = await addTestCustomer(db, world, { phone, advisorId: world.chloe });
    await db.database.kysely
      .updateTable('contactPoint')
      .set({ failingSince: db.clock.now, failingWhy: 'no such user' })
      .where('customerId', '=', customer.id)
      .where('kind', '=', 'mail')
      .execute();
    return customer;
  };

  test('who has no mail that works and a mobile gets name, number and hours by SMS, once a day, and no letter', async () => {
    const { id, lineReference } = await withoutMail('+33639980411');
    const before = (await mails()).length;
    await ask(lineReference);
    await ask(lineReference);
    const [sms, ...more] = await texts(id);
    expect(more).toEqual([]);
    expect(sms).toMatchObject({ toPhone: '+33639980411', automatic: true });
    expect(sms?.text).toMatch(
      /^Votre contact : Chloé Vuillemin, 03 53 01 \d\d \d\d\. Du lundi .+ h.*\. Régie du Haut-Jura$/,
    );
    expect(await letters(id)).toEqual([]);
    expect(await mails()).toHaveLength(before);
  });

  test('a stranger learns nothing of it, and nobody is woken', async () => {
    const { id, lineReference } = await withoutMail('+33639980412');
    const day = db.clock.now;
    db.clock.now = new Date('2027-03-01T02:00:00+01:00');
    const [known, unknown] = [await ask(lineReference), await ask('L999998')];
    db.clock.now = day;
    for (const { status, headers, html } of [known, unknown])
      expect([status, headers.get('location'), html]).toEqual([303, '/fr/card/sent', '']);
    expect((await texts(id)).map(({ leaveAfter }) => leaveAfter)).toEqual([new Date('2027-03-01T08:00:00+01:00')]);
  });

  test('who wrote STOP, or has no mobile, gets a letter; who has a mail gets the mail alone', async () => {
    const stopped = await withoutMail('+33639980413');
    await db.transact((tx) => stopSms(tx, '+33639980413'));
    const fixed = await withoutMail('+33353010499');
    const mailed = await addTestCustomer(db, world, { mail: 'both@example.org', phone: '+33639980414' });
    for (const { lineReference } of [stopped, fixed, mailed]) await ask(lineReference);
    for (const { id } of [stopped, fixed, mailed]) expect(await texts(id)).toEqual([]);
    expect(await letters(stopped.id)).toHaveLength(1);
    expect(await letters(fixed.id)).toHaveLength(1);
    expect(await letters(mailed.id)).toEqual([]);
    expect((await mails()).map(({ toAddress }) => toAddress)).toContain('both@example.org');
  });
});

test('an address that fails gets nothing', async () => {
  const { id, lineReference } = await addTestCustomer(db, world, { mail: 'gone@example.org' });
  await db.database.kysely
    .updateTable('contactPoint')
    .set({ failingSince: db.clock.now, failingWhy: 'no such user' })
    .where('customerId', '=', id)
    .execute();
  await ask(lineReference);
  expect((await mails()).map((mail) => mail.toAddress)).not.toContain('gone@example.org');
});

test('the same number cannot be used to flood somebody, and nobody can see that', async () => {
  const { lineReference } = await addTestCustomer(db, world, { mail: 'flood@example.org' });
  const answers = [];
  for (let i = 0; i < 6; i++) {
    const { status, headers } = await ask(lineReference);
    answers.push(`${status} ${headers.get('location')}`);
  }
  expect(new Set(answers).size).toBe(1);
  expect((await mails()).filter((mail) => mail.toAddress === 'flood@example.org')).toHaveLength(3);
});

test('one network may not try numbers by the dozen', async () => {
  const statuses = [];
  for (let i = 0; i < 11; i++) statuses.push((await ask(`L77${i}`)).status);
  expect(statuses.slice(0, 10)).toEqual(Array(10).fill(303));
  expect(statuses[10]).toBe(429);
});
