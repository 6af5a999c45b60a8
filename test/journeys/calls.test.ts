import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { system } from '../../src/desk/actor.ts';
import { beginCall } from '../../src/desk/calls/begin.ts';
import { type CallEvent, followCall } from '../../src/desk/calls/follow.ts';
import { followOwnPhone } from '../../src/desk/calls/follow-outgoing.ts';
import { followTransfer } from '../../src/desk/calls/follow-transfer.ts';
import { makeCommitment } from '../../src/desk/commitments/make.ts';
import { newId } from '../../src/desk/id.ts';
import { receiveInteraction } from '../../src/desk/interactions/receive.ts';
import { makeOneTimeLink } from '../../src/desk/people/one-time-links.ts';
import { testHouse } from '../app.ts';
import { launchBrowser } from '../browser.ts';
import { testDatabase } from '../database.ts';
import { addTestCustomer, buildWorld, type World } from '../world.ts';

const db = testDatabase();
let world: World;
let server: ServerType;
let app: ReturnType<typeof createApp> | undefined;
let browser: Browser;
let origin: string;
let page: Page;
/** Her window stays open from test to test. */
let ana: Page | undefined;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  if (!existsSync('dist/workspace/index.html')) await build({ configFile: 'vite.config.ts', logLevel: 'silent' });
  Object.defineProperty(db.clock, 'now', { get: () => new Date() });
  world = await buildWorld(db);
  server = serve({
    fetch: (request, env) => app?.fetch(request, env) ?? new Response(),
    port: 0,
    hostname: '127.0.0.1',
  });
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  app = createApp(testHouse(db, { VISAVIS_ORIGIN: origin }));
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  if (server && 'closeAllConnections' in server) server.closeAllConnections();
  server?.close();
});
beforeEach(async () => {
  ana ??= await signedIn('ana');
  page = ana;
  await page.goto(`${origin}/workspace/`);
  await heading('Mes clients').waitFor();
});
afterEach(async () => {
  await db.database.kysely.deleteFrom('call').execute();
  for (const each of contexts.splice(1)) await each.close();
});

async function signedIn(who: keyof World['staff'], more: { width?: number; dark?: boolean } = {}): Promise<Page> {
  const token = await db.transact((tx) =>
    makeOneTimeLink(tx, { purpose: 'staff_sign_in', staffId: world.staff[who], validForHours: 1 }),
  );
  const viewport = { width: more.width ?? 1440, height: 900 };
  const own = await browser.newContext({ locale: 'fr-FR', viewport, colorScheme: more.dark ? 'dark' : 'light' });
  contexts.push(own);
  own.setDefaultTimeout(15_000);
  const opened = await own.newPage();
  await opened.goto(`${origin}/fr/staff/enter/${token}`);
  await opened.locator('main button').first().click();
  await opened.waitForURL('**/workspace/**');
  return opened;
}

const heading = (name: string) => page.getByRole('heading', { level: 1, name });
const band = () => page.getByRole('region', { name: 'Appels en cours' });
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
type From = { id: string | null; phone: string | null };
async function rings(from: From, ringList = [world.ana, world.bruno]): Promise<string> {
  const id = newId();
  const call = { id, at: new Date(), fromPhone: from.phone, customerId: from.id, ringList };
  await db.transact((tx) => beginCall(tx, call));
  return id;
}
const follow = (callId: string, kind: CallEvent['kind'], attempt = 0) =>
  db.transact((tx) => followCall(tx, { callId, kind, at: new Date(), attempt }));
const timeline = (customerId: string) =>
  db.database.kysely.selectFrom('interaction').where('customerId', '=', customerId).selectAll().orderBy('at').execute();

