import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { readWav, writeWav } from '../../src/core/telephony/wav.ts';
import { beginCall } from '../../src/desk/calls/begin.ts';
import { followCall } from '../../src/desk/calls/follow.ts';
import { keepVoiceMessage } from '../../src/desk/calls/voice-message.ts';
import { heldActionJobs } from '../../src/desk/held-actions/jobs.ts';
import { newId } from '../../src/desk/id.ts';
import { makeOneTimeLink } from '../../src/desk/people/one-time-links.ts';
import { testHouse } from '../app.ts';
import { launchBrowser } from '../browser.ts';
import { testDatabase } from '../database.ts';
import { addTestCustomer, buildWorld, type World } from '../world.ts';

const db = testDatabase();
let world: World;
let server: ServerType;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  if (!existsSync('dist/workspace/index.html')) await build({ configFile: 'vite.config.ts', logLevel: 'silent' });
  Object.defineProperty(db.clock, 'now', { get: () => new Date() });
  world = await buildWorld(db);
  let app: ReturnType<typeof createApp> | undefined;
  server = serve({
    fetch: (request, env) => app?.fetch(request, env) ?? new Response(),
    port: 0,
    hostname: '127.0.0.1',
  });
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const telephone = { VISAVIS_KAMAILIO: '127.0.0.1:1', VISAVIS_PHONES: 'registrar', VISAVIS_VOICEMAIL: '1' };
  const house = testHouse(db, { VISAVIS_ORIGIN: origin, ...telephone });
  app = createApp(house);
  await db.jobs.work(heldActionJobs(house));
  // A microphone that hears a beep every second.
  browser = await launchBrowser(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  if (server && 'closeAllConnections' in server) server.closeAllConnections();
  server?.close();
});

async function preferencesOf(who: keyof World['staff'], how: BrowserContextOptions = {}): Promise<Page> {
  const token = await db.transact((tx) =>
    makeOneTimeLink(tx, { purpose: 'staff_sign_in', staffId: world.staff[who], validForHours: 1 }),
  );
  const context = await browser.newContext({ locale: 'fr-FR', ...how });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  await page.goto(`${origin}/fr/staff/enter/${token}`);
  await page.locator('main button').first().click();
  await page.waitForURL('**/workspace/**');
  await page.goto(`${origin}/workspace/preferences`);
  await page.getByRole('heading', { name: 'Préférences' }).waitFor();
  return page;
}
const kept = () =>
  db.database.kysely
    .selectFrom('ownSentence')
    .innerJoin('blob', 'blob.sha256', 'ownSentence.sha256')
    .select(['advisorId', 'kind', 'locale', 'ms', 'bytes'])
    .execute();

test('an advisor records, listens, keeps, and removes; nothing is kept before that', async () => {
  const page = await preferencesOf('ana');
  const french = page.getByRole('group', { name: 'En français', exact: true });
  await french.getByRole('button', { name: 'Enregistrer' }).click();
  await french.getByText('Parlez maintenant.').waitFor();
  await page.waitForTimeout(2_500);
  await french.getByRole('button', { name: 'Arrêter' }).click();
  const heard = french.locator('audio');
  await heard.waitFor();
  expect(await heard.evaluate(isPlayable)).toBe(true);
  expect(await kept()).toEqual([]);
  await french.getByRole('button', { name: 'Garder' }).click();
  await french.getByText('Gardé.').waitFor();
  const [greeting] = await kept();
  expect(greeting).toMatchObject({ advisorId: world.ana, kind: 'greeting', locale: 'fr' });
  const samples = readWav(greeting?.bytes ?? Buffer.alloc(0)) ?? new Int16Array();
  expect(samples.length / 8_000).toBeGreaterThan(1.5);
  expect(samples.reduce((most, each) => Math.max(most, Math.abs(each)), 0)).toBeGreaterThan(1_000);
  await page.reload();
  expect(await french.locator('audio').evaluate(isPlayable)).toBe(true);
  await french.getByRole('button', { name: 'Retirer' }).click();
  await french.getByText('Retiré.').waitFor();
  expect(await kept()).toEqual([]);
  expect(await db.database.kysely.selectFrom('blob').select('sha256').execute()).toEqual([]);
});

