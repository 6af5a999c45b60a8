import { brotliCompressSync, gzipSync } from 'node:zlib';
import { parse } from 'parse5';
import { beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { plantDemo } from '../src/desk/demo/plant.ts';
import { routes } from '../src/routes.ts';
import { alertSentPath } from '../src/web/public/alerts/alert-sent.tsx';
import { LOCALE } from '../src/web/route.ts';
import { testHouse } from './app.ts';
import { testDatabase } from './database.ts';
import { type App, attribute, openPage, type ReadPage, textOf } from './page.ts';
import { signInAs } from './sign-in.ts';

/** Every page that people outside see, on the demo: each GET route of theirs must be here or among `notPages`. */
const notPages = [
  '/',
  '/icon.svg',
  '/robots.txt',
  '/sitemap.xml',
  '/:file{sitemap-(?:fr|en)\\.xml}',
  '/logo/:key',
  '/portrait/:advisorId/:size/:key',
  '/contact/:advisorId/contact.vcf',
  '/contact/:advisorId/qr.svg',
  '/contact/:advisorId/permanences.ics',
  '/offices/:officeId/permanences.ics',
  '/communes/:insee/permanences.ics',
  '/image/:imageId/:width',
  '/enlarge.js',
  '/offline.js',
  '/figures.csv',
  '/posts/:slug/:file{comments\\.(?:atom|rss)}',
  '/feeds/:file',
  '/feeds/communes/:file',
  '/my/attachments/:id',
  '/my/exchanges/:id',
];
const mostBytes = 14 * 1024;

const db = testDatabase();
let app: App;
const pages = new Map<string, ReadPage>();

beforeAll(async () => {
  await db.transact((tx) => plantDemo(tx, { now: tx.now, seed: 39, customers: 300 }));
  app = createApp(testHouse(db));
  for (const [path, headers] of await addresses()) pages.set(path, await openPage(app, path, headers));
}, 180_000);

async function addresses(): Promise<[string, Record<string, string>][]> {
  const kysely = db.database.kysely;
  const advisor = await kysely.selectFrom('advisor').select('id').executeTakeFirstOrThrow();
  const comment = await kysely
    .selectFrom('comment')
    .where('shownAt', 'is not', null)
    .where('hiddenAt', 'is', null)
    .where('byStaff', 'is', null)
    .select('id')
    .executeTakeFirstOrThrow();
  const signedIn: { headers: { Cookie: string }; paths: string[] }[] = [];
  for (const kind of ['household', 'town_hall'] as const) {
    const busiest = await kysely
      .selectFrom('customer')
      .innerJoin('caseFile', 'caseFile.customerId', 'customer.id')
      .innerJoin('interaction', 'interaction.caseFileId', 'caseFile.id')
      .where('kind', '=', kind)
      .groupBy(['customer.id', 'caseFile.id'])
      .select((eb) => ['customer.id', 'caseFile.id as caseFileId', eb.fn.countAll().as('said')])
      .orderBy('said', 'desc')
      .executeTakeFirstOrThrow();
    const headers = await signInAs(db, app, busiest.id);
    const mine = ['/my', '/my/details', '/my/write', `/my/case-files/${busiest.caseFileId}`];
    signedIn.push({ headers, paths: kind === 'town_hall' ? [...mine, '/my/report'] : mine });
  }
  const open = [
    '',
    '/contact',
    '/contact?where=',
    '/contact?where=Besancom',
    '/contact?postcode=39240',
    '/contact?commune=25056',
    '/contact?postcode=75011',
    `/contact/${advisor.id}`,
    `/contact/${advisor.id}/write`,
    '/confirm/nothing',
    '/card',
    '/card/sent',
    `/contact/${advisor.id}/sent/nothing`,
    '/offline',
    '/my/enter',
    '/my/enter/nothing',
    '/posts',
    '/communes/39478-saint-claude',
    '/communes/25056-besancon',
    '/communes/75056-paris',
    '/posts?commune=39013',
    '/posts/un-nom-un-visage-un-numero',
    '/posts/travaux-a-arbois',
    '/posts/travaux-a-arbois/history',
    '/voices',
    '/posts/un-nom-un-visage-un-numero/comment',
    '/comments/nothing',
    `/comments/${comment.id}/report`,
    '/removed',
    '/figures',
    '/alerts',
    '/alerts?post=travaux-a-arbois',
    '/alerts/nothing',
    alertSentPath(testHouse(db), '', 'v@example.org').slice(1),
    '/callback/nothing',
    '/solved/nothing',
    '/nothing',
  ];
  return (['fr', 'en'] as const).flatMap((locale) => [
    ...open.map((path): [string, Record<string, string>] => [`/${locale}${path}`, {}]),
    ...signedIn.flatMap(({ headers, paths }) =>
      paths.map((path): [string, Record<string, string>] => [
        `/${locale}${path}${path.includes('?') ? '&' : '?'}as=${headers.Cookie.slice(-6)}`,
        headers,
      ]),
    ),
  ]);
}

test('every page of the route list is looked at', () => {
  const theirs = routes.filter(
    ({ method, path, access }) =>
      method === 'get' &&
      (access === 'anyone' || access === 'customer') &&
      !/^\/(api|workspace|staff|healthz|metrics)/.test(path) &&
      !/\/staff\//.test(path),
  );
  const bare = (path: string) => path.replace(LOCALE, '');
  const missing = theirs
    .map(({ path }) => bare(path))
    .filter((path) => !notPages.includes(path))
    .filter((path) => {
      const pattern = new RegExp(`^/fr${path.replace(/:\w+(\{[^}]*\})?/g, '[^/?]+')}(\\?.*)?$`);
      return ![...pages.keys()].some((each) => pattern.test(each));
    });
  expect(missing).toEqual([]);
});

describe('every page', () => {
  test('weighs at most 14 KB compressed, styles included, by either compression', () => {
    for (const [path, { html }] of pages) {
      // The browser's own bubbles speak its language, not the page's, and would hide our sentences.
      for (const [form] of html.matchAll(/<form[^>]*>/g)) expect(form, path).toContain('novalidate');
      expect(gzipSync(html).length, path).toBeLessThanOrEqual(mostBytes);
      expect(brotliCompressSync(html).length, path).toBeLessThanOrEqual(mostBytes);
    }
  });

  test('has no script but those that enlarge pictures and keep pages, 5 KB in all; asks nothing of any other site', async () => {
    const bytes = async (name: string) => gzipSync(await (await app.request(name)).text()).length;
    expect((await bytes('/enlarge.js')) + (await bytes('/offline.js'))).toBeLessThanOrEqual(5 * 1024);
    for (const [path, page] of pages) {
      const { elements } = page;
      const scripts = elements('script').map((each) => attribute(each, 'src'));
      const enlarges = elements('img').some((img) => attribute(img, 'src')?.startsWith('/image/'));
      const keeps = scripts.includes('/offline.js');
      expect(scripts, path).toEqual([...(enlarges ? ['/enlarge.js'] : []), ...(keeps ? ['/offline.js'] : [])]);
      for (const script of elements('script')) {
        expect(textOf(script), path).toBe('');
        // A page behind a session is never kept; the card in front of it is public.
        for (const kept of attribute(script, 'data-keep')?.split(' ') ?? []) expect(kept).not.toMatch(/\/(my|staff)/);
      }
      // What is said about a page in its head leads to its own address; links in a text lead where they lead.
      const html = page.html
        .replace(/<link rel="(canonical|alternate)" (hreflang="..")? ?href="http:\/\/localhost:8080\/[^>]*>/g, '')
        .replace(/<a (class="[^"]*" )?href="https?:[^>]*>/g, '');
      expect(html, path).not.toMatch(/\son\w+=|\sstyle=|(src|href)="(https?:)?\/\//);
    }
  });

  test('is well-formed', () => {
    for (const [path, { html }] of pages) {
      const errors: string[] = [];
      parse(html, { onParseError: ({ code, startLine, startCol }) => errors.push(`${code} ${startLine}:${startCol}`) });
      expect(errors, path).toEqual([]);
    }
  });

  test('says its language, has one h1, a main, and every id once', () => {
    for (const [path, page] of pages) {
      const [html] = page.elements('html');
      expect(html && attribute(html, 'lang'), path).toBe(path.slice(1, 3));
      expect(page.elements('h1').length, path).toBe(1);
      expect(page.elements('main').length, path).toBe(1);
      const ids = [...page.html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
      expect(new Set(ids).size, path).toBe(ids.length);
    }
  });

  test('has a label for every field, and a name for every picture and link', () => {
    for (const [path, page] of pages) {
      const labelled = page.elements('label').map((label) => attribute(label, 'for'));
      for (const field of [...page.elements('input'), ...page.elements('textarea')])
        if (attribute(field, 'type') !== 'hidden') expect(labelled, path).toContain(attribute(field, 'id'));
      for (const picture of page.elements('img')) {
        expect(attribute(picture, 'alt'), path).toBeDefined();
        expect(attribute(picture, 'width'), path).toBeDefined();
      }
      // A picture that enlarges is named by its own words.
      for (const link of page.elements('a'))
        if (attribute(link, 'class') !== 'enlarge') expect(textOf(link).trim(), path).not.toBe('');
    }
  });

  test('has a title of its own', () => {
    const titles = new Map<string, string>();
    for (const [path, { title, status }] of pages) {
      if (status !== 200 || path.includes('as=')) continue;
      expect(titles.get(title), `${path}: ${title}`).toBeUndefined();
      titles.set(title, path);
    }
  });

  test('shows the person or the free number as a number to touch', () => {
    for (const [path, { html }] of pages) expect(html, path).toMatch(/href="tel:\+33\d{9}"/);
  });
});