/** A customer who wrote, is owed an answer, and was promised a callback. */
async function someone(name: string) {
  const customer = await addTestCustomer(db, world, { name });
  const received = await db.transact((tx) =>
    receiveInteraction(tx, system, {
      channel: 'message',
      at: tx.now,
      from: { customerId: customer.id },
      proven: true,
      subject: 'Panne',
      text: `Bonjour, ma ligne est coupée, dit ${name}.`,
      acknowledge: false,
    }),
  );
  if (received.kind !== 'interaction') throw new Error('expected an interaction');
  return { ...customer, caseFileId: received.caseFileId };
}
const promised = (customer: { id: string; caseFileId: string }, minutes: number, ownerId = world.ana) =>
  db.transact((tx) =>
    makeCommitment(tx, system, {
      customerId: customer.id,
      caseFileId: customer.caseFileId,
      kind: 'callback',
      ownerId,
      words: 'Au sujet de la coupure.',
      dueAt: new Date(tx.now.getTime() + minutes * 60_000),
    }),
  );

test('as a call comes in the band says who calls, from where, what was said and what is owed; o opens the file', async () => {
  const customer = await someone('Odile Vuillet');
  await promised(customer, 30);
  const id = await rings(customer);
  await band().getByText('Appel d’Odile Vuillet').waitFor();
  const said = await band().textContent();
  expect(said).toContain('Saint-Claude');
  expect(said).toContain('Bonjour, ma ligne est coupée, dit Odile Vuillet.');
  expect(said).toContain('rappeler avant');
  expect(said).toContain('Le numéro ne prouve pas l’identité.');
  expect(await page.evaluate("document.activeElement.closest('.call-band')")).toBeNull();
  await press('o');
  await heading('Odile Vuillet').waitFor();
  await follow(id, 'answered');
  await band().getByText('En ligne avec Odile Vuillet').waitFor();
  await follow(id, 'ended');
  await band().getByText('Appel terminé').waitFor();
  await press('x');
  await band().waitFor({ state: 'detached' });
});

test('nobody else’s screen shows the call, and it moves on with the ringing', async () => {
  const customer = await addTestCustomer(db, world, { name: 'Paul Jacquier' });
  const id = await rings(customer);
  await band().getByText('Appel de Paul Jacquier').waitFor();
  await follow(id, 'ringing', 0);
  await follow(id, 'ringing', 1);
  await band().waitFor({ state: 'detached' });
  await follow(id, 'answered', 1);
  page = await signedIn('chloe');
  await page.goto(`${origin}/workspace/`);
  await heading('Mes clients').waitFor();
  expect(await band().count()).toBe(0);
});

test('a phone that tells no end: s says that the call is over, x that it is written up; said too early it is taken back', async () => {
  const customer = await addTestCustomer(db, world, { name: 'Denise Maire' });
  const id = await rings(customer);
  await band().getByText('Appel de Denise Maire').waitFor();
  expect(await band().getByRole('button', { name: 'L’appel est terminé' }).count()).toBe(0);
  await follow(id, 'answered');
  await band().getByText('En ligne avec Denise Maire').waitFor();
  await press('s');
  await band().getByText('Appel terminé\u00a0: Denise Maire').waitFor();
  await shoot('said-over');
  await band().getByRole('button', { name: 'Je suis encore en ligne' }).click();
  await band().getByText('En ligne avec Denise Maire').waitFor();
  await band().getByRole('button', { name: 'L’appel est terminé' }).click();
  await band().getByText('Appel terminé\u00a0: Denise Maire').waitFor();
  await press('x');
  await band().waitFor({ state: 'detached' });
  expect((await timeline(customer.id)).map(({ text }) => text)).toEqual(['Appel avec Ana Perrin.']);
});

test('on the phone with somebody on no file: the band says so and no more, and s says that it is over', async () => {
  const talk = { sipId: 'talk-1', advisorId: world.ana, dialledAt: new Date(), answeredAt: new Date() };
  await db.database.kysely.insertInto('unrecordedTalk').values(talk).execute();
  await page.reload();
  await band().getByText('Vous êtes au téléphone, hors dossier').waitFor();
  await shoot('unrecorded');
  await page.setViewportSize({ width: 320, height: 900 });
  expect(await violations()).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  await shoot('unrecorded-320');
  await page.setViewportSize({ width: 1440, height: 900 });
  await press('s');
  await band().waitFor({ state: 'detached' });
  expect(await db.database.kysely.selectFrom('unrecordedTalk').selectAll().execute()).toEqual([]);
});

