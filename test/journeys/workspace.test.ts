import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { system } from '../../src/desk/actor.ts';
import { makeCommitment } from '../../src/desk/commitments/make.ts';
import { heldActionJobs } from '../../src/desk/held-actions/jobs.ts';
import { receiveInteraction } from '../../src/desk/interactions/receive.ts';
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
let context: BrowserContext;
let page: Page;
let complaints: string[] = [];

beforeAll(async () => {
  if (!existsSync('dist/workspace/index.html')) await build({ configFile: 'vite.config.ts', logLevel: 'silent' });
  // The browser lives in the present; so does this file's clock.
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
  const house = testHouse(db, { VISAVIS_ORIGIN: origin });
  app = createApp(house);
  await db.jobs.work(heldActionJobs(house));
  browser = await launchBrowser();
  context = await signIn('ana');
}, 120_000);
afterAll(async () => {
  await browser?.close();
  if (server && 'closeAllConnections' in server) server.closeAllConnections();
  server?.close();
});
beforeEach(async () => {
  await page?.close();
  complaints = [];
  page = await newPage(context);
});

/** A signed-in member of staff, each in a browser of their own. */
async function signIn(who: keyof World['staff']): Promise<BrowserContext> {
  const token = await db.transact((tx) =>
    makeOneTimeLink(tx, { purpose: 'staff_sign_in', staffId: world.staff[who], validForHours: 1 }),
  );
  const own = await browser.newContext({ locale: 'fr-FR', viewport: { width: 1440, height: 900 } });
  own.setDefaultTimeout(15_000);
  const entering = await own.newPage();
  await entering.goto(`${origin}/fr/staff/enter/${token}`);
  await entering.locator('main button').first().click();
  await entering.waitForURL('**/workspace/**');
  await entering.close();
  return own;
}

async function newPage(own: BrowserContext): Promise<Page> {
  const opened = await own.newPage();
  opened.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  opened.on('pageerror', (error) => complaints.push(error.message));
  return opened;
}

/** A customer of Ana's who writes to her. */
async function someoneWrites(name: string, text: string, more: { customerId?: string; caseFileId?: string } = {}) {
  const customerId = more.customerId ?? (await addTestCustomer(db, world, { name })).id;
  const received = await db.transact((tx) =>
    receiveInteraction(tx, system, {
      channel: 'message',
      at: tx.now,
      from: { customerId },
      proven: true,
      subject: 'Panne',
      text,
      caseFileId: more.caseFileId ?? null,
      acknowledge: false,
    }),
  );
  if (received.kind !== 'interaction') throw new Error('expected an interaction');
  return received;
}

const answersOf = (caseFileId: string) =>
  db.database.kysely
    .selectFrom('interaction')
    .where('caseFileId', '=', caseFileId)
    .where('direction', '=', 'out')
    .select('text')
    .execute();
const caseFile = (id: string) =>
  db.database.kysely.selectFrom('caseFile').where('id', '=', id).selectAll().executeTakeFirstOrThrow();
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const heading = (name: string) => page.getByRole('heading', { level: 1, name });
const undoLine = (words: string) => page.locator('.undo-line', { hasText: words });

test('by keyboard alone: open, go down, open a customer, answer, take it back, send', async () => {
  const first = await someoneWrites('Odile Vuillet', 'Bonjour, plus rien ne marche.');
  await someoneWrites('Paul Jacquier', 'Ma facture est double.');
  await page.goto(`${origin}/workspace/`);
  await page.getByText('2 personnes attendent votre réponse.').waitFor();
  await press('j');
  expect(await focusedRow()).toContain('Odile Vuillet');
  await press('j');
  expect(await focusedRow()).toContain('Paul Jacquier');
  await press('k', 'Enter');
  await heading('Odile Vuillet').waitFor();

  await press('r');
  await page.getByLabel('Votre réponse à Odile Vuillet').waitFor();
  await page.keyboard.type('Bonjour, je rappelle avant midi. Jules');
  await press('Control+Enter');
  await heading('Paul Jacquier').waitFor();
  await undoLine('Réponse à Odile Vuillet').waitFor();

  await press('u');
  await heading('Odile Vuillet').waitFor();
  const box = page.getByLabel('Votre réponse à Odile Vuillet');
  await box.waitFor();
  expect(await box.inputValue()).toBe('Bonjour, je rappelle avant midi. Jules');
  expect(await answersOf(first.caseFileId)).toEqual([]);

  await box.focus();
  await press('Control+Enter');
  await undoLine('Réponse à Odile Vuillet').waitFor();
  await expect
    .poll(() => answersOf(first.caseFileId), { timeout: 25_000 })
    .toEqual([{ text: 'Bonjour, je rappelle avant midi. Jules' }]);
  expect((await caseFile(first.caseFileId)).unansweredSince).toBeNull();
  expect(complaints).toEqual([]);
}, 60_000);

