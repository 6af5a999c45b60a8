import { hashPassword } from 'better-auth/crypto';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testHouse } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { buildWorld, type World } from '../../../test/world.ts';
import { createApp } from '../../app.ts';
import { system } from '../../desk/actor.ts';
import { makeOneTimeLink } from '../../desk/people/one-time-links.ts';
import { inviteStaff, leaveStaff } from '../../desk/people/staff.ts';
import { setStaffPassword } from '../../desk/people/staff-sign-in.ts';

const db = testDatabase();
const password = 'trois vaches sous la pluie';
const mail = 'ana@regie.example.org';
let world: World;
let app: ReturnType<typeof createApp>;

beforeAll(async () => {
  world = await buildWorld(db);
  app = createApp(testHouse(db));
});
beforeEach(async () => {
  db.clock.now = new Date('2026-11-23T09:00:00Z');
  await db.database.kysely.deleteFrom('attempt').execute();
  await db.database.kysely.deleteFrom('staffSession').execute();
  const hash = await hashPassword(password);
  await db.transact((tx) => setStaffPassword(tx, world.staff.ana, hash));
});

test('the right password opens a session in a cookie scripts cannot read', async () => {
  const answer = await signIn(mail, password);
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/workspace/');
  const cookie = answer.headers.getSetCookie().find((each) => each.includes('session_token')) ?? '';
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
  expect(cookie).toMatch(/Path=\//i);
  const page = await account(cookieOf(answer));
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('Ana Perrin');
});

test('the foot of a page of the staff leads to their work, never to a customer’s ways, and before signing in nowhere', async () => {
  const waysOf = async (page: Response) =>
    [...(/<footer>.*<\/footer>/s.exec(await page.text())?.[0] ?? '').matchAll(/href="([^"]*)"/g)].map(([, to]) => to);
  const signedIn = cookieOf(await signIn(mail, password));
  expect(await waysOf(await account(signedIn))).toEqual([
    '/workspace/',
    '/fr/staff/administration',
    '/fr/staff/account',
  ]);
  expect(await waysOf(await app.request('/fr/staff/sign-in'))).toEqual([]);
  expect(await waysOf(await app.request('/fr'))).toContain('/fr/contact');
});

test('on https the cookie is bound to the host', async () => {
  const secure = createApp(testHouse(db, { VISAVIS_ORIGIN: 'https://contact.example.org' }));
  const answer = await secure.request('https://contact.example.org/fr/staff/sign-in', {
    method: 'POST',
    body: form({ mail, password }),
  });
  const cookie = answer.headers.getSetCookie().find((each) => each.includes('session_token')) ?? '';
  expect(cookie).toMatch(/^__Host-/);
  expect(cookie).toMatch(/; Secure/i);
  expect(cookie).not.toMatch(/Domain=/i);
});

test('an unknown address and a wrong password get the same answer', async () => {
  const wrong = await signIn(mail, 'pas le bon mot de passe');
  const unknown = await signIn('nobody@regie.example.org', 'pas le bon mot de passe');
  expect(wrong.status).toBe(unknown.status);
  expect(await wrong.text()).toBe((await unknown.text()).replaceAll('nobody@', 'ana@'));
  expect(wrong.headers.getSetCookie()).toEqual([]);
});

test('nobody can sign up, and no address of better-auth is open that the product does not use', async () => {
  const body = JSON.stringify({ email: 'new@example.org', password, name: 'New', role: 'administrator' });
  const headers = { 'Content-Type': 'application/json', Origin: 'http://localhost:8080' };
  for (const path of ['sign-up/email', 'sign-in/email', 'update-user', 'change-email', 'get-session', 'reset-password'])
    expect((await app.request(`/api/auth/${path}`, { method: 'POST', body, headers })).status, path).toBe(404);
  const made = await db.database.kysely.selectFrom('staff').where('email', '=', 'new@example.org').execute();
  expect(made).toEqual([]);
});

test('signing in again gives a new session and ends the one before', async () => {
  const first = cookieOf(await signIn(mail, password));
  const second = cookieOf(await signIn(mail, password, first));
  expect(second).not.toBe(first);
  expect((await account(first)).status).toBe(302);
  expect((await account(second)).status).toBe(200);
});

test('a changed password ends every other session, and the page that changed it goes on', async () => {
  const [here, elsewhere] = [cookieOf(await signIn(mail, password)), cookieOf(await signIn(mail, password))];
  const changed = await app.request('/fr/staff/account/password', {
    method: 'POST',
    body: form({ current: password, password: 'sept chemins vers la combe' }),
    headers: { Cookie: here, Origin: 'http://localhost:8080' },
  });
  expect(changed.status).toBe(303);
  expect((await account(cookieOf(changed))).status).toBe(200);
  expect((await account(elsewhere)).status).toBe(302);
  expect((await account(here)).status).toBe(302);
  expect((await signIn(mail, password)).status).toBe(422);
  expect((await signIn(mail, 'sept chemins vers la combe')).status).toBe(303);
});

test('a wrong current password changes nothing', async () => {
  const cookie = cookieOf(await signIn(mail, password));
  const refused = await app.request('/fr/staff/account/password', {
    method: 'POST',
    body: form({ current: 'autre chose que cela', password: 'sept chemins vers la combe' }),
    headers: { Cookie: cookie, Origin: 'http://localhost:8080' },
  });
  expect(refused.status).toBe(422);
  expect((await signIn(mail, password)).status).toBe(303);
});

test('ten wrong passwords close the account to that network, whatever the spelling of the address', async () => {
  const spellings = [mail, 'ANA@regie.example.org', 'ana+1@regie.example.org', ` ${mail} `];
  for (let n = 0; n < 10; n++) await signIn(spellings[n % spellings.length] ?? mail, 'faux mot de passe');
  expect((await signIn(mail, password)).status).toBe(429);
  const forged = await app.request('/fr/staff/sign-in', {
    method: 'POST',
    body: form({ mail, password }),
    headers: { 'X-Forwarded-For': '203.0.113.9', Forwarded: 'for=203.0.113.9' },
  });
  expect(forged.status).toBe(429);
  const elsewhere = await app.request(
    '/fr/staff/sign-in',
    { method: 'POST', body: form({ mail, password }) },
    { incoming: { socket: { remoteAddress: '198.51.100.7' } } },
  );
  expect(elsewhere.status).toBe(303);
});

test('a sign-in from another site is refused', async () => {
  const foreign: Record<string, string>[] = [{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }];
  for (const headers of foreign) {
    const refused = await app.request('/fr/staff/sign-in', {
      method: 'POST',
      body: form({ mail, password }),
      headers,
    });
    expect(refused.status).toBe(403);
    expect(refused.headers.getSetCookie()).toEqual([]);
  }
});

test('after signing in nobody is led to another site', async () => {
  for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/a\nb'])
    expect((await signIn(mail, password, undefined, next)).headers.get('location')).toBe('/workspace/');
  expect((await signIn(mail, password, undefined, '/workspace/tray?x=1')).headers.get('location')).toBe(
    '/workspace/tray?x=1',
  );
});

test('signing out ends the session for good', async () => {
  const cookie = cookieOf(await signIn(mail, password));
  const out = await app.request('/fr/staff/sign-out', {
    method: 'POST',
    headers: { Cookie: cookie, Origin: 'http://localhost:8080' },
  });
  expect(out.status).toBe(303);
  expect((await account(cookie)).status).toBe(302);
});

test('an invitation sets the password once, after the button, and the address never sees it used by a scanner', async () => {
  const invited = await db.transact((tx) =>
    inviteStaff(tx, system, { mail: 'Zoe@regie.example.org', name: 'Zoé Prost', role: 'moderator' }),
  );
  if (invited.kind !== 'invited') throw new Error(invited.why);
  const path = new URL(invited.link).pathname;
  for (const method of ['GET', 'HEAD', 'GET']) expect((await app.request(path, { method })).status).toBe(200);
  const easy = await app.request(path, { method: 'POST', body: form({ password: 'zoeprost1234' }) });
  expect(easy.status).toBe(422);
  const short = await app.request(path, { method: 'POST', body: form({ password: 'court' }) });
  expect(await short.text()).toContain('12');
  const saved = await app.request(path, { method: 'POST', body: form({ password, role: 'administrator' }) });
  expect(saved.status).toBe(303);
  expect((await account(cookieOf(saved))).status).toBe(200);
  expect((await app.request(path, { method: 'POST', body: form({ password: `${password} !` }) })).status).toBe(410);
  const row = await db.database.kysely
    .selectFrom('staff')
    .where('id', '=', invited.id)
    .select(['role', 'email'])
    .executeTakeFirstOrThrow();
  expect(row).toEqual({ role: 'moderator', email: 'zoe@regie.example.org' });
});

test('an invitation ends after three days, and a newer one replaces it', async () => {
  const invitation = { mail: 'ida@regie.example.org', name: 'Ida Roz', role: 'lead' as const };
  const first = await db.transact((tx) => inviteStaff(tx, system, invitation));
  const second = await db.transact((tx) => inviteStaff(tx, system, invitation));
  if (first.kind !== 'invited' || second.kind !== 'invited') throw new Error('not invited');
  expect((await app.request(new URL(first.link).pathname)).status).toBe(410);
  expect((await app.request(new URL(second.link).pathname)).status).toBe(200);
  db.clock.now = new Date('2026-11-26T09:00:01Z');
  expect((await app.request(new URL(second.link).pathname)).status).toBe(410);
});

test('a forgotten password is answered alike for known and unknown addresses; only the known one gets a mail', async () => {
  const before = await staffMails();
  const known = await app.request('/fr/staff/forgotten', { method: 'POST', body: form({ mail }) });
  const unknown = await app.request('/fr/staff/forgotten', { method: 'POST', body: form({ mail: 'no@example.org' }) });
  expect(known.status).toBe(200);
  expect(await known.text()).toBe(await unknown.text());
  const sent = (await staffMails()).slice(before.length);
  expect(sent.map((each) => each.toAddress)).toEqual([mail]);
  const cookie = cookieOf(await signIn(mail, password));
  const path = /\/fr\/staff\/password\/\S+/.exec(sent[0]?.text ?? '')?.[0] ?? '';
  const saved = await app.request(path, { method: 'POST', body: form({ password: 'sept chemins vers la combe' }) });
  expect(saved.status).toBe(303);
  expect((await account(cookie)).status).toBe(302);
  expect((await signIn(mail, password)).status).toBe(422);
});

test('a sign-in link shows a button and opens one session', async () => {
  const token = await db.transact((tx) =>
    makeOneTimeLink(tx, { purpose: 'staff_sign_in', staffId: world.staff.lea, validForHours: 1 }),
  );
  const path = `/fr/staff/enter/${token}`;
  expect(await (await app.request(path)).text()).toContain('<button');
  expect((await app.request(path)).headers.getSetCookie()).toEqual([]);
  const entered = await app.request(path, { method: 'POST' });
  expect(entered.headers.get('location')).toBe('/workspace/');
  expect((await account(cookieOf(entered))).status).toBe(200);
  expect((await app.request(path, { method: 'POST' })).status).toBe(410);
  const wrongKind = await app.request(`/fr/staff/password/${token}`);
  expect(wrongKind.status).toBe(410);
});

test('who has left gets in by no way any more', async () => {
  const cookie = cookieOf(await signIn(mail, password));
  const token = await db.transact((tx) =>
    makeOneTimeLink(tx, { purpose: 'staff_sign_in', staffId: world.staff.ana, validForHours: 1 }),
  );
  expect(await db.transact((tx) => leaveStaff(tx, system, { mail }))).toEqual({ kind: 'left' });
  expect((await account(cookie)).status).toBe(302);
  expect((await signIn(mail, password)).status).toBe(422);
  expect((await app.request(`/fr/staff/enter/${token}`, { method: 'POST' })).status).toBe(410);
  await db.database.kysely.updateTable('staff').set({ leftAt: null }).where('id', '=', world.staff.ana).execute();
});

test('sign-ins are in the audit', async () => {
  await signIn(mail, password);
  const rows = await db.database.kysely
    .selectFrom('audit')
    .where('staffId', '=', world.staff.ana)
    .where('action', '=', 'sign in')
    .select('id')
    .execute();
  expect(rows.length).toBeGreaterThan(0);
});

function signIn(address: string, secret: string, cookie?: string, next?: string) {
  return app.request('/fr/staff/sign-in', {
    method: 'POST',
    body: form({ mail: address, password: secret, ...(next === undefined ? {} : { next }) }),
    headers: cookie ? { Cookie: cookie, Origin: 'http://localhost:8080' } : {},
  });
}

function account(cookie: string) {
  return app.request('/fr/staff/account', { headers: { Cookie: cookie } });
}

/** The cookies a browser would send back. */
function cookieOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .filter((each) => !/Max-Age=0/i.test(each))
    .map((each) => each.split(';')[0])
    .join('; ');
}

function form(fields: Record<string, string>): URLSearchParams {
  return new URLSearchParams(fields);
}

function staffMails() {
  return db.database.kysely
    .selectFrom('outgoingMail')
    .where('kind', '=', 'staff')
    .select(['toAddress', 'text'])
    .orderBy('id')
    .execute();
}
