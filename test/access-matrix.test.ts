import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { type Actor, type StaffRole, system } from '../src/desk/actor.ts';
import { storeBlob } from '../src/desk/interactions/blobs.ts';
import { receiveInteraction } from '../src/desk/interactions/receive.ts';
import { customerLink } from '../src/desk/people/customer-links.ts';
import { makeOneTimeLink } from '../src/desk/people/one-time-links.ts';
import { projectRoot } from '../src/platform/root.ts';
import { routes } from '../src/routes.ts';
import { mayEnter } from '../src/web/guard.ts';
import { LOCALE, type Route } from '../src/web/route.ts';
import { bearer, testHouse } from './app.ts';
import { testDatabase } from './database.ts';
import { addTestCustomer, buildWorld, type World } from './world.ts';

/** Everyone who may knock. Two of a kind, because one must not get at what is the other's. */
const visitors = [
  'anonymous',
  'customer A',
  'customer B',
  'town hall A',
  'town hall B',
  'advisor A',
  'advisor B',
  'moderator',
  'lead',
  'administrator',
  'advisor token',
  'moderator token',
] as const;
type Visitor = (typeof visitors)[number];

const customers: readonly Visitor[] = ['customer A', 'customer B', 'town hall A', 'town hall B'];
const advisors: readonly Visitor[] = ['advisor A', 'advisor B', 'advisor token'];
const leads: readonly Visitor[] = ['lead', 'administrator'];
const allStaff: readonly Visitor[] = [...advisors, ...leads, 'moderator', 'moderator token'];
const moderators: readonly Visitor[] = ['moderator', 'moderator token', 'administrator'];
const writers: readonly Visitor[] = [...moderators, 'lead'];
const deskStaff: readonly Visitor[] = [...advisors, ...leads];

/**
 * Who may open what, said a second time and independently of `access` in the routes and of permissions.ts: a route or
 * a permission that is loosened by mistake fails here. The first line that matches counts; a new kind of address needs
 * a line of its own.
 */