test('by keyboard alone: promise, note, hand over, done', async () => {
  const one = await someoneWrites('Rose Poncet', 'Quand vient le technicien ?');
  const two = await someoneWrites('Simon Faivre', 'Merci, tout marche.');
  await page.goto(`${origin}/workspace/customers/${one.customerId}`);
  await heading('Rose Poncet').waitFor();

  await press('p');
  await page.getByRole('group', { name: 'Je promets' }).waitFor();
  await press('ArrowRight', 'Control+Enter');
  await undoLine('Promesse faite à Rose Poncet').waitFor();

  await press('n');
  await page.keyboard.type('Attend un enfant, ligne importante.');
  await press('Control+Enter');
  await undoLine('Note ajoutée').waitFor();
  expect(await heading('Rose Poncet').isVisible()).toBe(true);

  await press('h');
  await page.getByRole('combobox', { name: 'À qui' }).waitFor();
  await page.keyboard.type('Bruno');
  await page.getByRole('option', { name: /Bruno Cattin/ }).waitFor();
  await press('Enter', 'Tab');
  await page.keyboard.type('Le technicien vient jeudi, à confirmer.');
  await press('Control+Enter');
  await undoLine('Relais passé').waitFor();

  await page.goto(`${origin}/workspace/customers/${two.customerId}`);
  await heading('Simon Faivre').waitFor();
  await press('e');
  await page.getByLabel('Ce qui a été fait').waitFor();
  await page.keyboard.type('La ligne est rétablie.');
  await page.getByLabel('Les envoyer aussi à').uncheck();
  await page.getByLabel('Ce qui a été fait').focus();
  await press('Control+Enter');
  await undoLine('Dossier terminé').waitFor();
  await page.getByRole('heading', { level: 1 }).first().click();
  await press('u');
  await page.getByLabel('Ce qui a été fait').waitFor();
  expect(await page.getByLabel('Ce qui a été fait').inputValue()).toBe('La ligne est rétablie.');
  expect(await page.getByLabel('Les envoyer aussi à').isChecked()).toBe(false);
  await press('Control+Enter');
  await undoLine('Dossier terminé').waitFor();

  await expect.poll(async () => (await caseFile(one.caseFileId)).ownerId, { timeout: 25_000 }).toBe(world.bruno);
  await expect
    .poll(async () => (await caseFile(two.caseFileId)).closingWords, { timeout: 25_000 })
    .toBe('La ligne est rétablie.');
  const promised = await db.database.kysely
    .selectFrom('commitment')
    .where('caseFileId', '=', one.caseFileId)
    .where('madeBy', '=', world.staff.ana)
    .select('kind')
    .execute();
  expect(promised).toEqual([{ kind: 'nextNews' }]);
  const bruno = await signIn('bruno');
  const his = await newPage(bruno);
  await his.goto(`${origin}/workspace/customers/${one.customerId}`);
  await his.getByText('Ana Perrin vous passe le relais').waitFor();
  expect(await his.getByText('Le technicien vient jeudi, à confirmer.').first().isVisible()).toBe(true);
  await bruno.close();
}, 90_000);

