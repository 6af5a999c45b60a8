import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { type App, openPage, sendForm } from '../../../test/page.ts';
import { signInStaff } from '../../../test/sign-in.ts';
import { buildWorld, type World } from '../../../test/world.ts';
import { newId } from '../../desk/id.ts';

const db = testDatabase();
const ACCOUNTS = '/fr/staff/accounts';
let app: App;
let world: World;
let adele: string;
let administrator: { Cookie: string };

beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
  adele = newId();
  await db.database.kysely
    .insertInto('staff')
    .values({ id: adele, name: 'Adèle', email: 'adele@regie.example.org', role: 'administrator' })
    .execute();
  administrator = await signInStaff(db, app, adele);
});

const send = (path: string, fields: Record<string, string>) =>
  sendForm(app, `${ACCOUNTS}${path}`, fields, { headers: administrator });
const mails = () =>
  db.database.kysely.selectFrom('outgoingMail').select(['toAddress', 'subject', 'text']).orderBy('createdAt').execute();

test('somebody is invited by a link in a mail; what was typed comes back with what is missing', async () => {
  const bad = await send('/new', { name: 'Marc', mail: 'marc', role: 'moderator' });
  expect(bad.status).toBe(422);
  expect(bad.fields).toMatchObject({ name: 'Marc', mail: 'marc' });
  expect((await send('/new', { name: 'Marc', mail: 'marc@regie.example.org', role: 'advisor' })).text).toContain(
    'Ce rôle demande un interlocuteur',
  );
  const invited = await send('/new', { name: 'Marc', mail: 'marc@regie.example.org', role: 'moderator' });
  expect(invited.headers.get('location')).toBe(`${ACCOUNTS}?done=invited`);
  expect((await mails()).map(({ toAddress }) => toAddress)).toEqual(['marc@regie.example.org']);
  expect((await openPage(app, ACCOUNTS, administrator)).text).toContain('modérateur');
});

test('another role ends the sessions with the old one; nobody can take the last administrator away', async () => {
  const bruno = await signInStaff(db, app, world.staff.bruno);
  expect((await openPage(app, '/fr/staff/account', bruno)).status).toBe(200);
  expect((await send(`/${world.staff.bruno}`, { role: 'lead' })).status).toBe(303);
  expect((await openPage(app, '/fr/staff/account', bruno)).status).not.toBe(200);
  expect((await send(`/${adele}`, { role: 'lead' })).text).toContain('Nommez-en un autre d’abord');
  expect((await send(`/${adele}`, { do: 'close' })).text).toContain('Nommez-en un autre d’abord');
});

test('who lost a passkey gets a link at their own address; everything that opened the account is worth nothing', async () => {
  const staffId = world.staff.chloe;
  const chloe = await signInStaff(db, app, staffId);
  const now = db.clock.now;
  await db.database.kysely
    .insertInto('staffPasskey')
    .values({
      id: newId(),
      staffId,
      publicKey: 'x',
      credentialId: 'lost',
      counter: 0,
      deviceType: 'singleDevice',
      backedUp: false,
      createdAt: now,
    })
    .execute();
  const reset = await send(`/${staffId}`, { do: 'reset' });
  expect(reset.headers.get('location')).toBe(`${ACCOUNTS}?done=reset`);
  // The administrator never sees the link.
  expect(reset.html).not.toContain('/staff/password/');
  const last = (await mails()).at(-1);
  expect(last?.toAddress).toBe('chloe@regie.example.org');
  const path = new URL(/https?:\S+\/staff\/password\/\S+/.exec(last?.text ?? '')?.[0] ?? '').pathname;
  expect((await openPage(app, path)).status).toBe(200);
  expect((await openPage(app, '/fr/staff/account', chloe)).status).not.toBe(200);
  expect(await db.database.kysely.selectFrom('staffPasskey').select('id').execute()).toEqual([]);
  expect((await send(`/${adele}`, { do: 'reset' })).text).toContain('utilisez la page de votre compte');
});

test('a closed account opens nothing, and nobody but an administrator sees any of this', async () => {
  const lea = await signInStaff(db, app, world.staff.lea);
  for (const path of ['', '/new', `/${world.staff.ana}`])
    expect((await openPage(app, `${ACCOUNTS}${path}`, lea)).status, path).toBe(404);
  const ana = await signInStaff(db, app, world.staff.ana);
  expect((await send(`/${world.staff.ana}`, { do: 'close' })).headers.get('location')).toBe(`${ACCOUNTS}?done=closed`);
  expect((await openPage(app, '/fr/staff/account', ana)).status).not.toBe(200);
  expect((await openPage(app, ACCOUNTS, administrator)).text).toContain('compte fermé');
  const kept = await db.database.kysely.selectFrom('audit').where('staffId', '=', adele).select('action').execute();
  for (const action of ['invite staff', 'change role', 'reset sign-in', 'staff left'])
    expect(kept.map((row) => row.action)).toContain(action);
});
