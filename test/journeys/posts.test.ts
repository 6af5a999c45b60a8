import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { system } from '../../src/desk/actor.ts';
import { newId } from '../../src/desk/id.ts';
import { makeOneTimeLink } from '../../src/desk/people/one-time-links.ts';
import { addImage, prepareImage } from '../../src/desk/posts/images.ts';
import { testHouse } from '../app.ts';
import { launchBrowser } from '../browser.ts';
import { testDatabase } from '../database.ts';
import { publishTestPost } from '../posts.ts';
import { buildWorld } from '../world.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const db = testDatabase();
let browser: Browser;
let server: ReturnType<typeof serve>;
let origin: string;
let slug: string;

beforeAll(async () => {
  await buildWorld(db);
  const app = createApp(testHouse(db));
  origin = await new Promise((resolve) => {
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) =>
      resolve(`http://127.0.0.1:${port}`),
    );
  });
  browser = await launchBrowser();
  slug = await postWithPictures();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => server?.close(resolve));
});

/** Of a picture that has arrived, in its own pixels. */
const widthOf = (picture: Locator) => picture.page().evaluate(`document.querySelector('dialog.big img').naturalWidth`);

/** Two pictures: a page as scanned, and a smaller one. */
async function postWithPictures(): Promise<string> {
  const post = await publishTestPost(db, {
    texts: [
      {
        locale: 'fr',
        title: 'La page du journal',
        markdown: '![](image-1)\n\n![](image-2)\n\n![](image-9)\n\n![](https://elsewhere.example.org/x.png)',
      },
    ],
  });
  for (const [width, height, alt] of [
    [2000, 2600, 'Page de journal'],
    [700, 500, 'Une rue'],
  ] as const) {
    const image = await prepareImage(
      await sharp({ create: { width, height, channels: 3, background: '#789' } })
        .png()
        .toBuffer(),
    );
    if (image) await db.transact((tx) => addImage(tx, system, { postId: post.id, alt, image }));
  }
  return post.slug;
}

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 700 }, ...options });
  return context.newPage();
}

async function signIn(page: Page, role: 'moderator' | 'administrator'): Promise<void> {
  const staffId = newId();
  await db.database.kysely
    .insertInto('staff')
    .values({ id: staffId, name: 'Margaux', email: `${staffId}@regie.example.org`, role })
    .execute();
  const token = await db.transact((tx) => makeOneTimeLink(tx, { purpose: 'staff_sign_in', staffId, validForHours: 1 }));
  await page.goto(`${origin}/fr/staff/enter/${token}`);
  await page.locator('main button').first().click();
  await page.waitForURL((url) => !url.pathname.includes('/enter/'));
}

test('without JavaScript a click on the picture opens the large one', async () => {
  const page = await open({ javaScriptEnabled: false });
  await page.goto(`${origin}/fr/posts/${slug}`);
  const images = page.locator('.text img');
  expect(await images.count()).toBe(2);
  expect(await images.first().getAttribute('alt')).toBe('Page de journal');
  expect(await images.first().getAttribute('width')).toBe('2000');
  await page.locator('a.enlarge').first().click();
  await page.waitForURL(/\/image\/[\da-f-]{36}\/2000\.webp$/);
  await page.context().close();
});

test('with JavaScript it opens over the page: Esc closes, focus returns, arrows lead on, + enlarges until a column fills a phone', async () => {
  const page = await open();
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(`${origin}/fr/posts/${slug}`);
  const first = page.locator('a.enlarge').first();
  await first.focus();
  await page.keyboard.press('Enter');
  const dialog = page.locator('dialog.big');
  await dialog.waitFor({ state: 'visible' });
  const picture = dialog.locator('img');
  await expect.poll(() => widthOf(picture)).toBe(2000);
  expect(await picture.getAttribute('alt')).toBe('Page de journal');
  const fitted = (await picture.boundingBox())?.width ?? 0;
  expect(fitted).toBeLessThanOrEqual(390);
  for (let times = 0; times < 3; times++) await page.keyboard.press('+');
  expect((await picture.boundingBox())?.width ?? 0).toBeGreaterThan(fitted * 3);
  for (let times = 0; times < 4; times++) await page.keyboard.press('-');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => picture.getAttribute('alt')).toBe('Une rue');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => picture.getAttribute('alt')).toBe('Page de journal');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => picture.getAttribute('alt')).toBe('Une rue');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  // The browser hides the dialog first and tells the page afterwards.
  const focused = () => page.evaluate(`[...document.querySelectorAll('a.enlarge')].indexOf(document.activeElement)`);
  await expect.poll(focused).toBe(1);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('two fingers enlarge what is between them', async () => {
  const page = await open({ hasTouch: true });
  await page.goto(`${origin}/fr/posts/${slug}`);
  await page.locator('a.enlarge').first().tap();
  const picture = page.locator('dialog.big img');
  await expect.poll(() => widthOf(picture)).toBe(2000);
  const before = (await picture.boundingBox())?.width ?? 0;
  const client = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number) =>
    client.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        type === 'touchEnd'
          ? []
          : [
              { x: 195 - apart, y: 300, id: 1 },
              { x: 195 + apart, y: 300, id: 2 },
            ],
    });
  await touch('touchStart', 20);
  for (let apart = 20; apart <= 80; apart += 10) await touch('touchMove', apart);
  await touch('touchEnd', 80);
  expect((await picture.boundingBox())?.width ?? 0).toBeGreaterThan(before * 2);
  await page.context().close();
});

