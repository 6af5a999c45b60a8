import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { Actor, StaffRole } from '../../src/desk/actor.ts';
import { plantDemo } from '../../src/desk/demo/plant.ts';
import { routes } from '../../src/routes.ts';
import { LOCALE } from '../../src/web/route.ts';
import { testHouse } from '../app.ts';
import { launchBrowser } from '../browser.ts';
import { testDatabase } from '../database.ts';
import { pagesOfJobs, pagesOfMails } from '../led-pages.ts';
import { type App, attribute, openPage } from '../page.ts';
import { signInAs, signInStaff } from '../sign-in.ts';

/**
 * Every page of the list of routes, found by walking the links of the demo as each kind of visitor, is looked at by axe. A
 * page that no link leads to, and that has no line in `led`, fails the first test: so a new one cannot be forgotten. Pages
 * of mails are looked at with an old token and with a good one, pages of jobs with what the job has made.
 */
const visitors = ['anyone', 'household', 'town_hall', 'administrator', 'lead', 'advisor', 'moderator'] as const;
type Visitor = (typeof visitors)[number];

/** Where each walk begins: links lead from there. */
const beginnings: Record<Visitor, readonly string[]> = {
  anyone: [
    '',
    '/communes/39478-saint-claude',
    '/contact?postcode=39240',
    '/posts',
    '/voices',
    '/removed',
    '/figures',
    '/alerts',
    '/card',
    '/offline',
  ],
  household: ['/my', '/my/details', '/my/write'],
  town_hall: ['/my', '/my/report'],
  administrator: ['/staff/administration', '/staff/account', '/staff/posts', '/staff/voices'],
  lead: [
    '/staff/administration',
    '/staff/figures',
    '/staff/plan',
    '/staff/caseloads',
    '/staff/caseloads/mergers',
    '/staff/permanences',
  ],
  advisor: ['/staff/own-card', '/staff/administration'],
  moderator: ['/staff/moderation', '/staff/posts'],
};

/** Pages no link of a page leads to: mails do, or the workspace. These tokens are old ones. */
const led: readonly [Visitor, string][] = [
  ['anyone', '/confirm/nothing'],
  ['anyone', '/card/sent'],
  ['anyone', '/alerts/nothing'],
  ['anyone', '/callback/nothing'],
  ['anyone', '/solved/nothing'],
  ['anyone', '/comments/nothing'],
  ['anyone', '/my/enter'],
  ['anyone', '/my/enter/nothing'],
  ['anyone', '/staff/sign-in'],
  ['anyone', '/staff/forgotten'],
  ['anyone', '/staff/enter/nothing'],
  ['anyone', '/staff/password/nothing'],
  ['anyone', '/nothing-here'],
];

/** Addresses of this language that answer no page. */
const noPages =
  /\/my\/exchanges\/|\.(csv|vcf|svg|ics|atom|rss|xml)|:file|FILE|\/attachments\/|\/look\/logo|\/feeds\/|\/oidc$|\/(photo|logo)\/:/;

const screens = ['', 'tray', 'calls', 'wallboard', 'absences', 'outbox', 'search?q=box', 'preferences', 'nowhere'];
/** The first may lead on to another address. */
const MOST_PER_PATTERN = 4;
const AT_ONCE = 3;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const db = testDatabase();
const cookies = new Map<Visitor, { Cookie: string }>();
/** One page of each pattern: its address, and who opens it. */
const found = new Map<string, { path: string; visitor: Visitor }>();
let app: App;
let browser: Browser;
let server: ServerType;
let origin: string;

const pages = routes
  .filter(({ method, path }) => method === 'get' && path.startsWith(LOCALE) && !noPages.test(path.replace(LOCALE, '')))
  .map(({ path }) => path.replace(LOCALE, ''));
const patterns = pages.map((path) => ({
  path,
  pattern: new RegExp(`^/fr${path.replace(/:\w+(\{[^}]*\})?/g, '[^/?]+')}(\\?.*)?$`),
}));
/** The list's name of an address; the first that matches, as in the router. */
const patternOf = (path: string) => patterns.find(({ pattern }) => pattern.test(path))?.path;

beforeAll(async () => {
  db.clock.now = new Date();
  await db.transact((tx) => plantDemo(tx, { now: tx.now, seed: 2_539, customers: 120 }));
  const house = testHouse(db);
  app = createApp(house);
  server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
  for (const kind of ['household', 'town_hall'] as const)
    cookies.set(kind, await signInAs(db, app, await busiest(kind)));
  for (const role of ['administrator', 'lead', 'advisor', 'moderator'] as const)
    cookies.set(role, await signInStaff(db, app, await staffOf(role)));
  // The workspace links to a customer's administration.
  const customer = `/fr/staff/customers/${await busiest('household')}`;
  await walk('administrator', [customer, `${customer}/erase`]);
  for (const visitor of visitors) await walk(visitor);
  for (const [visitor, path] of led) await keep(visitor, `/fr${path}`, path, true);
  // Last: what these plans and mails change is not in the pages found before.
  const lead: Actor = { kind: 'staff', staffId: await staffOf('lead'), role: 'lead', advisorId: null };
  const more = { anyone: await pagesOfMails(house), lead: await pagesOfJobs(house, lead) };
  for (const visitor of ['anyone', 'lead'] as const)
    for (const path of more[visitor]) {
      expect((await openPage(app, path, cookies.get(visitor))).status, path).toBe(200);
      const name = patternOf(path) ?? path;
      found.set(found.has(name) ? path : name, { path, visitor });
    }
}, 240_000);
afterAll(async () => {
  await browser?.close();
  server?.close();
});

