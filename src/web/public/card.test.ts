import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { type App, openPage, sendForm } from '../../../test/page.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';

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
