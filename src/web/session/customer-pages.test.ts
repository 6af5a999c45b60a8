import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testHouse } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld } from '../../../test/world.ts';
import { createApp } from '../../app.ts';
import { customerLink, openCustomerLink } from '../../desk/people/customer-links.ts';
import { guard } from '../guard.ts';
import { limits } from './rate-limits.ts';

const db = testDatabase();
const origin = { Origin: 'http://localhost:8080' };
const DAY_MS = 86_400_000;
let app: ReturnType<typeof createApp>;
let customer: Awaited<ReturnType<typeof addTestCustomer>>;
let other: Awaited<ReturnType<typeof addTestCustomer>>;

beforeAll(async () => {
  const world = await buildWorld(db);
  customer = await addTestCustomer(db, world, { mail: 'shared@example.org', name: 'Famille Jacquet' });
  other = await addTestCustomer(db, world, { mail: 'other@example.org' });
  app = createApp(testHouse(db));
  app.get('/test/mine', guard('customer'), (c) => c.json(c.var.actor));
});
beforeEach(async () => {
  db.clock.now = new Date('2026-11-23T09:00:00Z');
  await db.database.kysely.deleteFrom('attempt').execute();
});

test('the link is mailed to an address on file, and a button opens the session', async () => {
  await db.transact((tx) => openCustomerLink(tx, { customerId: customer.id }));
  const mail = (await linkMails()).at(-1);
  expect(mail?.toAddress).toBe('shared@example.org');
  expect(mail?.automatic).toBe(true);
  const path = pathIn(mail?.text);
  expect(await (await app.request(path)).text()).toContain('<button');
  const entered = await app.request(path, { method: 'POST', headers: origin });
  expect(entered.status).toBe(303);
  expect(entered.headers.get('location')).toBe('/fr/my');
  const cookie = entered.headers.getSetCookie()[0] ?? '';
  expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
  expect(await openSessions(customer.id)).toBe(1);
});

test('opening the link confirms nothing, however often a scanner opens it', async () => {
  const path = await freshLink(customer.id);
  const before = await openSessions(customer.id);
  for (const method of ['GET', 'HEAD', 'GET', 'OPTIONS']) {
    const opened = await app.request(path, { method });
    expect(opened.headers.getSetCookie()).toEqual([]);
  }
  expect(await openSessions(customer.id)).toBe(before);
  expect((await app.request(path, { method: 'POST', headers: origin })).status).toBe(303);
});

test('a link works once, also when two people press the button at once', async () => {
  const path = await freshLink(customer.id);
  const answers = await Promise.all([1, 2, 3, 4].map(() => app.request(path, { method: 'POST', headers: origin })));
  expect(answers.map((answer) => answer.status).sort()).toEqual([303, 410, 410, 410]);
  const again = await app.request(path);
  expect(again.status).toBe(410);
  expect(await again.text()).toContain('/fr/my/enter"');
});

test('a link ends after 24 hours', async () => {
  const path = await freshLink(customer.id);
  db.clock.now = new Date(db.clock.now.getTime() + DAY_MS + 1000);
  expect((await app.request(path, { method: 'POST', headers: origin })).status).toBe(410);
});

test('a page of another site cannot press the button', async () => {
  const path = await freshLink(customer.id);
  const refused = await app.request(path, { method: 'POST', headers: { Origin: 'https://evil.example' } });
  expect(refused.status).toBe(403);
  expect((await app.request(path)).status).toBe(200);
});

test('a session lasts 30 days from the last visit', async () => {
  const cookie = await enter(customer.id);
  db.clock.now = new Date(db.clock.now.getTime() + 29 * DAY_MS);
  const visited = await visit(cookie);
  expect(visited.signedIn).toBe(true);
  expect(visited.renewed).toBe(true);
  expect((await visit(cookie)).renewed).toBe(false);
  db.clock.now = new Date(db.clock.now.getTime() + 29 * DAY_MS);
  expect((await visit(cookie)).signedIn).toBe(true);
  db.clock.now = new Date(db.clock.now.getTime() + 30 * DAY_MS + 1000);
  expect((await visit(cookie)).signedIn).toBe(false);
});