test('the scripts weigh at most 5 KB each', async () => {
  for (const path of ['/enlarge.js', '/staff/editor.js']) {
    const { byteLength } = await (await fetch(origin + path)).arrayBuffer();
    expect(byteLength, path).toBeGreaterThan(500);
    expect(byteLength, path).toBeLessThanOrEqual(5 * 1024);
  }
});

test('a post is written, illustrated, previewed, published and corrected without JavaScript; nothing typed is lost on the way', async () => {
  const page = await open({ javaScriptEnabled: false });
  await signIn(page, 'moderator');
  await page.goto(`${origin}/fr/staff/posts/new`);
  expect(await page.getByLabel('Genre').locator('option').allTextContents()).not.toContain('Reportage');
  await page.getByLabel('Titre en français').fill('Coupure de mardi');
  await page.getByLabel('Texte en français').fill('Tout **remarche**.\n\n![](image-1)');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect.poll(() => page.title()).toMatch(/^Erreur/);
  expect(await page.getByLabel('Texte en français').inputValue()).toContain('**remarche**');
  await page.getByLabel('Genre').selectOption('notice');
  await page.getByRole('button', { name: 'Aperçu' }).click();
  await expect.poll(() => page.locator('.said h1').textContent()).toBe('Coupure de mardi');
  expect(await page.locator('.said strong').textContent()).toBe('remarche');
  const bytes = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#567' } })
    .png()
    .toBuffer();
  await page.getByLabel('Fichier').setInputFiles({ name: 'rue.png', mimeType: 'image/png', buffer: bytes });
  await page.getByRole('button', { name: 'Ajouter cette image' }).click();
  await expect
    .poll(() => page.locator('.summary').textContent())
    .toContain('Dites en une phrase ce que montre l’image.');
  await page.getByLabel('Fichier').setInputFiles({ name: 'rue.png', mimeType: 'image/png', buffer: bytes });
  await page.getByLabel('Ce que montre l’image').fill('Une rue au matin');
  await page.getByRole('button', { name: 'Ajouter cette image' }).click();
  await expect.poll(() => page.locator('code').textContent()).toBe('![](image-1)');
  await page.getByRole('button', { name: 'Publier maintenant' }).click();
  await page.getByRole('link', { name: 'Voir en ligne' }).click();
  await page.waitForURL(/\/fr\/posts\//);
  const online = page.url();
  expect(await page.locator('.genre').first().textContent()).toBe('Avis de l’opérateur');
  expect(await page.locator('meta[property="og:title"]').getAttribute('content')).toBe(
    'Avis de l’opérateur\u00a0: Coupure de mardi',
  );
  expect(await page.locator('.text img').getAttribute('alt')).toBe('Une rue au matin');
  await page.goto(`${origin}/fr/staff/posts`);
  await page.getByRole('link', { name: 'Coupure de mardi' }).click();
  await page.getByLabel('Texte en français').fill('Tout remarche depuis 15 h.');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect
    .poll(() => page.locator('.summary').textContent())
    .toContain('Dites en une phrase ce que vous corrigez.');
  await page.getByLabel('Ce que vous corrigez').fill('L’heure manquait.');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.locator('.summary').waitFor({ state: 'detached' });
  db.clock.now = new Date(db.clock.now.getTime() + 11_000);
  await page.goto(online);
  // The browser itself keeps a page for a minute.
  await page.reload();
  expect(await page.locator('main').textContent()).toContain('L’heure manquait.');
  await page.getByRole('link', { name: 'Lire les versions précédentes' }).click();
  await expect.poll(() => page.locator('main').textContent()).toContain('Tout remarche.');
  await page.context().close();
});

test('reporting is refused by the form, the API and to whoever forges a field', async () => {
  const page = await open();
  await signIn(page, 'administrator');
  await page.goto(`${origin}/fr/staff/posts/new`);
  await page.evaluate(`document.getElementById('genre').add(new Option('x', 'reporting', true, true))`);
  await page.getByLabel('Titre en français').fill('Faux reportage');
  await page.getByLabel('Texte en français').fill('x');
  await page.getByRole('button', { name: 'Publier maintenant' }).click();
  await expect
    .poll(() => page.locator('.summary').textContent())
    .toContain('Un compte de l’opérateur ne signe pas de reportage');
  const answer = await page.evaluate(async () => {
    const body = {
      genre: 'reporting',
      fr: { title: 'Faux reportage', markdown: 'x' },
      publishAt: '2026-01-01T00:00:00Z',
    };
    const response = await fetch('/api/v1/posts', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('cannot sign reporting');
  expect(await db.database.kysely.selectFrom('post').where('genre', '=', 'reporting').select('id').execute()).toEqual(
    [],
  );
  await page.context().close();
});

test('an address without an end is met by our sentence in the page’s language, not by the browser’s', async () => {
  const { slug } = await publishTestPost(db, { texts: [{ locale: 'fr', title: 'Un sujet', markdown: 'Texte.' }] });
  for (const javaScriptEnabled of [true, false]) {
    const page = await open({ javaScriptEnabled });
    await page.goto(`${origin}/fr/posts/${slug}/comment`);
    await page.locator('[name=text]').fill('Dix minutes de travail.');
    await page.locator('[name=name]').fill('Zoé');
    await page.locator('[name=mail]').fill('zoe@');
    await page.locator('form button').first().click();
    await page.locator('.summary').waitFor();
    expect(await page.title()).toMatch(/^Erreur/);
    expect(await page.locator('[name=text]').inputValue()).toContain('Dix minutes de travail.');
    await page.context().close();
  }
});

test('while one types the text is shown, and a pasted picture lands in the form', async () => {
  const page = await open({ viewport: { width: 1000, height: 800 } });
  await signIn(page, 'moderator');
  await page.goto(`${origin}/fr/staff/posts/new`);
  await page.getByLabel('Texte en français').fill('Du **gras** et <script>alert(1)</script>');
  const live = page.locator('#live');
  await live.locator('strong').waitFor();
  expect(await live.locator('script').count()).toBe(0);
  await page.evaluate(`
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array([1])], 'collee.png', { type: 'image/png' }));
    document.getElementById('editor').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  `);
  expect(await page.evaluate(`document.getElementById('files').files[0].name`)).toBe('collee.png');
  expect(await page.locator(':focus').getAttribute('id')).toBe('alt');
  await page.context().close();
});

test.each([
  ['light', { viewport: { width: 1000, height: 800 } }],
  ['dark', { colorScheme: 'dark' as const, viewport: { width: 1000, height: 800 } }],
  ['at 320 px', { viewport: { width: 320, height: 640 } }],
])('axe finds nothing %s, and no page is wider than its window', async (_, options) => {
  const page = await open({ ...options, bypassCSP: true });
  const paths = [
    '/fr/posts',
    `/fr/posts/${slug}`,
    `/en/posts/${slug}/comment`,
    '/fr/voices',
    '/fr/alerts',
    '/fr/removed',
    '/en/comments/nothing',
  ];
  const look = async (path: string) => {
    await page.goto(origin + path);
    await page.evaluate(axe);
    const violations = await page.evaluate(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))',
    );
    expect(violations, path).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), path).toBeLessThanOrEqual(0);
  };
  for (const path of paths) await look(path);
  await signIn(page, 'administrator');
  for (const view of ['', '?view=shown', '?view=setting', '?view=reported']) await look(`/fr/staff/moderation${view}`);
  for (const path of ['/fr/staff/posts', '/en/staff/posts/new', '/fr/staff/voices']) await look(path);
  await page.context().close();
});
