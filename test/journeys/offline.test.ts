import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { testHouse } from '../app.ts';
import { launchBrowser } from '../browser.ts';
import { testDatabase } from '../database.ts';
import { signInAs } from '../sign-in.ts';
import { addTestCustomer, buildWorld, type World } from '../world.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const db = testDatabase();
let world: World;
let browser: Browser;
let server: Server;
let port = 0;
let origin: string;
let app: ReturnType<typeof createApp>;

beforeAll(async () => {
  world = await buildWorld(db);
  app = createApp(testHouse(db));
  await listen();
  origin = `http://localhost:${port}`;
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await stop();
});

afterEach(async () => {
  if (!server.listening) await listen();
});

async function listen(): Promise<void> {
  await new Promise<void>((resolve) => {
    server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (bound: AddressInfo) => {
      port = bound.port;
      resolve();
    }) as Server;
  });
}

/** The server is gone, with every connection that was open. */
async function stop(): Promise<void> {
  const closed = new Promise((resolve) => server?.close(resolve));
  server?.closeAllConnections();
  await closed;
}

/** A browser that has never been here, without barriers of the page's own policy for axe. */
async function newPage(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  return (await browser.newContext(options)).newPage();
}

/** Addresses the device has kept. */
const kept = (page: Page): Promise<string[]> =>
  page.evaluate(`(async () => {
    const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map(({ url }) => new URL(url).pathname);
  })()`);

/** What the device has kept holds this address. */
async function untilKept(page: Page, path: string): Promise<void> {
  await expect.poll(() => kept(page), { timeout: 15_000 }).toContain(path);
  await expect.poll(() => kept(page), { timeout: 15_000 }).toContain('/fr/offline');
}

/** The network is away: the device's own, and the server too. */
async function cut(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await stop();
}
async function mend(page: Page): Promise<void> {
  await page.context().setOffline(false);
  await listen();
}

test('after one visit the contact card, its commune and an offline page are there without a network, with their date', async () => {
  const page = await newPage();
  await page.goto(`${origin}/fr/contact/${world.ana}`);
  await untilKept(page, `/fr/contact/${world.ana}`);
  await page.goto(`${origin}/fr/contact?where=39200`);
  await untilKept(page, '/fr/contact');
  await cut(page);

  await page.goto(`${origin}/fr/contact/${world.ana}?commune=39097`);
  expect(await page.getByRole('status').textContent()).toMatch(
    /^Le réseau ne répond pas\. Page vue le (1er|\d+) \p{L}+ \d{4} à \d{1,2}\sh\s\d\d\.$/u,
  );
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Ana Perrin');
  expect(await page.locator('main a[href^="tel:"]').first().isVisible()).toBe(true);
  expect(await page.textContent('main')).not.toContain('Joignable');
  expect(await page.evaluate(`document.querySelector('img.qr').naturalWidth`)).toBeGreaterThan(0);
  expect(await page.evaluate('getComputedStyle(document.body).margin')).toBe('0px');

  // Within its minute, this one is still the browser's own fresh copy.
  await page.goto(`${origin}/fr/contact?where=39200`);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Ana Perrin');

  const nowhere = await page.goto(`${origin}/fr/posts`);
  expect(nowhere?.status()).toBe(200);
  expect(await page.title()).toMatch(/^Le réseau ne répond pas/);
  const main = page.locator('main');
  expect(await main.textContent()).toContain('Réessayez plus tard, ou appelez-nous.');
  expect(await main.locator('a[href="tel:+33353010000"]').count()).toBeGreaterThan(0);
  expect(await main.getByRole('link', { name: 'Revenir à l’accueil' }).getAttribute('href')).toBe('/fr');
  const card = main.locator('li').first();
  expect(await card.textContent()).toMatch(/Votre contact\s: Ana Perrin Vue le .*03\s53\s01/);
  await card.getByRole('link', { name: 'Votre contact' }).click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Ana Perrin');

  await page.goto(`${origin}/en/card`);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('The network does not answer');

  await mend(page);
  await page.goto(`${origin}/fr/contact/${world.ana}`);
  expect(await page.getByRole('status').count()).toBe(0);
  await page.context().close();
}, 90_000);