test('a second call of mine while I talk is shown, with who is rung in my place', async () => {
  const [first, second] = [await addTestCustomer(db, world, { name: 'Une Première' }), await someone('Une Seconde')];
  const talk = await rings(first);
  await follow(talk, 'answered');
  await band().getByText('En ligne avec Une Première').waitFor();
  await rings(second, [world.bruno]);
  await band().getByText('Une Seconde appelle\u202f; Bruno Cattin est appelé à votre place.').waitFor();
  await rings(await addTestCustomer(db, world, { name: 'Une Troisième' }));
  await band().getByText('Deuxième appel\u00a0: Une Troisième').waitFor();
});

test('an unknown number: one question, an instant search, and one key adds the number after the conversation', async () => {
  const customer = await addTestCustomer(db, world, { name: 'Yvette Chagrot' });
  const id = await rings({ id: null, phone: '+33639980095' });
  await band().getByText('Numéro inconnu').waitFor();
  await follow(id, 'answered');
  await press('q');
  await page.keyboard.type('chagrot');
  await band()
    .getByRole('button', { name: /Yvette Chagrot/ })
    .waitFor();
  await press('Enter');
  await band().getByText('En ligne avec Yvette Chagrot').waitFor();
  expect(await phones(customer.id)).toEqual([customer.phone]);
  await follow(id, 'ended');
  await band().getByText('Appel terminé').waitFor();
  await press('f');
  await band().getByText('Le numéro est au dossier.').waitFor();
  expect(await phones(customer.id)).toEqual(expect.arrayContaining([customer.phone, '+33639980095']));
  expect((await timeline(customer.id)).map(({ text }) => text)).toEqual(['Appel avec Ana Perrin, moins d’une minute.']);
});

test('a withheld number is named all the same, and there is no number to add', async () => {
  await addTestCustomer(db, world, { name: 'Zacharie Bichet' });
  const id = await rings({ id: null, phone: null });
  await follow(id, 'answered');
  await band().getByText('En ligne avec Numéro masqué').waitFor();
  await press('q');
  await page.keyboard.type('bichet');
  await band()
    .getByRole('button', { name: /Zacharie Bichet/ })
    .waitFor();
  await press('Enter');
  await band().getByText('En ligne avec Zacharie Bichet').waitFor();
  expect(await band().getByText('Ajouter ce numéro').count()).toBe(0);
});

test('what was missed is said calmly, listed, and no more once it was seen', async () => {
  const customer = await addTestCustomer(db, world, { name: 'Vera Bole' });
  await follow(await rings(customer), 'missed');
  await band().getByText('Un appel manqué de vos clients.').waitFor();
  await press('b');
  await heading('Appels').waitFor();
  await page.getByRole('main').getByRole('link', { name: 'Vera Bole' }).waitFor();
  await band().getByRole('button', { name: 'Vu' }).click();
  await band().waitFor({ state: 'detached' });
});

test('callbacks by keyboard: in the order of the promises, d dials, no answer leaves a second try, a late one is rescued', async () => {
  // The phone program beside the browser is not there: its links go nowhere.
  await page.evaluate(
    "navigation.addEventListener('navigate', (event) => event.destination.url.startsWith('tel:') && event.preventDefault())",
  );
  const [later, sooner, rescue] = [await someone('Plus Tard'), await someone('Plus Tôt'), await someone('En Retard')];
  await promised(later, 50);
  const first = await promised(sooner, 20);
  await promised(rescue, -20, world.chloe);
  await press('b');
  await heading('Appels').waitFor();
  await page.locator('[data-row]').first().waitFor();
  const rows = await page.locator('[data-row]').allInnerTexts();
  expect(rows.map((row) => row.split('\n')[0])).toEqual(['Plus Tôt', 'Plus Tard', 'En Retard']);
  await press('j', 'd');
  await band().getByText('Vous appelez Plus Tôt').waitFor();
  await band().getByRole('button', { name: 'Pas de réponse' }).click();
  await page.getByText('essayé 1 fois').waitFor();
  const chain = await db.database.kysely
    .selectFrom('commitment')
    .where('customerId', '=', sooner.id)
    .where('kind', '=', 'callback')
    .orderBy('madeAt')
    .select(['id', 'keptAt', 'replacesId'])
    .execute();
  expect(chain).toMatchObject([
    { id: first.id, keptAt: expect.anything() },
    { keptAt: null, replacesId: first.id },
  ]);
  const [tried, told] = (await timeline(sooner.id)).filter(({ direction }) => direction === 'out').slice(-2);
  expect(tried).toMatchObject({ channel: 'call', text: 'Appel d’Ana Perrin, sans réponse.' });
  expect(told).toMatchObject({ channel: 'sms', text: expect.stringContaining('vous a appelé en vain') });
});