test('a reply carries files, chosen or dropped, kept with the draft and taken away again', async () => {
  const received = await someoneWrites('Yvonne Maillard', 'Pouvez-vous m’envoyer le plan ?');
  await page.goto(`${origin}/workspace/customers/${received.customerId}`);
  await heading('Yvonne Maillard').waitFor();
  await press('r');
  const form = page.getByRole('form', { name: 'Répondre' });
  await form.getByLabel('Votre réponse à Yvonne Maillard').fill('Voici le plan.');
  const choose = (name: string, text: string) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(text) });
  await choose('plan.pdf', 'le plan');
  await form.getByText('plan.pdf').first().waitFor();
  await choose('erreur.pdf', 'pas celui-ci');
  const removed = page.waitForResponse((response) => response.url().endsWith('/remove'));
  await form.getByRole('button', { name: 'Retirer erreur.pdf' }).click();
  await removed;
  await expectAccessible(page, 'a reply with a file');
  await page.getByText('Brouillon enregistré').waitFor();
  await page.reload();
  await heading('Yvonne Maillard').waitFor();
  await press('r');
  await form.getByText('plan.pdf').first().waitFor();
  expect(await form.getByText('erreur.pdf').count()).toBe(0);
  await form.getByLabel('Votre réponse à Yvonne Maillard').focus();
  await press('Control+Enter');
  await undoLine('Réponse à Yvonne Maillard').waitFor();
  const attached = () =>
    db.database.kysely
      .selectFrom('attachment')
      .innerJoin('interaction', 'interaction.id', 'attachment.interactionId')
      .where('interaction.caseFileId', '=', received.caseFileId)
      .select(['filename', 'contentType'])
      .execute();
  await expect.poll(attached, { timeout: 25_000 }).toEqual([{ filename: 'plan.pdf', contentType: 'application/pdf' }]);
  expect(complaints).toEqual([]);
}, 60_000);

test.each([
  ['un appel', 'call', 'Gisèle Marchandeau'],
  ['une visite', 'visit', 'Gontran Vuillemey'],
  ['une lettre', 'letter', 'Godelieve Pernin'],
])(
  '%s is noted from the customer’s screen: on the timeline, with an owner and a date',
  async (label, channel, name) => {
    const { id: customerId } = await addTestCustomer(db, world, { name });
    await page.goto(`${origin}/workspace/customers/${customerId}`);
    await heading(name).waitFor();
    await press('v');
    await page.getByRole('radio', { name: label }).check();
    await page.getByLabel('Ce qui a été dit').fill('Le poteau penche devant la maison.');
    await page.getByLabel('En quelques mots').fill('Poteau');
    await press('Control+Enter');
    const noted = () =>
      db.database.kysely
        .selectFrom('interaction')
        .innerJoin('caseFile', 'caseFile.id', 'interaction.caseFileId')
        .where('interaction.customerId', '=', customerId)
        .select(['channel', 'direction', 'text', 'byStaff', 'caseFile.subject', 'caseFile.ownerId', 'caseFile.id'])
        .execute();
    await expect.poll(noted, { timeout: 25_000 }).toHaveLength(1);
    const [exchange] = await noted();
    expect(exchange).toMatchObject({
      channel,
      direction: 'in',
      text: 'Le poteau penche devant la maison.',
      byStaff: world.staff.ana,
      subject: 'Poteau',
      ownerId: world.ana,
    });
    const owed = await db.database.kysely
      .selectFrom('commitment')
      .where('caseFileId', '=', exchange?.id ?? '')
      .where('keptAt', 'is', null)
      .select(['kind', 'ownerId', 'dueAt'])
      .execute();
    expect(owed).toMatchObject([{ kind: 'answer', ownerId: world.ana }]);
    expect(owed[0]?.dueAt.getTime()).toBeGreaterThan(Date.now());
    // Nobody is written to: whoever stood or spoke here knows.
    expect(
      await db.database.kysely.selectFrom('outgoingMail').where('customerId', '=', customerId).selectAll().execute(),
    ).toEqual([]);
    await page.goto(`${origin}/workspace/customers/${customerId}`);
    await page.getByText('Le poteau penche devant la maison.').first().waitFor();
    expect(complaints).toEqual([]);
  },
  60_000,
);