test('every page of the list is reached', () => {
  expect(pages.filter((path) => !found.has(path))).toEqual([]);
});

/** Light and dark, narrow, and at 200 %: as a browser does it, with half as many pixels of the page on the same screen. */
const looks = {
  'by day': { width: 1280, height: 900, colorScheme: 'light', rules: 'all' },
  'by night': { width: 1280, height: 900, colorScheme: 'dark', rules: 'colours' },
  'at 200 %': { width: 640, height: 450, colorScheme: 'light', rules: 'places' },
  'at 320 px': { width: 320, height: 640, colorScheme: 'light', rules: 'places' },
} as const;
/** What can differ from the first look: axe looks for everything once. */
const rulesOf = {
  all: undefined,
  colours: ['color-contrast', 'link-in-text-block'],
  places: ['target-size', 'scrollable-region-focusable', 'color-contrast', 'aria-hidden-focus', 'heading-order'],
};

test('no page has a barrier that axe finds, nor anything wider than the screen, by day, by night, narrow and enlarged', async () => {
  const complaints: string[] = [];
  const waiting = [
    ...found.values(),
    ...screens.map((path) => ({ path: `/workspace/${path}`, visitor: 'lead' as const })),
  ];
  const lookThrough = async () => {
    const mine = new Map<Visitor, Page>();
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { path, visitor } = next;
      const page = mine.get(visitor) ?? (await openBrowserOf(visitor));
      mine.set(visitor, page);
      await page.goto(origin + path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.evaluate(axe);
      for (const [name, { colorScheme, rules, ...size }] of Object.entries(looks)) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(size);
        complaints.push(
          ...(await barriers(page, rulesOf[rules])).map((each) => `${path} (${visitor}, ${name}): ${each}`),
        );
      }
    }
    for (const page of mine.values()) await page.context().close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lookThrough));
  expect(complaints).toEqual([]);
}, 600_000);

async function openBrowserOf(visitor: Visitor): Promise<Page> {
  // axe is a script of the test's own, and the pages allow none.
  const context = await browser.newContext({ bypassCSP: true, serviceWorkers: 'block' });
  await context.addCookies(cookiesOf(visitor));
  return context.newPage();
}

async function walk(
  visitor: Visitor,
  waiting: string[] = beginnings[visitor].map((path) => `/fr${path}`),
): Promise<void> {
  const seen = new Map<string, number>();
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const pattern = patternOf(path);
    if (pattern === undefined || (seen.get(pattern) ?? 0) >= MOST_PER_PATTERN) continue;
    seen.set(pattern, (seen.get(pattern) ?? 0) + 1);
    waiting.push(...(await keep(visitor, path, pattern)));
  }
}

/** Keeps one page of each pattern and visitor's way; answers the addresses it links to. */
async function keep(visitor: Visitor, path: string, pattern: string, always = false): Promise<string[]> {
  const page = await openPage(app, path, cookies.get(visitor));
  if (!page.headers.get('content-type')?.startsWith('text/html')) return [];
  const name = patternOf(path) ?? pattern;
  if (!found.has(name) && (page.status === 200 || always)) found.set(name, { path, visitor });
  return page
    .elements('a')
    .map((link) => attribute(link, 'href') ?? '')
    .filter((href) => href.startsWith('/fr'))
    .map((href) => href.split('#')[0] ?? href);
}

/** The customer of this kind with most to show. */
async function busiest(kind: 'household' | 'town_hall'): Promise<string> {
  const { id } = await db.database.kysely
    .selectFrom('customer')
    .innerJoin('interaction', 'interaction.customerId', 'customer.id')
    .where('kind', '=', kind)
    .groupBy('customer.id')
    .select((eb) => ['customer.id', eb.fn.countAll().as('said')])
    .orderBy('said', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return id;
}

async function staffOf(role: StaffRole): Promise<string> {
  const staff = db.database.kysely.selectFrom('staff').where('role', '=', role).where('leftAt', 'is', null);
  const { id } = await staff.select('id').orderBy('createdAt').orderBy('id').limit(1).executeTakeFirstOrThrow();
  return id;
}

function cookiesOf(visitor: Visitor): { name: string; value: string; url: string }[] {
  const pairs = cookies.get(visitor)?.Cookie.split('; ') ?? [];
  return pairs.map((pair) => {
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: origin };
  });
}

async function barriers(page: Page, rules: readonly string[] | undefined): Promise<string[]> {
  return page.evaluate(async (only) => {
    const { axe: run, document: shown } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: Found[] }> };
      document: { documentElement: { scrollWidth: number; clientWidth: number } };
    };
    const { scrollWidth, clientWidth } = shown.documentElement;
    const wide = scrollWidth > clientWidth ? [`wider than the screen: ${scrollWidth} px of ${clientWidth}`] : [];
    const options = only ? { runOnly: { type: 'rule', values: only } } : {};
    const { violations } = await run.run({ ...options, resultTypes: ['violations'] });
    return [...wide, ...violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)];
  }, rules);
}

interface Found {
  id: string;
  nodes: { html: string }[];
}