test('where the phone system dials, d on a file rings one’s own phone first; pressed twice it is one call', async () => {
  const telephony = { VISAVIS_KAMAILIO: '127.0.0.1:1', VISAVIS_PHONES: '127.0.0.1:2', VISAVIS_DIALS: '1' };
  const tel = app;
  app = createApp(testHouse(db, { VISAVIS_ORIGIN: origin, ...telephony }));
  const customer = await someone('Nadine Gros');
  await page.goto(`${origin}/workspace/customers/${customer.id}`);
  await heading('Nadine Gros').waitFor();
  await press('d', 'd');
  await band().getByText('Décrochez votre téléphone pour appeler Nadine Gros').waitFor();
  await shoot('file-dialled');
  const [call, ...others] = await dialled(customer.id);
  expect(others).toEqual([]);
  await db.transact((tx) => followOwnPhone(tx, call?.id ?? '', true));
  await band().getByText('Vous appelez Nadine Gros').waitFor();
  expect(await band().getByRole('button', { name: 'Pas de réponse' }).count()).toBe(0);
  await db.transact((tx) => followOwnPhone(tx, call?.id ?? '', false));
  await band().getByText('L’appel à Nadine Gros n’est pas parti. Réessayez.').waitFor();
  await shoot('file-not-dialled');
  await band().getByRole('button', { name: 'Appeler de nouveau' }).click();
  await band().getByText('Décrochez votre téléphone').waitFor();
  await db.database.kysely.deleteFrom('call').execute();
  await page.goto(`${origin}/workspace/search?q=nadine`);
  await page.getByRole('main').getByRole('link', { name: 'Nadine Gros' }).first().focus();
  await press('d');
  await band().getByText('Décrochez votre téléphone').waitFor();
  await shoot('search-dialled');
  expect(await timeline(customer.id)).toHaveLength(1);
  app = tel;
});

test('passed on with a word: the colleague reads it with the file before answering; one line says who talked', async () => {
  const customer = await someone('Thérèse Mandrillon');
  const id = await rings(customer);
  await follow(id, 'answered');
  await band().getByText('En ligne avec Thérèse Mandrillon').waitFor();
  await press('m');
  await band().getByText('Vous serez libre d’ici une minute.').waitFor();
  await press('l');
  await page.keyboard.type('Sa box est arrivée cassée.');
  await shoot('passing-on');
  await press('Enter');
  await band().getByText('Bruno Cattin a votre mot.').waitFor();
  const hers = page;
  page = await signedIn('bruno');
  await page.goto(`${origin}/workspace/`);
  await band().getByText('On vous passe Thérèse Mandrillon').waitFor();
  const said = await band().textContent();
  expect(said).toContain('Ana Perrin vous dit\u00a0: Sa box est arrivée cassée.');
  expect(said).toContain('Bonjour, ma ligne est coupée, dit Thérèse Mandrillon.');
  await shoot('passed-on');
  expect(await violations()).toEqual([]);
  await press('l');
  await band().getByText('En ligne avec Thérèse Mandrillon').waitFor();
  await band().getByText('Sa box est arrivée cassée.').waitFor();
  page = hers;
  await band().waitFor({ state: 'detached' });
  await db.transact((tx) =>
    followTransfer(tx, { callId: id, advisorId: world.bruno, kind: 'ended', at: new Date(Date.now() + 300_000) }),
  );
  expect((await timeline(customer.id)).at(-1)?.text).toBe(
    'Appel avec Ana Perrin, moins d’une minute, puis Bruno Cattin, 5\u00a0min.',
  );
});