test('a file is taken like a recording; what is no sound, or too long, is refused with what to do', async () => {
  const page = await preferencesOf('ana', { viewport: { width: 320, height: 800 }, colorScheme: 'dark' });
  const english = page.getByRole('group', { name: 'En anglais', exact: true });
  const choose = (buffer: Buffer) =>
    english.locator('input[type=file]').setInputFiles({ name: 'bonjour.wav', mimeType: 'audio/wav', buffer });
  const sound = (seconds: number) => Buffer.from(writeWav(new Int16Array(22_050 * seconds).fill(900), 22_050));
  await choose(Buffer.from('no sound'));
  await english.getByText('Ce son est illisible.').waitFor();
  await choose(sound(25));
  await english.getByRole('button', { name: 'Garder' }).click();
  await english.getByText('Plus de 20').waitFor();
  expect(await kept()).toEqual([]);
  await choose(sound(3));
  await english.getByRole('button', { name: 'Garder' }).click();
  await english.getByText('Gardé.').waitFor();
  expect(await kept()).toMatchObject([{ kind: 'greeting', locale: 'en', ms: 3_000 }]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  const found = (await page.evaluate(`${axe.source}; axe.run()`)) as AxeResults;
  expect(found.violations.map(({ id }) => id)).toEqual([]);
});

test('an advisor records what offers begin and end with, and hears a whole one before anybody does', async () => {
  await db.database.kysely.deleteFrom('ownSentence').execute();
  const page = await preferencesOf('ana', { viewport: { width: 320, height: 800 } });
  const opening = page.getByRole('group', { name: 'Avant l’heure, en français' });
  const ending = page.getByRole('group', { name: 'Après l’heure, en français' });
  const whole = page.getByLabel('L’offre entière').first();
  const lasts = () => whole.evaluate((audio) => (audio as unknown as { duration: number }).duration);
  expect(await whole.evaluate(isPlayable)).toBe(true);
  const allSpoken = await lasts();
  await ending.getByRole('button', { name: 'Enregistrer' }).click();
  await page.waitForTimeout(2_500);
  await ending.getByRole('button', { name: 'Arrêter' }).click();
  expect(await ending.locator('audio').evaluate(isPlayable)).toBe(true);
  expect(await kept()).toEqual([]);
  await ending.getByRole('button', { name: 'Garder' }).click();
  await ending.getByText('Gardé.').waitFor();
  const choose = (sound: Int16Array) =>
    opening
      .locator('input[type=file]')
      .setInputFiles({ name: 'ici-ana.wav', mimeType: 'audio/wav', buffer: Buffer.from(writeWav(sound)) });
  const hum = (seconds: number) =>
    Int16Array.from({ length: 8_000 * seconds }, (_, at) => 9_000 * Math.sin((at * 2 * Math.PI) / 20));
  const keep = opening.getByRole('button', { name: 'Garder' });
  await choose(hum(6));
  await keep.click();
  await opening.getByText(/Trop long.: vos phrases durent [678](,\d)?.s\. À elles deux, 4,7.s au plus/).waitFor();
  await choose(new Int16Array(16_000));
  await keep.click();
  await opening.getByText('On n’entend personne.').waitFor();
  expect(await kept()).toMatchObject([{ kind: 'ending', locale: 'fr' }]);
  await choose(hum(2));
  await keep.click();
  await opening.getByText('Gardé.').waitFor();
  expect(await whole.evaluate(isPlayable)).toBe(true);
  const [one, other] = await kept();
  const recordedS = ((one?.ms ?? 0) + (other?.ms ?? 0)) / 1_000;
  expect(await lasts()).toBeGreaterThan(recordedS + 0.5);
  expect(await lasts()).toBeLessThanOrEqual(6);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  const found = (await page.evaluate(`${axe.source}; axe.run()`)) as AxeResults;
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  for (const half of [opening, ending]) {
    await half.getByRole('button', { name: 'Retirer' }).click();
    await half.getByText('Retiré.').waitFor();
  }
  expect(await kept()).toEqual([]);
  expect(await whole.evaluate(isPlayable)).toBe(true);
  expect(await lasts()).toBeCloseTo(allSpoken, 1);
});

test('nobody else hears it, and who is no advisor has none', async () => {
  const bruno = await preferencesOf('bruno');
  await bruno.getByRole('group', { name: 'En anglais', exact: true }).waitFor();
  // The offer as it is spoken, in two languages, and nobody's recording.
  expect(await bruno.locator('audio').count()).toBe(2);
  for (const address of ['greeting/en', 'opening/fr', 'offer/nothing', 'nothing/fr'])
    expect((await bruno.request.get(`${origin}/api/v1/workspace/own-sentences/${address}`)).status()).toBe(404);
});

test('what a caller without a number said is heard in the tray, and given to a customer with the call', async () => {
  const page = await preferencesOf('ana', { viewport: { width: 320, height: 800 }, colorScheme: 'dark' });
  const customer = await addTestCustomer(db, world, { name: 'Odile Vuillet' });
  const callId = newId();
  const sound = writeWav(Int16Array.from({ length: 24_000 }, (_, at) => 9_000 * Math.sin(at / 3)));
  await db.transact((tx) =>
    beginCall(tx, { id: callId, at: tx.now, fromPhone: null, customerId: null, ringList: [world.ana] }),
  );
  await db.transact((tx) => followCall(tx, { callId, kind: 'missed', at: tx.now, attempt: -1 }));
  expect(await db.transact((tx) => keepVoiceMessage(tx, { callId, sound, seconds: 3 }))).toBe(true);
  await page.goto(`${origin}/workspace/tray`);
  await page.getByRole('button', { name: /Numéro masqué/ }).click();
  await page.getByText('Message vocal, 3').last().waitFor();
  expect(await page.locator('audio').evaluate(isPlayable)).toBe(true);
  const pictures = process.env.VISAVIS_TEST_PICTURES;
  if (pictures) await page.screenshot({ path: `${pictures}/tray-voice.png`, fullPage: true });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  const found = (await page.evaluate(`${axe.source}; axe.run()`)) as AxeResults;
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  await page.getByLabel('Chercher un client').fill('vuillet');
  await page
    .getByRole('button', { name: /Odile Vuillet/ })
    .first()
    .click();
  await expect
    .poll(() => db.database.kysely.selectFrom('attachment').select('customerId').execute(), { timeout: 20_000 })
    .toEqual([{ customerId: customer.id }]);
});

/** Loaded by the page's own rules, with some length. */
function isPlayable(audio: unknown): Promise<boolean> {
  const sound = audio as { preload: string; load(): void; error: unknown; duration: number } & EventTarget;
  return new Promise((resolve) => {
    sound.addEventListener('loadedmetadata', () => resolve(sound.duration > 1), { once: true });
    sound.addEventListener('error', () => resolve(false), { once: true });
    sound.preload = 'auto';
    sound.load();
  });
}