test('entering again ends the session this browser had, and leaving ends it in the database', async () => {
  const first = await enter(customer.id);
  const second = await enter(other.id, first);
  expect((await visit(first)).signedIn).toBe(false);
  expect((await visit(second)).signedIn).toBe(true);
  const left = await app.request('/fr/my/leave', { method: 'POST', headers: { ...origin, Cookie: second } });
  expect(left.status).toBe(303);
  expect((await visit(second)).signedIn).toBe(false);
});

test('an erased customer has no session any more', async () => {
  const cookie = await enter(other.id);
  await db.database.kysely.updateTable('customer').set({ erasedAt: db.clock.now }).where('id', '=', other.id).execute();
  expect((await visit(cookie)).signedIn).toBe(false);
  await db.database.kysely.updateTable('customer').set({ erasedAt: null }).where('id', '=', other.id).execute();
});

test('asking for a link is answered alike for known and unknown addresses; only the known one gets a mail', async () => {
  const before = (await linkMails()).length;
  const known = await ask('Shared@Example.org');
  const unknown = await ask('nobody@example.org');
  expect(known.status).toBe(200);
  expect(await known.text()).toBe(await unknown.text());
  expect((await linkMails()).slice(before).map((mail) => mail.toAddress)).toEqual(['shared@example.org']);
});

test('an address that bounces gets no link', async () => {
  const points = db.database.kysely.updateTable('contactPoint').where('value', '=', 'other@example.org');
  await points.set({ failingSince: db.clock.now, failingWhy: 'gone' }).execute();
  expect(await db.transact((tx) => openCustomerLink(tx, { customerId: other.id }))).toBe(false);
  await points.set({ failingSince: null, failingWhy: null }).execute();
});

test('nobody is bombed with links: an address is mailed a few times an hour at most', async () => {
  const before = (await linkMails()).length;
  const most = limits['ask for a link, by address'].points;
  for (let n = 0; n <= most; n++) await ask(n % 2 ? 'shared@example.org' : 'SHARED@example.org');
  expect((await ask('shared@example.org')).status).toBe(429);
  expect((await linkMails()).length - before).toBe(most);
});

async function freshLink(customerId: string): Promise<string> {
  return new URL(await db.transact((tx) => customerLink(tx, { customerId }, 'fr'))).pathname;
}

async function enter(customerId: string, cookie?: string): Promise<string> {
  const headers = cookie ? { ...origin, Cookie: cookie } : origin;
  const entered = await app.request(await freshLink(customerId), { method: 'POST', headers });
  return (entered.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
}

async function visit(cookie: string): Promise<{ signedIn: boolean; renewed: boolean }> {
  const answer = await app.request('/test/mine', { headers: { Cookie: cookie } });
  return { signedIn: answer.status === 200, renewed: answer.headers.getSetCookie().length > 0 };
}

function ask(mail: string) {
  return app.request('/fr/my/enter', { method: 'POST', body: new URLSearchParams({ mail }), headers: origin });
}

function linkMails() {
  return db.database.kysely
    .selectFrom('outgoingMail')
    .where('kind', '=', 'link')
    .select(['toAddress', 'text', 'automatic'])
    .orderBy('id')
    .execute();
}

function pathIn(text = ''): string {
  return /\/fr\/my\/enter\/\S+/.exec(text)?.[0] ?? '';
}

async function openSessions(customerId: string): Promise<number> {
  const rows = await db.database.kysely
    .selectFrom('customerSession')
    .where('customerId', '=', customerId)
    .where('closedAt', 'is', null)
    .select('openedAt')
    .execute();
  return rows.length;
}