test('what a third party has done is told to the customer, and the matter no longer waits for them', async () => {
  const received = await someoneWrites('Firmin Chagnet', 'Le câble est par terre.');
  await page.goto(`${origin}/workspace/customers/${received.customerId}`);
  await heading('Firmin Chagnet').waitFor();
  await press('w');
  await page.getByLabel('Qui intervient').fill('Équipe câble');
  await press('Control+Enter');
  await expect
    .poll(async () => (await caseFile(received.caseFileId)).thirdParty, { timeout: 25_000 })
    .toBe('Équipe câble');
  await page.goto(`${origin}/workspace/customers/${received.customerId}`);
  await page.getByRole('button', { name: 'Donner des nouvelles' }).waitFor();
  expect(await page.getByRole('button', { name: 'Attendre un tiers' }).count()).toBe(0);
  await press('w');
  await page.getByLabel('Les nouvelles pour Firmin Chagnet').fill('Le câble est raccroché.');
  await expectAccessible(page, 'news of a third party');
  await press('Control+Enter');
  await expect
    .poll(() => answersOf(received.caseFileId), { timeout: 25_000 })
    .toEqual([{ text: 'Le câble est raccroché.' }]);
  expect((await caseFile(received.caseFileId)).thirdParty).toBeNull();
  expect(complaints).toEqual([]);
}, 90_000);

test('a promise is taken back with words to the customer, and stays when there are none', async () => {
  const received = await someoneWrites('Carine Barbier', 'Quand vient le technicien ?');
  await db.transact((tx) =>
    makeCommitment(
      tx,
      { kind: 'staff', staffId: world.staff.ana, role: 'advisor', advisorId: world.ana },
      { ...received, kind: 'visit', ownerId: world.ana, dueAt: new Date(tx.now.getTime() + 86_400_000) },
    ),
  );
  await page.goto(`${origin}/workspace/customers/${received.customerId}`);
  await page.getByRole('button', { name: 'Retirer la promesse' }).click();
  const form = page.getByRole('form', { name: 'Retirer la promesse' });
  await form.getByText('aucune autre date').waitFor();
  await press('Control+Enter');
  await form.getByText('Écrivez quelques mots, puis recommencez.').waitFor();
  await expectAccessible(page, 'a promise taken back');
  await form.getByLabel('Vos mots au client').fill('Le technicien est malade, la visite est annulée.');
  await press('Control+Enter');
  await undoLine('Promesse retirée').waitFor();
  expect(await page.getByRole('button', { name: 'Retirer la promesse' }).count()).toBe(0);
  // Taken back, nothing has to be typed again.
  await press('u');
  await form.waitFor();
  expect(await form.getByLabel('Vos mots au client').inputValue()).toBe(
    'Le technicien est malade, la visite est annulée.',
  );
  expect(await answersOf(received.caseFileId)).toEqual([]);
  await form.getByLabel('Vos mots au client').focus();
  await press('Control+Enter');
  await undoLine('Promesse retirée').waitFor();
  expect(await answersOf(received.caseFileId)).toEqual([]);
  await expect
    .poll(() => answersOf(received.caseFileId), { timeout: 25_000 })
    .toEqual([{ text: 'Le technicien est malade, la visite est annulée.' }]);
  expect(complaints).toEqual([]);
}, 60_000);

test('a new message arrives by itself, and moves nothing under the pointer', async () => {
  await page.goto(`${origin}/workspace/`);
  await heading('Mes clients').waitFor();
  await someoneWrites('Tania Grosjean', 'Plus de tonalité.');
  await page.getByRole('link', { name: /Tania Grosjean/ }).waitFor();
  await page.getByRole('link', { name: /Tania Grosjean/ }).hover();
  await someoneWrites('Ugo Monnier', 'Plus de télévision.');
  await page.getByRole('button', { name: '1 nouveau' }).waitFor();
  expect(await page.getByRole('link', { name: /Ugo Monnier/ }).count()).toBe(0);
  await page.getByRole('button', { name: '1 nouveau' }).click();
  await page.getByRole('link', { name: /Ugo Monnier/ }).waitFor();
});

test('a reply waits when something newer has come in', async () => {
  const received = await someoneWrites('Vera Bole', 'Première question.');
  await page.goto(`${origin}/workspace/customers/${received.customerId}`);
  await heading('Vera Bole').waitFor();
  await press('r');
  await page.keyboard.type('Voici la réponse.');
  await someoneWrites('', 'En fait, autre question.', received);
  await page.getByText('Un message plus récent est arrivé. Lisez-le, puis envoyez.').waitFor();
  await press('Control+Enter');
  expect(await heading('Vera Bole').isVisible()).toBe(true);
  await page.getByRole('button', { name: 'Lire le nouveau message' }).click();
  await page.getByLabel('Votre réponse à Vera Bole').focus();
  await press('Control+Enter');
  await undoLine('Réponse à Vera Bole').waitFor();
  await press('u');
  await page.getByText('Annulé. Rien n’est parti.').waitFor();
  expect(await answersOf(received.caseFileId)).toEqual([]);
});

