import { afterAll, beforeAll, expect, test } from 'vitest';
import { testHouse } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { type Claims, type SignInServer, startSignInServer } from '../../../test/servers/sign-in-server.ts';
import { buildWorld, type World } from '../../../test/world.ts';
import { createApp } from '../../app.ts';

const db = testDatabase();
const claims: Claims = { sub: 'a-1', email: 'ana@regie.example.org', email_verified: true };
let world: World;
let server: SignInServer;
let app: ReturnType<typeof createApp>;

beforeAll(async () => {
  world = await buildWorld(db);
  await db.database.kysely.updateTable('staff').set({ emailVerified: true }).execute();
  server = await startSignInServer();
  app = withOidc(server.issuer);
});
afterAll(() => server.stop());

test('without a server of the operator nothing of it is offered', async () => {
  const plain = createApp(testHouse(db));
  expect(await (await plain.request('/en/staff/sign-in')).text()).not.toContain('/staff/oidc');
  expect((await plain.request('/en/staff/oidc')).headers.get('location')).toBe('/en/staff/sign-in?oidc=failed');
});

test('a verified address signs in the member of staff who has it', async () => {
  const { status, location, cookie } = await comeBack(claims);
  expect(status).toBe(302);
  expect(location).toBe('/workspace/');
  expect((await app.request('/en/staff/account', { headers: { Cookie: cookie } })).status).toBe(200);
  const again = await comeBack(claims);
  expect(again.location).toBe('/workspace/');
});

test('an address that is not verified there, or that nobody of the staff has, opens nothing and makes nobody', async () => {
  const before = await db.database.kysely.selectFrom('staff').select('id').execute();
  const strangers: Claims[] = [
    { sub: 'b-1', email: 'bruno@regie.example.org', email_verified: false },
    { sub: 'x-1', email: 'stranger@example.org', email_verified: true },
  ];
  for (const stranger of strangers) {
    const { location, cookie } = await comeBack(stranger);
    expect(location).toContain('oidc=failed');
    expect(cookie).not.toContain('session_token');
  }
  expect(await db.database.kysely.selectFrom('staff').select('id').execute()).toEqual(before);
});

test('who has left does not come back through it', async () => {
  const staff = db.database.kysely.updateTable('staff').where('id', '=', world.staff.ana);
  await staff.set({ leftAt: db.clock.now }).execute();
  expect((await comeBack(claims)).cookie).not.toContain('session_token');
  await staff.set({ leftAt: null }).execute();
});

test('an answer that this browser did not ask for is refused', async () => {
  const { state, nonce } = await leave();
  const code = server.codeFor(claims, nonce);
  const forged = await app.request(`/api/auth/callback/operator?code=${code}&state=${state}`);
  expect(forged.headers.getSetCookie().join()).not.toContain('session_token=');
});

test('a token with another nonce is refused', async () => {
  const { state, cookie } = await leave();
  const code = server.codeFor(claims, 'another nonce');
  const answer = await app.request(`/api/auth/callback/operator?code=${code}&state=${state}`, {
    headers: { Cookie: cookie },
  });
  expect(cookiesOf(answer)).not.toContain('session_token');
});

test('a server that is silent leads back to the page, and passwords go on working', async () => {
  const lonely = withOidc('http://127.0.0.1:9');
  const answer = await lonely.request('/fr/staff/oidc');
  expect(answer.headers.get('location')).toBe('/fr/staff/sign-in?oidc=failed');
  expect((await lonely.request('/fr/staff/sign-in')).status).toBe(200);
});

function withOidc(issuer: string): ReturnType<typeof createApp> {
  return createApp(
    testHouse(db, {
      VISAVIS_OIDC_ISSUER: issuer,
      VISAVIS_OIDC_CLIENT_ID: 'visavis',
      VISAVIS_OIDC_CLIENT_SECRET: 'secret of the tests',
    }),
  );
}

/** The way out: to the operator's server, with a state and a nonce. */
async function leave(): Promise<{ state: string; nonce: string; cookie: string }> {
  const answer = await app.request('/en/staff/oidc');
  const url = new URL(answer.headers.get('location') ?? '');
  expect(url.origin).toBe(server.issuer);
  expect(url.searchParams.get('code_challenge_method')).toBe('S256');
  return {
    state: url.searchParams.get('state') ?? '',
    nonce: url.searchParams.get('nonce') ?? '',
    cookie: cookiesOf(answer),
  };
}

/** The way back, signed in there with these claims. */
async function comeBack(who: Claims): Promise<{ status: number; location: string | null; cookie: string }> {
  const { state, nonce, cookie } = await leave();
  const path = `/api/auth/callback/operator?code=${server.codeFor(who, nonce)}&state=${state}`;
  const answer = await app.request(path, { headers: { Cookie: cookie } });
  return { status: answer.status, location: answer.headers.get('location'), cookie: cookiesOf(answer) };
}

function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .filter((cookie) => !/Max-Age=0/i.test(cookie))
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