test('a customer’s own pages are never kept; their contact’s card is, until they sign out or somebody else signs in', async () => {
  const customer = await addTestCustomer(db, world, { name: 'Foyer Gardé' });
  const page = await newPage();
  const enter = async () => {
    const { Cookie } = await signInAs(db, app, customer.id);
    const [name = '', value = ''] = Cookie.split('=');
    await page.context().addCookies([{ name, value, url: origin }]);
  };
  await enter();
  await page.goto(`${origin}/fr/my`);
  await untilKept(page, `/fr/contact/${world.ana}`);
  expect((await kept(page)).filter((path) => /\/my/.test(path))).toEqual([]);
  await cut(page);
  await page.goto(`${origin}/fr/my`);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Le réseau ne répond pas');
  expect(await page.textContent('main')).toContain('Ana Perrin');
  expect(await page.textContent('body')).not.toContain('Foyer Gardé');

  await mend(page);
  await page.goto(`${origin}/fr/my`);
  await page.getByRole('button', { name: 'Fermer votre page' }).click();
  await expect.poll(() => kept(page)).not.toContain(`/fr/contact/${world.ana}`);

  await enter();
  await page.goto(`${origin}/fr/my`);
  await untilKept(page, `/fr/contact/${world.ana}`);
  // Somebody else of the same computer opens a link of their own: even one that is no longer good.
  await page.evaluate(`
    const form = Object.assign(document.createElement('form'), { method: 'post', action: '/fr/my/enter/nothing' });
    document.body.append(form);
    form.submit();`);
  await expect.poll(() => kept(page)).not.toContain(`/fr/contact/${world.ana}`);
  await page.context().close();
}, 90_000);

test('staff pages and the API are left to the browser, and a server that answers 503 shows what was kept', async () => {
  const page = await newPage();
  await page.goto(`${origin}/fr/contact/${world.ana}`);
  await untilKept(page, `/fr/contact/${world.ana}`);
  await cut(page);
  await expect(page.goto(`${origin}/fr/staff/sign-in`)).rejects.toThrow(/ERR_/);
  const whole = app;
  app = { fetch: () => new Response('away', { status: 503 }) } as unknown as typeof app;
  await mend(page);
  // Another address of the same card, so that the browser's own memory of a minute has no answer.
  await page.goto(`${origin}/fr/contact/${world.ana}?commune=39478`);
  expect(await page.getByRole('status').textContent()).toContain('Page vue le');
  await page.context().close();
  await stop();
  app = whole;
  await listen();
}, 60_000);

test('without the worker nothing is missing, and what is kept has no barrier that axe finds, by day, by night, at 320 px', async () => {
  for (const options of [
    { colorScheme: 'light' },
    { colorScheme: 'dark' },
    { colorScheme: 'light', viewport: { width: 320, height: 640 } },
  ] as const) {
    const page = await newPage({ ...options, bypassCSP: true });
    await page.goto(`${origin}/fr/contact/${world.ana}`);
    await untilKept(page, `/fr/contact/${world.ana}`);
    await cut(page);
    for (const path of [`/fr/contact/${world.ana}?commune=39478`, '/fr/card']) {
      await page.goto(origin + path);
      await page.evaluate(axe);
      const violations = await page.evaluate(async () => {
        const run = (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }).axe.run;
        return (await run()).violations.map(({ id }) => id);
      });
      expect(violations, path).toEqual([]);
      const wider = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(wider, path).toBeLessThanOrEqual(0);
    }
    await mend(page);
    await page.context().close();
  }
  const still = await newPage({ javaScriptEnabled: false });
  await still.goto(`${origin}/fr/contact/${world.ana}`);
  expect(await still.getByRole('heading', { level: 1 }).textContent()).toBe('Ana Perrin');
  await still.context().close();
}, 120_000);
