import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { type App, openPage, sendForm } from '../../../test/page.ts';
import { signInAs } from '../../../test/sign-in.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';

const db = testDatabase();
let app: App;
let world: World;
let townHall: string;
let headers: { Cookie: string };

beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
  ({ id: townHall } = await addTestCustomer(db, world, { name: 'Mairie de Saint-Claude', kind: 'town_hall' }));
  headers = await signInAs(db, app, townHall);
});

async function report(typed: Record<string, string>) {
  const { fields } = await openPage(app, '/fr/my/report', headers);
  db.clock.now = new Date(db.clock.now.getTime() + 10_000);
  return sendForm(
    app,
    '/fr/my/report',
    { ...fields, what: 'Plus de téléphone.', name: 'Mme Odile', ...typed },
    { headers },
  );
}

const timelineOf = (customerId: string) =>
  db.database.kysely.selectFrom('interaction').where('customerId', '=', customerId).selectAll().execute();

test('a report reaches the resident’s own advisor, marked as the town hall’s, and stands on the town hall’s page', async () => {
  const resident = await addTestCustomer(db, world, { phone: '+33639981111', advisorId: world.chloe });
  const done = await report({ phone: '06 39 98 11 11' });
  expect(done.text).toMatch(/contacte l’habitant\. Ana Perrin vous répond aussi avant/);
  const [theirs] = await timelineOf(resident.id);
  expect(theirs?.caution).toContain('Signalé par Mairie de Saint-Claude');
  expect(theirs?.text).toContain('Plus de téléphone.');
  const owner = await db.database.kysely
    .selectFrom('caseFile')
    .where('customerId', '=', resident.id)
    .select('ownerId')
    .executeTakeFirstOrThrow();
  expect(owner.ownerId).toBe(world.chloe);
  expect((await timelineOf(townHall)).map((each) => each.subject)).toContain('Signalement pour Mme Odile');
});

test('the town hall never learns whether the resident is a customer', async () => {
  await addTestCustomer(db, world, { phone: '+33639982222', advisorId: world.chloe });
  const known = await report({ phone: '06 39 98 22 22' });
  const unknown = await report({ phone: '06 39 98 33 33' });
  expect(unknown.text).toBe(known.text);
  const tray = await db.database.kysely.selectFrom('trayItem').selectAll().execute();
  expect(tray).toHaveLength(1);
  expect(tray[0]?.subject).toBe('Signalé par Mairie de Saint-Claude');
});

test('a report twice with one press is one', async () => {
  const { fields } = await openPage(app, '/fr/my/report', headers);
  db.clock.now = new Date(db.clock.now.getTime() + 10_000);
  const form = { ...fields, what: 'Une fois.', name: 'M. Colin', address: '3 rue Basse' };
  const before = (await timelineOf(townHall)).length;
  await Promise.all([1, 2].map(() => sendForm(app, '/fr/my/report', form, { headers })));
  expect(await timelineOf(townHall)).toHaveLength(before + 1);
});

test('what is missing is said, and what was typed stays', async () => {
  const page = await report({ name: '', what: 'Poteau tombé.' });
  expect(page.status).toBe(422);
  expect(page.text).toContain('Écrivez le nom de l’habitant.');
  expect(page.text).toContain('Donnez un téléphone, un courriel ou une adresse');
  expect(page.fields.what).toBe('Poteau tombé.');
});

test('a household has no such page', async () => {
  const household = await addTestCustomer(db, world);
  const theirs = await signInAs(db, app, household.id);
  expect((await openPage(app, '/fr/my/report', theirs)).status).toBe(404);
  expect((await openPage(app, '/fr/my', theirs)).text).not.toContain('Signaler pour un habitant');
  expect((await sendForm(app, '/fr/my/report', { what: 'x', name: 'y' }, { headers: theirs })).status).toBe(404);
});
