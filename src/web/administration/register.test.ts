import { unzipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { bearer, testApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { type App, openPage, sendForm } from '../../../test/page.ts';
import { signInStaff } from '../../../test/sign-in.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { newId } from '../../desk/id.ts';

const db = testDatabase();
let app: App;
let world: World;
let lead: { Cookie: string };
let advisor: { Cookie: string };
let administrator: { Cookie: string };
let customer: { id: string; mail: string };
let at: string;

beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
  customer = await addTestCustomer(db, world, { name: 'Famille Grandvaux' });
  await db.database.kysely
    .insertInto('person')
    .values({ id: newId(), customerId: customer.id, givenName: 'Odile', familyName: 'Grandvaux' })
    .execute();
  lead = await signInStaff(db, app, world.staff.lea);
  advisor = await signInStaff(db, app, world.staff.ana);
  const adminId = newId();
  await db.database.kysely
    .insertInto('staff')
    .values({ id: adminId, name: 'Adèle', email: 'adele@regie.example.org', role: 'administrator' })
    .execute();
  administrator = await signInStaff(db, app, adminId);
  at = `/fr/staff/customers/${customer.id}`;
});

const send = (path: string, fields: Record<string, string>, headers = lead) =>
  sendForm(app, `${at}${path}`, fields, { headers });
const audit = async () =>
  (
    await db.database.kysely
      .selectFrom('audit')
      .where('customerId', '=', customer.id)
      .select(['action', 'staffId'])
      .orderBy('id')
      .execute()
  ).map(({ action, staffId }) => `${action} by ${staffId === world.staff.lea ? 'Léa' : (staffId ?? 'nobody')}`);

test('a customer is found by name, and everything that can be changed has a way to it', async () => {
  const list = await openPage(app, '/fr/staff/customers?q=grandvaux', lead);
  expect(list.html).toContain(at);
  const page = await openPage(app, at, lead);
  for (const words of ['Famille Grandvaux', 'Odile Grandvaux', customer.mail, ', Fibre, Standard', 'Ana Perrin'])
    expect(page.text).toContain(words);
  for (const path of ['details', 'place', 'advisor', 'persons/new', 'contact-points/new', 'lines/new'])
    expect((await openPage(app, `${at}/${path}`, lead)).status, path).toBe(200);
  expect(await audit()).toContain('look at register by Léa');
});

test('a person, a number and a line are added with who did it, and what cannot be read comes back as typed', async () => {
  expect((await send('/persons/new', { givenName: 'Paul', familyName: 'Grandvaux', role: 'fils' })).status).toBe(303);
  const bad = await send('/contact-points/new', { kind: 'phone', value: 'le fixe' });
  expect(bad.status).toBe(422);
  expect(bad.title).toMatch(/^Erreur/);
  expect(bad.fields.value).toBe('le fixe');
  expect(bad.text).toContain('Écrivez-le comme 03 53 01 20 30');
  expect((await send('/contact-points/new', { kind: 'phone', value: '03 53 01 20 30' })).status).toBe(303);
  const taken = await send('/lines/new', { reference: 'L000001', product: 'Fibre', serviceLevel: 'pro' });
  expect(taken.status).toBe(422);
  expect(taken.fields).toMatchObject({ reference: 'L000001', product: 'Fibre' });
  expect((await send('/lines/new', { reference: 'L777001', product: 'Fibre', serviceLevel: 'pro' })).status).toBe(303);
  const page = await openPage(app, at, lead);
  for (const words of ['Paul Grandvaux , fils', '03 53 01 20 30', 'L777001 , Fibre, Professionnel'])
    expect(page.text).toContain(words);
  expect(await audit()).toEqual(
    expect.arrayContaining(['add person by Léa', 'add contact point by Léa', 'add line by Léa']),
  );
});

test('the last person and the last way to reach a customer stay', async () => {
  const other = await addTestCustomer(db, world);
  const only = newId();
  await db.database.kysely
    .insertInto('person')
    .values({ id: only, customerId: other.id, familyName: 'Seule' })
    .execute();
  const their = `/fr/staff/customers/${other.id}`;
  const refused = await sendForm(app, `${their}/persons/${only}`, { do: 'remove' }, { headers: lead });
  expect(refused.text).toContain('Ajoutez-en une autre d’abord');
  // A person of another customer is not there, whatever the address says.
  expect((await send(`/persons/${only}`, { familyName: 'Autre' })).status).toBe(404);
});