test('a draft is on the server: another window goes on with it; letters do nothing while one writes', async () => {
  const received = await someoneWrites('Willy Mougin', 'Bonjour.');
  await page.goto(`${origin}/workspace/customers/${received.customerId}`);
  await heading('Willy Mougin').waitFor();
  await press('n');
  await page.keyboard.type('Une note: je hue, pente, neuve');
  await page.waitForResponse((response) => response.url().endsWith('/drafts') && response.ok());
  expect(await page.getByLabel('Note pour l’équipe').inputValue()).toBe('Une note: je hue, pente, neuve');
  const again = await newPage(context);
  await again.goto(`${origin}/workspace/customers/${received.customerId}`);
  await again.getByRole('heading', { level: 1 }).waitFor();
  await again.keyboard.press('n');
  expect(await again.getByLabel('Note pour l’équipe').inputValue()).toBe('Une note: je hue, pente, neuve');
  await again.close();
});

test('who else looks or writes is said', async () => {
  const received = await someoneWrites('Xavier Prost', 'Bonjour.');
  const lea = await signIn('lea');
  const hers = await newPage(lea);
  await hers.goto(`${origin}/workspace/customers/${received.customerId}`);
  await hers.getByRole('heading', { level: 1, name: 'Xavier Prost' }).waitFor();
  await page.goto(`${origin}/workspace/customers/${received.customerId}`);
  await page.getByText('Léa Marandet regarde aussi cette page.').waitFor();
  await lea.close();
});

test('the tray is sorted by keyboard: search a customer, Enter; the item leaves and stands on the timeline', async () => {
  const customer = await addTestCustomer(db, world, { name: 'Yvette Chagrot' });
  const stray = await db.transact((tx) =>
    receiveInteraction(tx, system, {
      channel: 'mail',
      at: tx.now,
      from: { mail: 'inconnue@example.com' },
      proven: false,
      subject: 'Ma ligne',
      text: 'Je suis Yvette, j’écris de chez ma sœur.',
      acknowledge: false,
    }),
  );
  expect(stray.kind).toBe('tray');
  await page.goto(`${origin}/workspace/`);
  await heading('Mes clients').waitFor();
  await press('t');
  await heading('Courrier à trier').waitFor();
  await page.getByText('inconnue@example.com').waitFor();
  await press('j', 'Enter');
  await page.getByLabel('Chercher un client').waitFor();
  await page.keyboard.type('chagrot');
  await page.getByRole('button', { name: /Yvette Chagrot/ }).waitFor();
  await press('Enter');
  await undoLine('Courrier remis à Yvette Chagrot').waitFor();
  await page.getByText('Rien à trier pour l’instant.').waitFor();
  await expect
    .poll(
      () => db.database.kysely.selectFrom('interaction').where('customerId', '=', customer.id).select('text').execute(),
      { timeout: 25_000 },
    )
    .toEqual([{ text: 'Je suis Yvette, j’écris de chez ma sœur.' }]);
}, 60_000);

test('an absence is refused in a sentence, then entered, and says who answers', async () => {
  const july = `${new Date().getFullYear() + 1}-07`;
  await page.goto(`${origin}/workspace/absences`);
  await page.getByText('Prévoir une absence').click();
  await page.getByLabel('Du', { exact: true }).fill(`${july}-10`);
  await page.getByLabel('Au', { exact: true }).fill(`${july}-01`);
  await page.getByLabel('Consignes pour la personne qui répond').fill('Rien d’urgent.');
  await page.getByRole('button', { name: 'Enregistrer l’absence' }).click();
  await page.getByText('La fin précède le début. Choisissez une fin plus tardive.').waitFor();
  await page.getByLabel('Au', { exact: true }).fill('2126-07-20');
  await page.getByRole('button', { name: 'Enregistrer l’absence' }).click();
  await page.getByText('Elle finit dans plus de trois ans. Vérifiez l’année de la fin.').waitFor();
  await page.getByLabel('Au', { exact: true }).fill(`${july}-20`);
  await page.getByRole('button', { name: 'Enregistrer l’absence' }).click();
  await page.getByText('Absence enregistrée. Bruno Cattin répond.').waitFor();
  await page.getByText('Bruno Cattin répond à sa place').waitFor();
});

