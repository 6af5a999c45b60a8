import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { type App, attribute, openPage, readPage, sendForm } from '../../../test/page.ts';
import { signInStaff } from '../../../test/sign-in.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { newId } from '../../desk/id.ts';

const db = testDatabase();
let app: App;
let world: World;
let lead: { Cookie: string };
let ana: string;

beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
  lead = await signInStaff(db, app, world.staff.lea);
  ana = `/fr/staff/advisors/${world.ana}`;
});

const send = (path: string, fields: Record<string, string>) => sendForm(app, path, fields, { headers: lead });
const rowOf = (id: string) =>
  db.database.kysely.selectFrom('advisor').where('id', '=', id).selectAll().executeTakeFirstOrThrow();

async function sendPhoto(bytes: Uint8Array, type: string) {
  const body = new FormData();
  body.append('photo', new File([new Uint8Array(bytes)], 'moi.jpg', { type }));
  return readPage(
    await app.request(`${ana}/photo`, {
      method: 'POST',
      body,
      headers: { ...lead, Origin: 'http://localhost:8080', Accept: 'text/html' },
    }),
  );
}

test('the card of an advisor is changed as people write it, and public pages follow', async () => {
  const form = await openPage(app, `${ana}/card`, lead);
  expect(form.fields).toMatchObject({ givenName: 'Ana', hours1: '08:30–12:00, 13:00–18:00', languages: 'français' });
  const typed = {
    ...form.fields,
    podId: world.podId,
    hours1: '9h-12h30',
    languages: 'français, italien',
    shownAs: 'first',
  };
  const bad = await send(`${ana}/card`, { ...typed, phone: 'plus tard', hours2: 'le matin', languages: 'jurassien' });
  expect(bad.status).toBe(422);
  expect(bad.fields).toMatchObject({
    phone: 'plus tard',
    hours2: 'le matin',
    languages: 'jurassien',
    hours1: '9h-12h30',
  });
  expect(bad.text).toContain('« jurassien » n’est pas une langue connue');
  expect((await send(`${ana}/card`, typed)).status).toBe(303);
  expect(await rowOf(world.ana)).toMatchObject({ languages: ['fr', 'it'], shownAs: 'first' });
  const page = await openPage(app, `/fr/contact/${world.ana}`);
  expect(page.text).toContain('italien');
  expect(page.text).toContain('Lundi, de 9 h à 12 h 30');
  expect(page.text).not.toContain('Perrin');
});

test('a photo is shown square and without the camera’s data; what is no photo is refused in a sentence', async () => {
  const camera = await sharp({ create: { width: 900, height: 1200, channels: 3, background: '#b87' } })
    .jpeg()
    .withExif({ IFD0: { Make: 'MarqueSecrete', Copyright: 'x' } })
    .toBuffer();
  expect(camera.includes('MarqueSecrete')).toBe(true);
  expect((await sendPhoto(camera, 'image/jpeg')).status).toBe(303);
  const stored = await db.database.kysely
    .selectFrom('advisor')
    .innerJoin('blob', 'blob.sha256', 'advisor.photo')
    .where('advisor.id', '=', world.ana)
    .select('bytes')
    .executeTakeFirstOrThrow();
  expect(stored.bytes.includes('MarqueSecrete')).toBe(false);
  expect(await sharp(stored.bytes).metadata()).toMatchObject({ width: 640, height: 640, format: 'webp' });
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const refused = await sendPhoto(svg, 'image/jpeg');
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Envoyez du JPEG ou du PNG');
  await send(`${ana}/photo`, { do: 'remove' });
  expect((await rowOf(world.ana)).photo).toBeNull();
  expect(await db.database.kysely.selectFrom('blob').select('size').execute()).toEqual([]);
});

test('backups keep their order; one colleague twice, or too few, is said beside the field', async () => {
  const twice = await send(`${ana}/backups`, { backup1: world.bruno, backup2: world.bruno });
  expect(twice.text).toContain('Nommez chacun une fois');
  expect((await send(`${ana}/backups`, { backup1: world.lea, backup2: '' })).text).toContain('au moins deux collègues');
  expect((await send(`${ana}/backups`, { backup1: world.lea, backup2: world.bruno })).status).toBe(303);
  const ranked = await db.database.kysely
    .selectFrom('backup')
    .where('advisorId', '=', world.ana)
    .select('backupAdvisorId')
    .orderBy('rank')
    .execute();
  expect(ranked.map((row) => row.backupAdvisorId)).toEqual([world.lea, world.bruno]);
});