test('a call on a mobile is noted with a name and a few words', async () => {
  const customer = await addTestCustomer(db, world, { name: 'Willy Mougin' });
  await press('b');
  await page.getByLabel('Avec qui').fill('mougin');
  await page.getByRole('button', { name: /Willy Mougin/ }).waitFor();
  await press('Enter');
  await page.getByLabel('Ce qui a été dit').fill('Le technicien passe jeudi.');
  await page.getByRole('button', { name: 'Noter l’appel' }).click();
  await page.getByText('L’appel avec Willy Mougin est noté.').waitFor();
  const [line, ...others] = await timeline(customer.id);
  expect(others).toEqual([]);
  expect(line?.text).toBe('Appel avec Ana Perrin.\n\nLe technicien passe jeudi.');
});

test('the lead’s wallboard: who waits, who talks, what is promised', async () => {
  const [talking, waiting] = [await addTestCustomer(db, world, { name: 'Qui Parle' }), await someone('Qui Attend')];
  await promised(waiting, 30);
  await follow(await rings(talking), 'answered');
  await rings(waiting, [world.bruno]);
  page = await signedIn('lea');
  await page.goto(`${origin}/workspace/wallboard`);
  await heading('Tableau des appels').waitFor();
  await page.getByText('sonne chez Bruno Cattin').waitFor();
  const row = await page.getByRole('row', { name: /Ana Perrin/ }).textContent();
  expect(row).toContain('en ligne');
  expect(await page.getByRole('main').textContent()).toMatch(/Qui Attend Ana Perrin rappeler/);
});

test('axe finds nothing wrong with the band and its pages, in light and dark, wide and narrow', async () => {
  const customer = await someone('Odile Vuillet');
  await promised(customer, 30);
  const looks = [
    { paths: ['calls'], dark: false, width: 1440 },
    { paths: ['wallboard', 'calls'], dark: true, width: 320 },
    { paths: ['wallboard'], dark: true, width: 1440 },
  ];
  for (const { paths, ...look } of looks) {
    page = await signedIn('lea', look);
    for (const path of paths) {
      await page.goto(`${origin}/workspace/${path}`);
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      const id = await rings(customer, [world.lea]);
      await rings({ id: null, phone: '+33639980095' }, [world.lea]);
      await band().getByText('Appel d’Odile Vuillet').waitFor();
      await band().getByText('Numéro inconnu').first().waitFor();
      await shoot(`${path}-${look.width}-${look.dark ? 'dark' : 'light'}`);
      expect(await violations(), `${path} ${JSON.stringify(look)}`).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), path).toBeLessThanOrEqual(0);
      await follow(id, 'answered');
      await band().getByText('En ligne avec Odile Vuillet').waitFor();
      await shoot(`talking-${path}-${look.width}-${look.dark ? 'dark' : 'light'}`);
      await band().getByRole('button', { name: 'Passer l’appel' }).click();
      await band().getByLabel('Un mot pour votre collègue').waitFor();
      await shoot(`passing-${path}-${look.width}-${look.dark ? 'dark' : 'light'}`);
      expect(await violations(), `passing on, ${path} ${JSON.stringify(look)}`).toEqual([]);
      await db.database.kysely.deleteFrom('call').execute();
    }
  }
}, 120_000);

async function violations(): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations: found } = (await page.evaluate('axe.run()')) as AxeResults;
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

async function shoot(name: string): Promise<void> {
  const folder = process.env.VISAVIS_TEST_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

const dialled = (customerId: string) =>
  db.database.kysely.selectFrom('call').where('customerId', '=', customerId).select('id').execute();
const phones = async (customerId: string) =>
  (
    await db.database.kysely
      .selectFrom('contactPoint')
      .where('customerId', '=', customerId)
      .where('kind', '=', 'phone')
      .select('value')
      .execute()
  ).map(({ value }) => value);