test('letter keys can be switched off, and then do nothing', async () => {
  await page.goto(`${origin}/workspace/preferences`);
  await page.getByRole('radio', { name: 'Désactivés' }).check({ force: true });
  await page.getByText('Enregistré.').waitFor();
  await page.getByRole('heading', { level: 1 }).click();
  await press('t');
  expect(new URL(page.url()).pathname).toBe('/workspace/preferences');
  await page.getByRole('radio', { name: 'Activés', exact: true }).check({ force: true });
  await page.waitForTimeout(300);
  await page.getByRole('heading', { level: 1 }).click();
  await press('t');
  await heading('Courrier à trier').waitFor();
});

test('the palette finds actions and customers', async () => {
  await addTestCustomer(db, world, { name: 'Zacharie Bichet' });
  await page.goto(`${origin}/workspace/`);
  await heading('Mes clients').waitFor();
  await press('Control+k');
  await page.getByPlaceholder('Une action, un client, une commune').waitFor();
  await page.keyboard.type('bichet');
  await page.getByText('Zacharie Bichet').waitFor();
  await press('ArrowDown', 'Enter');
  await heading('Zacharie Bichet').waitFor();
});

test('the palette has the focus in the moment in which it opens', async () => {
  await page.goto(`${origin}/workspace/`);
  await heading('Mes clients').waitFor();
  const focused = await page.evaluate(`(async () => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', ctrlKey: true, bubbles: true }));
    await null;
    await null;
    return document.activeElement?.getAttribute('placeholder');
  })()`);
  expect(focused).toBe('Une action, un client, une commune');
});

test('closed, the palette gives the focus back to whatever had it', async () => {
  await page.goto(`${origin}/workspace/`);
  await heading('Mes clients').waitFor();
  const link = page.getByRole('navigation').getByRole('link').first();
  await link.focus();
  const hasFocus = () => link.evaluate((each) => each === each.ownerDocument.activeElement);
  await press('Control+k');
  await page.getByPlaceholder('Une action, un client, une commune').waitFor();
  expect(await hasFocus()).toBe(false);
  await press('Escape');
  await expect.poll(hasFocus).toBe(true);
});

test('no letter acts on the screen behind a dialog, wherever the focus is', async () => {
  await page.goto(`${origin}/workspace/preferences`);
  await heading('Préférences').waitFor();
  await press('Control+k');
  const field = page.getByPlaceholder('Une action, un client, une commune');
  await field.waitFor();
  await page.locator('body').dispatchEvent('keydown', { key: 'c', bubbles: true });
  await field.fill('absences');
  await press('Enter');
  await heading('Absences').waitFor();
  expect(new URL(page.url()).pathname).toBe('/workspace/absences');
  await page.goBack();
  await heading('Préférences').waitFor();
});

test('what was found last is what Enter opens: the first of the list, without an arrow', async () => {
  for (const name of ['Aline Mermet', 'Basile Mermet']) await addTestCustomer(db, world, { name });
  await page.goto(`${origin}/workspace/`);
  await heading('Mes clients').waitFor();
  await press('Control+k');
  // Typed at once: the answer comes when nothing more is typed.
  await page.getByPlaceholder('Une action, un client, une commune').fill('mermet');
  const chosen = page.locator('[data-action][data-selected]');
  await chosen.getByText('Mermet').waitFor();
  const first = (await page.locator('[data-action]').first().textContent()) ?? '';
  expect(await chosen.textContent()).toBe(first);
  await press('Enter');
  await heading(first.includes('Aline') ? 'Aline Mermet' : 'Basile Mermet').waitFor();
});