test('somebody arrives with backups, gets a town nobody served, and whoever joined is found there', async () => {
  const form = await openPage(app, '/fr/staff/advisors/new', lead);
  const typed = {
    ...form.fields,
    givenName: 'Denis',
    familyName: 'Jobard',
    phone: '03 53 01 00 77',
    mail: 'denis@regie.example.org',
    podId: world.podId,
  };
  const alone = await send('/fr/staff/advisors/new', typed);
  expect(alone.text).toContain('au moins deux collègues');
  expect(alone.fields).toMatchObject({ givenName: 'Denis', mail: 'denis@regie.example.org' });
  const added = await send('/fr/staff/advisors/new', { ...typed, backup1: world.bruno, backup2: world.chloe });
  const page = added.headers.get('location')?.split('?')[0] ?? '';
  expect((await send(`${page}/areas`, { commune: 'Nulle-Part' })).status).toBe(422);
  expect((await send(`${page}/areas`, { commune: 'Les Rousses' })).status).toBe(303);
  expect((await openPage(app, '/fr/contact?where=Les+Rousses')).text).toContain('Denis Jobard');
});

test('a departure is refused in one clear sentence while customers remain', async () => {
  await addTestCustomer(db, world, { advisorId: world.bruno });
  const bruno = `/fr/staff/advisors/${world.bruno}`;
  const refused = await send(`${bruno}/leave`, {});
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Bruno Cattin ne peut pas encore partir');
  expect(refused.text).toContain('clients (1)');
  expect((await rowOf(world.bruno)).leftAt).toBeNull();
});

test('an advisor finds none of it, and every change says who made it', async () => {
  const advisor = await signInStaff(db, app, world.staff.ana);
  for (const path of ['', '/card', '/photo', '/backups', '/areas', '/leave'])
    expect((await openPage(app, `${ana}${path}`, advisor)).status, path).toBe(404);
  const kept = await db.database.kysely
    .selectFrom('audit')
    .where('staffId', '=', world.staff.lea)
    .select('action')
    .execute();
  const actions = kept.map(({ action }) => action);
  for (const action of ['change advisor', 'set photo', 'remove photo', 'set backups', 'add advisor'])
    expect(actions).toContain(action);
});

test('advisors change their own photo and card and nobody else’s; name, mail and team stay as they are', async () => {
  const own = await signInStaff(db, app, world.staff.bruno);
  const mine = '/fr/staff/own-card';
  expect((await openPage(app, mine, own)).text).toContain('Bruno Cattin');
  const picture = await sharp({ create: { width: 700, height: 700, channels: 3, background: '#356' } })
    .jpeg()
    .withExif({ IFD0: { Make: 'MarqueSecrete' } })
    .toBuffer();
  const send = (path: string) => {
    const body = new FormData();
    body.append('photo', new File([new Uint8Array(picture)], 'moi.jpg', { type: 'image/jpeg' }));
    return app.request(path, { method: 'POST', body, headers: { ...own, Origin: 'http://localhost:8080' } });
  };
  expect((await send(`${ana}/photo`)).status).toBe(404);
  expect((await send(`${mine}/photo`)).status).toBe(303);
  const stored = await db.database.kysely
    .selectFrom('advisor')
    .innerJoin('blob', 'blob.sha256', 'advisor.photo')
    .where('advisor.id', '=', world.bruno)
    .select('bytes')
    .executeTakeFirstOrThrow();
  expect(stored.bytes.includes('MarqueSecrete')).toBe(false);

  const form = await openPage(app, `${mine}/edit`, own);
  expect(form.elements('input').map((each) => attribute(each, 'name'))).not.toContain('familyName');
  const wrong = await sendForm(app, `${mine}/edit`, { ...form.fields, phone: 'bientôt' }, { headers: own });
  expect(wrong).toMatchObject({ status: 422, fields: expect.objectContaining({ phone: 'bientôt' }) });
  const typed = { ...form.fields, phone: '03 53 01 00 77', shownAs: 'first', hours5: '9h-12h' };
  // What is not theirs to say is not read, whatever a form carries.
  const smuggled = { ...typed, familyName: 'Autre', mail: 'autre@example.org', share: '0,1', advisorId: world.ana };
  const before = await rowOf(world.ana);
  expect((await sendForm(app, `${mine}/edit`, smuggled, { headers: own })).status).toBe(303);
  const row = await rowOf(world.bruno);
  expect(row).toMatchObject({ phone: '+33353010077', shownAs: 'first', familyName: 'Cattin' });
  expect(row.mail).not.toContain('autre');
  expect(Number(row.share)).toBe(1);
  expect(await rowOf(world.ana)).toEqual(before);
  expect((await openPage(app, `/fr/contact/${world.bruno}`)).text).toContain('03 53 01 00 77');
  const kept = await db.database.kysely
    .selectFrom('audit')
    .where('staffId', '=', world.staff.bruno)
    .where('action', 'in', ['set photo', 'change own card'])
    .select('action')
    .execute();
  expect(kept.map(({ action }) => action).sort()).toEqual(['change own card', 'set photo']);
});

test('whoever of the staff is no advisor has no card of their own', async () => {
  const id = newId();
  const values = { id, name: 'Nora', email: 'nora@regie.example.org', role: 'administrator' as const };
  await db.database.kysely.insertInto('staff').values(values).execute();
  const page = await openPage(app, '/fr/staff/own-card', await signInStaff(db, app, id));
  expect(page.status).toBe(404);
});
