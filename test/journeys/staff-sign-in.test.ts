import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { system } from '../../src/desk/actor.ts';
import { inviteStaff } from '../../src/desk/people/staff.ts';
import { testHouse } from '../app.ts';
import { launchBrowser } from '../browser.ts';
import { testDatabase } from '../database.ts';
import { buildWorld } from '../world.ts';

const db = testDatabase();
const password = 'trois vaches sous la pluie';
const mail = 'zoe@regie.example.org';
let server: ServerType;
let browser: Browser;
let origin: string;
let invitation: string;

beforeAll(async () => {
  await buildWorld(db);
  // The application must know its own port: the server is there first.
  let app: ReturnType<typeof createApp> | undefined;
  server = serve({
    fetch: (request, env) => app?.fetch(request, env) ?? new Response(),
    port: 0,
    hostname: '127.0.0.1',
  });
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  app = createApp(testHouse(db, { VISAVIS_ORIGIN: origin }));
  const invited = await db.transact((tx) => inviteStaff(tx, system, { mail, name: 'Zoé Prost', role: 'moderator' }));
  if (invited.kind !== 'invited') throw new Error(invited.why);
  invitation = origin + new URL(invited.link).pathname;
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  server?.close();
});

test('invited, without JavaScript: choose a password, look at the account, sign out, sign in', async () => {
  const page = await newPage({ javaScriptEnabled: false });
  await page.goto(invitation);
  await page.getByLabel('Nouveau mot de passe').fill('trop court');
  await page.getByRole('button', { name: 'Enregistrer le mot de passe' }).click();
  await expect.poll(() => page.title()).toMatch(/^Erreur\s: /);
  await page.getByLabel('Nouveau mot de passe').fill(password);
  await page.getByRole('button', { name: 'Enregistrer le mot de passe' }).click();
  await page.waitForURL('**/workspace/');
  await page.goto(`${origin}/fr/staff/account`);
  expect(await page.getByText('Cela demande JavaScript').isVisible()).toBe(true);
  expect(await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await page.waitForURL('**/fr/staff/sign-in');
  await page.goto(`${origin}/fr/staff/account`);
  expect(new URL(page.url()).pathname).toBe('/fr/staff/sign-in');
  await signInByPassword(page);
  expect(new URL(page.url()).pathname).toBe('/fr/staff/account');
  await page.context().close();
});

test('a passkey is added, signs in without a password, and is removed', async () => {
  const page = await newPage();
  await plugInAuthenticator(page);
  await page.goto(`${origin}/fr/staff/sign-in?next=/fr/staff/account`);
  await signInByPassword(page);
  await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
  expect(await page.getByText('Cela demande JavaScript').isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Retirer cette clé' }).waitFor();
  await page.getByRole('button', { name: 'Se déconnecter' }).click();

  await page.goto(`${origin}/fr/staff/sign-in?next=/fr/staff/account`);
  await page.getByRole('button', { name: 'Se connecter avec une clé d’accès' }).click();
  await page.getByRole('heading', { name: 'Votre compte' }).waitFor();
  expect(await page.getByText('zoe@regie.example.org').isVisible()).toBe(true);

  await page.getByRole('button', { name: 'Retirer cette clé' }).click();
  await page.getByText('Aucune clé pour l’instant.').waitFor();
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await page.getByRole('button', { name: 'Se connecter avec une clé d’accès' }).click();
  await page.getByText('La clé d’accès n’a pas fonctionné.').waitFor();
  await page.goto(`${origin}/fr/staff/account`);
  expect(new URL(page.url()).pathname).toBe('/fr/staff/sign-in');
  await page.context().close();
});

test('axe finds nothing wrong with the pages, in light and in dark', async () => {
  const page = await newPage();
  await page.goto(`${origin}/fr/staff/sign-in?next=/fr/staff/account`);
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
  await expectAccessible(page);
  await page.goto(`${origin}/fr/staff/sign-in?next=/fr/staff/account`);
  await signInByPassword(page);
  for (const address of ['/fr/staff/account', '/fr/staff/sign-in', '/fr/staff/forgotten', '/fr/my/enter'])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(origin + address);
      await expectAccessible(page);
    }
  await page.context().close();
});

test('the pages of sign-in run no script but their own and report nothing wrong', async () => {
  const page = await newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${origin}/en/staff/sign-in`);
  await page.goto(`${origin}/en/staff/forgotten`);
  expect(complaints).toEqual([]);
  await page.context().close();
});

async function newPage(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ locale: 'fr-FR', ...options });
  context.setDefaultTimeout(15_000);
  return context.newPage();
}

async function signInByPassword(page: Page): Promise<void> {
  await page.getByLabel('Votre courriel professionnel').fill(mail);
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
  await page.getByRole('heading', { name: 'Votre compte' }).waitFor();
}

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`),
    page.url(),
  ).toEqual([]);
}

/** Chromium's own authenticator: says yes to everything, as a person would with a finger. */
async function plugInAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}
