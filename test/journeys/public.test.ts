import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
let server: ReturnType<typeof serve>;
let origin: string;

beforeAll(async () => {
  world = await buildWorld(db);
  // The port is known once the server listens; links in mails are followed by their path.
  const app = createApp(testHouse(db));
  origin = await new Promise((resolve) => {
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) =>
      resolve(`http://127.0.0.1:${port}`),
    );
  });
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => server?.close(resolve));
});

/** Minutes pass for the installation, as they do while a person reads and types. */
function letTimePass(): void {
  db.clock.now = new Date(db.clock.now.getTime() + 60_000);
}

async function lastMailTo(address: string, kind: 'confirm' | 'link'): Promise<string> {
  const last = async () => {
    const mail = await db.database.kysely
      .selectFrom('outgoingMail')
      .where('toAddress', '=', address)
      .where('kind', '=', kind)
      .orderBy('createdAt', 'desc')
      .select('text')
      .executeTakeFirst();
    return mail?.text ?? '';
  };
  await expect.poll(last).toMatch(/https?:/);
  const link = /https?:\/\/\S+/.exec(await last())?.[0] ?? '';
  return origin + new URL(link).pathname;
}

describe('without JavaScript', () => {
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    context = await browser.newContext({
      locale: 'fr-FR',
      javaScriptEnabled: false,
      viewport: { width: 360, height: 720 },
    });
    page = await context.newPage();
  });
  afterAll(() => context?.close());

  test('someone finds their contact, writes, confirms, and follows the answer on their page', async () => {
    await addTestCustomer(db, world, { mail: 'odile@example.org', name: 'Odile Jacquet' });
    await page.goto(origin);
    await page.getByLabel('Votre code postal ou votre commune').fill('39200');
    await page.getByRole('button', { name: 'Trouver' }).click();
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('Ana Perrin');
    await page.getByRole('link', { name: 'Écrire à Ana Perrin' }).click();

    letTimePass();
    await page.getByLabel('Votre message').fill('Plus de réseau depuis mardi.');
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await expect.poll(() => page.title()).toMatch(/^Erreur/);
    await expect.poll(() => page.locator(':focus').getAttribute('class')).toBe('summary');
    await expect.poll(() => page.getByLabel('Votre message').inputValue()).toBe('Plus de réseau depuis mardi.');

    letTimePass();
    await page.getByLabel('Votre nom').fill('Odile Jacquet');
    await page.getByLabel('Votre courriel').fill('odile@example.org');
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toContain('ouvrez votre courriel');
    await page.reload();
    expect(await page.textContent('main')).toContain('Nous avons écrit à odile@example.org');

    await page.goto(await lastMailTo('odile@example.org', 'confirm'));
    await page.getByRole('button', { name: 'Envoyer ce message' }).click();
    await expect.poll(() => page.textContent('main')).toMatch(/Ana Perrin vous répond avant/);
    await page.reload();
    expect(await page.textContent('main')).toMatch(/Ana Perrin vous répond avant/);

    await page.goto(`${origin}/fr/my`);
    await page.getByLabel('Votre courriel').fill('odile@example.org');
    await page.getByRole('button', { name: 'Recevoir le lien' }).click();
    await page.goto(await lastMailTo('odile@example.org', 'link'));
    await page.getByRole('button', { name: 'Ouvrir ma page' }).click();
    await expect.poll(() => page.textContent('main')).toContain('Plus de réseau depuis mardi.');
    await expect.poll(() => page.textContent('main')).toMatch(/Ana Perrin vous répond avant/);

    await page.getByRole('link', { name: 'Message écrit sur le site' }).first().click();
    letTimePass();
    await page.getByLabel('Votre message').fill('Le voisin aussi.');
    await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
    await expect.poll(() => page.getByRole('status').textContent()).toContain('Ana Perrin a reçu votre message.');
    await expect.poll(() => page.textContent('main')).toContain('Le voisin aussi.');
  }, 60_000);
});

const looks: Record<string, BrowserContextOptions> = {
  light: { colorScheme: 'light', viewport: { width: 1100, height: 800 } },
  dark: { colorScheme: 'dark', viewport: { width: 1100, height: 800 } },
  '320 px': { colorScheme: 'light', viewport: { width: 320, height: 640 } },
  '200 %': { colorScheme: 'light', viewport: { width: 550, height: 400 }, deviceScaleFactor: 2 },
};

describe.each(Object.entries(looks))('in %s', (_look, options) => {
  test('no page has a barrier that axe finds, nor anything wider than the screen', async () => {
    const { id } = await addTestCustomer(db, world, { kind: 'town_hall' });
    const { Cookie } = await signInAs(db, createApp(testHouse(db)), id);
    const [name = '', value = ''] = Cookie.split('=');
    // axe is a script of the test's own, and the pages allow none.
    const context = await browser.newContext({ ...options, bypassCSP: true });
    const page = await context.newPage();
    for (const path of publicPaths(world.ana)) await look(page, path);
    await context.addCookies([{ name, value, url: origin }]);
    await page.goto(`${origin}/fr/my/write`);
    letTimePass();
    await page.getByLabel('Sujet').fill('Armoire ouverte');
    await page.getByLabel('Votre message').fill('Près de l’école.');
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await look(page, new URL(page.url()).pathname);
    for (const path of ['/fr/my', '/fr/my/details', '/fr/my/write', '/fr/my/report']) await look(page, path);
    await context.close();
  }, 120_000);
});

test('a barrier that is put there is found', async () => {
  const page = await browser.newPage();
  await page.setContent('<html lang="fr"><title>x</title><main><h1>x</h1><p style="color:#ccc">pâle</p></main></html>');
  expect((await barriers(page)).join()).toContain('color-contrast');
  await page.close();
});

function publicPaths(advisorId: string): string[] {
  return [
    '/fr',
    '/en',
    '/fr/contact?where=',
    '/fr/contact?where=Saint-Glaude',
    '/fr/contact?postcode=39200',
    '/fr/contact?postcode=75011',
    `/fr/contact/${advisorId}`,
    `/fr/contact/${advisorId}/write`,
    '/fr/confirm/nothing',
    '/fr/card',
    '/fr/card/sent',
    '/fr/my/enter',
    '/fr/nothing',
  ];
}

async function look(page: Page, path: string): Promise<void> {
  await page.goto(origin + path);
  expect(await barriers(page), path).toEqual([]);
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
}

async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as { axe: { run(): Promise<{ violations: Found[] }> } };
    return (await run.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  });
}

interface Found {
  id: string;
  nodes: { html: string }[];
}