test('what cannot be sent waits, is said calmly, and leaves when the server is back', async () => {
  const received = await someoneWrites('Alix Roland', 'Bonjour.');
  await page.goto(`${origin}/workspace/customers/${received.customerId}`);
  await heading('Alix Roland').waitFor();
  await press('n');
  await page.keyboard.type('Écrit dans le tunnel.');
  await context.setOffline(true);
  await press('Control+Enter');
  await page.getByText('Connexion perdue.').waitFor();
  await undoLine('En attente de connexion').waitFor();
  await context.setOffline(false);
  await expect
    .poll(
      () =>
        db.database.kysely.selectFrom('note').where('caseFileId', '=', received.caseFileId).select('text').execute(),
      { timeout: 40_000 },
    )
    .toEqual([{ text: 'Écrit dans le tunnel.' }]);
}, 60_000);

test('without a mail server the outbox shows the mail that would leave: to whom, from whom, every word', async () => {
  const customer = await addTestCustomer(db, world, { name: 'Honorine Gaulard' });
  await db.transact((tx) =>
    receiveInteraction(tx, system, {
      channel: 'mail',
      at: tx.now,
      from: { mail: customer.mail },
      proven: true,
      subject: 'Coupure au hameau',
      text: 'Plus rien depuis hier.',
      acknowledge: true,
    }),
  );
  const mail = await db.database.kysely
    .selectFrom('outgoingMail')
    .where('customerId', '=', customer.id)
    .selectAll()
    .executeTakeFirstOrThrow();
  const lea = await signIn('lea');
  const hers = await newPage(lea);
  await hers.goto(`${origin}/workspace/outbox`);
  const row = hers.locator('li.mail-row', { hasText: customer.mail });
  await row.waitFor();
  const shown = await row.textContent();
  expect(shown).toContain('Honorine Gaulard');
  expect(shown).toContain(mail.subject);
  expect(shown).toContain(mail.fromName);
  await row.locator('summary').click();
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
  expect(plain((await row.locator('details p').textContent()) ?? '')).toBe(plain(mail.text));
  expect(mail.text).toContain('Ana Perrin');
  expect(mail.sentAt).toBeNull();
  await lea.close();
}, 60_000);

test('axe finds nothing wrong with any screen, in light and dark, wide and narrow', async () => {
  const received = await someoneWrites('Blanche Sordet', 'Bonjour, une question.');
  const lea = await signIn('lea');
  const hers = await newPage(lea);
  const customer = `/workspace/customers/${received.customerId}`;
  const screens: [string, string?][] = [
    ['/workspace/'],
    [customer],
    [customer, 'r'],
    [customer, 'p'],
    [customer, 'h'],
    [customer, 'v'],
    ['/workspace/tray'],
    ['/workspace/absences'],
    ['/workspace/outbox'],
    ['/workspace/search?q=bl'],
    ['/workspace/preferences'],
    ['/workspace/', '?'],
  ];
  for (const [colorScheme, width] of [
    ['light', 1440],
    ['dark', 1440],
    ['light', 320],
  ] as const) {
    await hers.emulateMedia({ colorScheme });
    await hers.setViewportSize({ width, height: 800 });
    for (const [address, key] of screens) {
      await hers.goto(origin + address);
      await hers.getByRole('heading', { level: 1 }).waitFor();
      if (key) await hers.keyboard.press(key);
      await expectAccessible(hers, `${address} ${key ?? ''} ${colorScheme} ${width}`);
    }
  }
  expect(complaints).toEqual([]);
  await lea.close();
}, 180_000);

test('nobody who has not signed in sees any of it, and its files never change under their name', async () => {
  const anonymous = await fetch(`${origin}/workspace/`, { redirect: 'manual' });
  expect(anonymous.status).toBe(303);
  expect(anonymous.headers.get('location')).toBe('/fr/staff/sign-in');
  const response = await page.goto(`${origin}/workspace/`);
  const headers = (await response?.allHeaders()) ?? {};
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['content-security-policy']).not.toContain('unsafe');
  const script = await page.locator('script[type=module]').getAttribute('src');
  const file = await fetch(origin + script);
  expect(file.headers.get('cache-control')).toContain('immutable');
  expect((await fetch(`${origin}/workspace/assets/..%2Findex.html`)).status).toBe(404);
});

async function focusedRow(): Promise<string> {
  return page.evaluate('document.activeElement?.textContent ?? ""');
}

async function expectAccessible(shown: Page, where: string): Promise<void> {
  await shown.evaluate(axe.source);
  const { violations } = (await shown.evaluate('axe.run()')) as AxeResults;
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join(' ')}`),
    where,
  ).toEqual([]);
}