test('whoever moves house keeps their advisor until the change, which is announced with both names', async () => {
  await db.database.kysely
    .insertInto('area')
    .values({ id: newId(), communeInsee: '39368', officeId: world.officeId, advisorId: world.bruno })
    .execute();
  const nowhere = await send('/place', { commune: 'Trifouillis', sector: '', address: '2 rue Neuve' });
  expect(nowhere.status).toBe(422);
  expect(nowhere.fields).toMatchObject({ commune: 'Trifouillis', address: '2 rue Neuve' });
  expect((await send('/place', { commune: '39368', sector: '', address: '2 rue Neuve' })).headers.get('location')).toBe(
    `${at}?done=moved`,
  );
  expect((await openPage(app, at, lead)).text).toContain('Bruno Cattin sert');
  const silent = await send('/advisor', { advisor: world.bruno, handover: '  ' });
  expect(silent.text).toContain('Écrivez la passation');
  expect(silent.html).toContain(`<option value="${world.bruno}" selected`);
  await send('/advisor', { advisor: world.bruno, handover: 'Préfère le téléphone.' });
  const mail = await db.database.kysely
    .selectFrom('outgoingMail')
    .where('kind', '=', 'advisor_change')
    .select(['text', 'toAddress'])
    .executeTakeFirstOrThrow();
  expect(mail.toAddress).toBe(customer.mail);
  expect(mail.text).toContain('Ana Perrin');
  expect(mail.text).toContain('Bruno Cattin');
});

test('preferences are kept, and a customer without a name is not', async () => {
  const fields = { name: '', kind: 'household', locale: 'en', ringBack: 'never' };
  expect((await send('/details', fields)).text).toContain('Écrivez le nom du client');
  expect((await send('/details', { ...fields, name: 'Famille Grandvaux' })).status).toBe(303);
  const row = await db.database.kysely
    .selectFrom('customer')
    .where('id', '=', customer.id)
    .select(['locale', 'ringBack'])
    .executeTakeFirstOrThrow();
  expect(row).toEqual({ locale: 'en', ringBack: 'never' });
});

test('a customer is added in one form; what is wrong is said beside each field and nothing typed is lost', async () => {
  const typed = {
    name: 'Boulangerie Neuve',
    kind: 'business',
    commune: 'Paris',
    phone: '12',
    mail: 'x',
    line: 'L777002',
  };
  const bad = await sendForm(app, '/fr/staff/customers/new', typed, { headers: advisor });
  expect(bad.status).toBe(422);
  expect(bad.fields).toMatchObject({ name: 'Boulangerie Neuve', commune: 'Paris', phone: '12', line: 'L777002' });
  const good = { ...typed, commune: 'Saint-Claude 39200', phone: '03 53 01 20 31', mail: 'pain@example.org' };
  const added = await sendForm(app, '/fr/staff/customers/new', good, { headers: advisor });
  expect(added.headers.get('location')).toMatch(/^\/fr\/staff\/customers\/[0-9a-f-]{36}\?done=added$/);
});

test('an advisor edits persons and numbers, but neither lines nor advisors, and exports and erases nobody', async () => {
  expect((await send('/persons/new', { familyName: 'Tante' }, advisor)).status).toBe(303);
  for (const path of ['/lines/new', '/advisor', '/export', '/erase'])
    expect((await send(path, { reference: 'L1' }, advisor)).status, path).toBe(404);
  expect((await send('/erase', { reference: 'V1' }, lead)).status).toBe(404);
  const page = await openPage(app, at, advisor);
  expect(page.html).not.toContain(`${at}/advisor`);
  expect(page.html).not.toContain(`${at}/erase`);
});

test('the export is one zip that says in the customer’s language what is in it, and is noted', async () => {
  const answer = await app.request(`${at}/export`, {
    method: 'POST',
    headers: { ...lead, Origin: 'http://localhost:8080' },
  });
  expect(answer.headers.get('content-type')).toBe('application/zip');
  expect(answer.headers.get('cache-control')).toContain('no-store');
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['READ-ME.txt', 'record.json']));
  const record = JSON.parse(new TextDecoder().decode(files['record.json']));
  expect(record.customer[0].name).toBe('Famille Grandvaux');
  expect(record.person.map((person: { family_name: string }) => person.family_name)).toContain('Tante');
  expect(await audit()).toContain('export customer by Léa');
});

test('before an erasure the page says what goes and what stays; the wrong number erases nobody', async () => {
  const page = await openPage(app, `${at}/erase`, administrator);
  for (const words of ['Personnes 3', 'Lignes 2', 'Le journal des faits', 'Les sauvegardes'])
    expect(page.text).toContain(words);
  const wrong = await send('/erase', { reference: 'V999', reason: 'left' }, administrator);
  expect(wrong.status).toBe(422);
  expect(wrong.fields.reference).toBe('V999');
  const { reference } = await db.database.kysely
    .selectFrom('customer')
    .where('id', '=', customer.id)
    .select('reference')
    .executeTakeFirstOrThrow();
  expect((await send('/erase', { reference, reason: 'left' }, administrator)).headers.get('location')).toBe(
    '/fr/staff/customers?done=erased',
  );
  expect((await openPage(app, at, administrator)).status).toBe(404);
  // Not by a token either.
  expect((await app.request(at, { headers: await bearer(db, 'lead') })).status).toBe(404);
});