const expected: readonly [RegExp, readonly Visitor[]][] = [
  [/^\/metrics$/, ['administrator']],
  [/^\/(healthz|icon\.svg|robots\.txt|sitemap\.xml|:file\{sitemap.*)$/, visitors],
  [/^\/$/, visitors],
  [
    /^\/LOCALE(\/(contact|communes|offices|confirm|card|offline|accessibility|legal|privacy|status)(\/.*)?)?$/,
    visitors,
  ],
  [/^\/(portrait|logo)\//, visitors],
  [/^\/LOCALE\/figures(\.csv)?$/, visitors],
  [/^\/LOCALE\/staff\/(figures(\.csv)?|plan(\/.*)?)$/, leads],
  [/^\/LOCALE\/(posts|voices|comments|removed|feeds|alerts|callback|solved)(\/|\.|$)/, visitors],
  [/^\/(image\/|(enlarge|offline)\.js$|staff\/editor\.js$)/, visitors],
  [/^\/LOCALE\/staff\/(posts|post-preview|voices)(\/|$)/, writers],
  [/^\/LOCALE\/staff\/moderation(\/|$)/, moderators],
  [/^\/LOCALE\/staff\/(caseloads|sectors)(\/|$)/, leads],
  [/^\/LOCALE\/staff\/own-card(\/|$)/, deskStaff],
  [/^\/LOCALE\/staff\/permanences(\/|$)/, deskStaff],
  [/^\/LOCALE\/staff\/administration$/, deskStaff],
  [/^\/LOCALE\/staff\/customers\/:id\/erase$/, ['administrator']],
  [/^\/LOCALE\/staff\/customers\/:id\/(lines|advisor|export)(\/|$)/, leads],
  [/^\/LOCALE\/staff\/customers(\/|$)/, deskStaff],
  [/^\/LOCALE\/staff\/(accounts|service-levels|policy|look)(\/|$)/, ['administrator']],
  [/^\/LOCALE\/staff\/(advisors|offices)(\/|$)/, leads],
  [/^\/LOCALE\/my\/enter(\/:token)?$/, visitors],
  [/^\/LOCALE\/my(\/|$)/, customers],
  [/^\/LOCALE\/staff\/(sign-in|sign-out|forgotten|oidc|enter\/:token|password\/:token)$/, visitors],
  [/^\/LOCALE\/staff\/account(\/|$)/, allStaff],
  [/^\/staff\/passkey\.js$/, visitors],
  // The workspace's files hold no data; what they show comes from the API.
  [/^\/workspace(\/|$)/, visitors],
  [/^\/api\/auth\/callback\/operator$/, visitors],
  [/^\/api\/auth\/passkey\/(generate-authenticate-options|verify-authentication)$/, visitors],
  [/^\/api\/auth\/passkey\/(generate-register-options|verify-registration)$/, allStaff],
  [/^\/api\/v1\/openapi\.json$/, visitors],
  [/^\/api\/v1\/contact$/, visitors],
  [/^GET \/api\/v1\/posts$/, visitors],
  [/^POST \/api\/v1\/posts$/, writers],
  [/^\/api\/v1\/(events|workspace\/(me|preferences))$/, allStaff],
  [/^\/api\/v1\/workspace\/outbox/, leads],
  // Signed by the phone system; the handler looks.
  [/^\/api\/v1\/calls\/events$/, visitors],
  // Signed by the SMS gateway; the handler looks.
  [/^\/api\/v1\/sms\/(messages|receipts)$/, visitors],
  [/^\/api\/v1\/calls\/(ask|caller)$/, deskStaff],
  [/^\/api\/v1\/workspace\/wallboard$/, leads],
  [/^\/api\/v1\/workspace\//, deskStaff],
  [/^\/api\/v1\/(interactions|advisors|customers|case-files|search|route)(\/|$)/, deskStaff],
];

const db = testDatabase();
const origin = 'http://localhost:8080';
const foreign = 'https://evil.example';
const headersOf = new Map<Visitor, Record<string, string>>();
const customerIds = new Map<Visitor, string>();
/** Ids of everything that is customer B's, by what it is. */
const idsOfB: Record<string, string> = {};
let app: ReturnType<typeof createApp>;
let world: World;

beforeAll(async () => {
  world = await buildWorld(db);
  app = createApp(testHouse(db));
  await openSessions();
  await fillTimelineOfB();
});

test('every address of the product has a line that says who may open it', () => {
  const unknown = routes.filter((route) => !lineOf(route)).map(nameOf);
  expect(unknown, 'say who may open it in `expected`').toEqual([]);
});

test('the list of routes has every address once', () => {
  const names = routes.map(nameOf);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('the sessions of this test are what they say', async () => {
  for (const visitor of ['advisor A', 'advisor B', 'moderator', 'lead', 'administrator'] as const)
    expect((await ask(visitor, 'GET', '/fr/staff/account')).status, visitor).toBe(200);
  for (const visitor of customers) expect((await ask(visitor, 'GET', '/fr/my')).status, visitor).toBe(200);
  expect((await ask('advisor token', 'GET', '/api/v1/search?q=x')).status).toBe(200);
});

describe.each(routes.map((route) => ({ name: nameOf(route), route })))('$name', ({ route }) => {
  test('lets in exactly those it should', () => {
    const may = visitors.filter((visitor) => mayEnter(actorOf(visitor), route.access));
    expect([...may].sort()).toEqual([...(lineOf(route) ?? [])].sort());
  });

  test('is not there for anyone else', async () => {
    for (const visitor of visitors.filter((each) => !lineOf(route)?.includes(each))) {
      const answer = await ask(visitor, route.method, concrete(route.path));
      if (visitor === 'anonymous' && isPage(route)) expectSignIn(answer, route);
      else await expectNotThere(answer, visitor, route.method, concrete(route.path));
    }
  });

  test('answers those it lets in without failing', async () => {
    if (route.method !== 'get' || route.path === '/api/v1/events') return;
    // The page of the workspace exists once it is built.
    if (route.path === '/workspace/*' && !existsSync(join(projectRoot, 'dist', 'workspace', 'index.html'))) return;
    for (const visitor of lineOf(route) ?? []) {
      const { status } = await ask(visitor, 'GET', concrete(route.path));
      expect(status, visitor).toBeLessThan(500);
    }
  });

  test('refuses what a page of another site sends', async () => {
    if (route.method === 'get') return;
    for (const visitor of visitors.filter((each) => !each.endsWith('token'))) {
      const answer = await ask(visitor, route.method, concrete(route.path), foreign);
      expect(answer.status, visitor).toBe(403);
    }
  });
});

const own = routes.filter((route) => route.access === 'customer' && /:(?!token)/.test(route.path.replace(LOCALE, '')));

describe.each(own.map((route) => ({ name: nameOf(route), route })))("another customer's ids at $name", ({ route }) => {
  test('are not there, whatever they name', async () => {
    for (const [kind, id] of Object.entries(idsOfB)) {
      const path = concrete(route.path, id);
      for (const visitor of ['customer A', 'town hall A', 'town hall B'] as const)
        await expectNotThere(
          await ask(visitor, route.method, path),
          `${visitor}, ${kind}`,
          route.method,
          path,
          visitor,
        );
    }
  });

  test('are there for their own customer', async () => {
    if (route.method !== 'get') return;
    const found = await Promise.all(
      Object.values(idsOfB).map(async (id) => (await ask('customer B', 'GET', concrete(route.path, id))).status),
    );
    expect(found).toContain(200);
  });
});

function lineOf(route: Route): readonly Visitor[] | undefined {
  const path = route.path.replace(LOCALE, '/LOCALE');
  const asked = `${route.method.toUpperCase()} ${path}`;
  return expected.find(([pattern]) => pattern.test(path) || pattern.test(asked))?.[1];
}

function nameOf({ method, path }: Route): string {
  return `${method.toUpperCase()} ${path}`;
}

function isPage({ method, path }: Route): boolean {
  return method === 'get' && !path.startsWith('/api/') && path !== '/metrics';
}

/** An address one can ask: every place filled in, with this id or one that belongs to nobody. */
function concrete(path: string, id: string = randomUUID()): string {
  return path
    .replace(LOCALE, '/fr')
    .replace(/:(token|key)\b(\{[^}]*\})?/g, 'a'.repeat(43))
    .replace(/:position\b(\{[^}]*\})?/g, '0')
    .replace(/:\w+(\{[^}]*\})?/g, id)
    .replace('*', 'x');
}

function ask(visitor: Visitor, method: string, path: string, from = origin): Promise<Response> {
  const headers = { ...headersOf.get(visitor), Origin: from };
  return Promise.resolve(app.request(path, { method: method.toUpperCase(), headers }));
}

function expectSignIn(answer: Response, route: Route): void {
  expect(answer.status).toBe(302);
  const to = route.access === 'customer' ? /^\/fr\/my\/enter/ : /^\/(fr|en)\/staff\/sign-in\?next=/;
  expect(answer.headers.get('location')).toMatch(to);
}

/** The answer is word for word the one for an address that does not exist. */
async function expectNotThere(
  answer: Response,
  who: string,
  method: string,
  path: string,
  visitor: Visitor = who as Visitor,
): Promise<void> {
  expect(answer.status, who).toBe(404);
  const start = path.startsWith('/api/') ? '/api/v1' : '/fr';
  const nowhere = await ask(visitor, method, `${start}/nowhere`);
  expect(nowhere.status).toBe(404);
  const plain = (text: string, at: string) => text.replaceAll(at, '').replaceAll(at.replace(/^\/fr/, '/en'), '');
  expect(plain(await answer.text(), path), who).toBe(plain(await nowhere.text(), `${start}/nowhere`));
  expect(answer.headers.get('content-type')).toBe(nowhere.headers.get('content-type'));
}

function actorOf(visitor: Visitor): Actor {
  const customerId = customerIds.get(visitor);
  if (customerId) return { kind: 'customer', customerId };
  if (visitor === 'anonymous') return { kind: 'public' };
  const role = visitor.split(' ')[0] as StaffRole;
  if (visitor.endsWith('token')) return { kind: 'integration', name: visitor, role };
  return { kind: 'staff', staffId: randomUUID(), role, advisorId: null };
}

async function openSessions(): Promise<void> {
  const roles = { moderator: await addStaff('moderator'), administrator: await addStaff('administrator') };
  const staff = { 'advisor A': world.staff.ana, 'advisor B': world.staff.bruno, lead: world.staff.lea, ...roles };
  for (const [visitor, staffId] of Object.entries(staff)) {
    const token = await db.transact((tx) =>
      makeOneTimeLink(tx, { purpose: 'staff_sign_in', staffId, validForHours: 1 }),
    );
    headersOf.set(visitor as Visitor, await cookiesFrom(`/fr/staff/enter/${token}`));
  }
  for (const visitor of customers) {
    const kind = visitor.startsWith('town hall') ? 'town_hall' : 'household';
    const { id } = await addTestCustomer(db, world, { kind });
    customerIds.set(visitor, id);
    const link = await db.transact((tx) => customerLink(tx, { customerId: id }, 'fr'));
    headersOf.set(visitor, await cookiesFrom(new URL(link).pathname));
  }
  headersOf.set('advisor token', await bearer(db, 'advisor'));
  headersOf.set('moderator token', await bearer(db, 'moderator'));
}

async function addStaff(role: StaffRole): Promise<string> {
  const id = randomUUID();
  await db.database.kysely
    .insertInto('staff')
    .values({ id, name: role, email: `${role}@regie.example.org`, role })
    .execute();
  return id;
}

async function cookiesFrom(path: string): Promise<Record<string, string>> {
  const entered = await app.request(path, { method: 'POST', headers: { Origin: origin } });
  const cookies = entered.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  expect(cookies, path).not.toEqual([]);
  return { Cookie: cookies.join('; ') };
}

/** One message with an attachment on customer B's timeline, with everything that follows from it. */
async function fillTimelineOfB(): Promise<void> {
  const customerId = customerIds.get('customer B') ?? '';
  const received = await db.transact(async (tx) =>
    receiveInteraction(tx, system, {
      channel: 'message',
      at: tx.now,
      from: { customerId },
      proven: true,
      subject: 'Ma ligne',
      text: 'Elle ne marche plus.',
      acknowledge: false,
      attachments: [
        { filename: 'photo.txt', contentType: 'text/plain', sha256: await storeBlob(tx, Buffer.from('photo')) },
      ],
    }),
  );
  if (received.kind !== 'interaction') throw new Error('the message of customer B went to the tray');
  const attachment = await db.database.kysely
    .selectFrom('attachment')
    .where('interactionId', '=', received.id)
    .select('id')
    .executeTakeFirstOrThrow();
  Object.assign(idsOfB, {
    customer: customerId,
    caseFile: received.caseFileId,
    interaction: received.id,
    commitment: received.commitment?.id ?? randomUUID(),
    attachment: attachment.id,
  });
}
