import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serve } from '@hono/node-server';
import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { plantDemo } from '../src/desk/demo/plant.ts';
import { testHouse } from './app.ts';
import { launchBrowser } from './browser.ts';
import { testDatabase } from './database.ts';
import { suiteNeeding } from './servers/needs.ts';
import { serverFolder } from './servers/private-server.ts';

const db = testDatabase();
let app: ReturnType<typeof createApp>;
let server: ReturnType<typeof serve>;
let origin: string;
let advisor: { id: string; mail: string };
/** What nobody may find by reading pages: addresses of advisors, of the staff, and of customers. */
let secret: Set<string>;

beforeAll(async () => {
  await db.transact((tx) => plantDemo(tx, { now: tx.now, seed: 39, customers: 300 }));
  app = createApp(testHouse(db));
  origin = await new Promise((resolve) => {
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) =>
      resolve(`http://127.0.0.1:${port}`),
    );
  });
  const { kysely } = db.database;
  const advisors = await kysely.selectFrom('advisor').select(['id', 'mail']).execute();
  const staff = await kysely.selectFrom('staff').select('email').execute();
  const points = await kysely.selectFrom('contactPoint').where('kind', '=', 'mail').select('value').execute();
  advisor = advisors[0]!;
  secret = new Set(
    [...advisors.map(({ mail }) => mail), ...staff.map(({ email }) => email), ...points.map(({ value }) => value)].map(
      (each) => each.toLowerCase(),
    ),
  );
}, 180_000);
afterAll(() => {
  server?.close();
});

const ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const ALIAS = /^[a-z0-9-]+-\d{4}-[a-z2-7]{6}@/;
const MOST_PAGES = 200;

/** Everything a harvester reads: bytes, decoded references, attributes and texts of the document. */
function readings(body: string, html: boolean): string {
  if (!html) return body;
  const texts: string[] = [body];
  const walk = (node: Tree.Node) => {
    if ('value' in node && typeof node.value === 'string') texts.push(node.value);
    if ('attrs' in node)
      texts.push(...node.attrs.map(({ value }) => decodeURIComponent(value.replace(/%(?![\da-f]{2})/gi, '%25'))));
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  walk(parse(body));
  return texts.join('\n');
}

const addressesIn = (text: string) => [...new Set((text.match(ADDRESS) ?? []).map((each) => each.toLowerCase()))];

/** Follows every link from the home pages, the lists for search engines, feeds and cards included. */
async function crawl(): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const waiting = ['/fr', '/en', '/sitemap.xml', '/sitemap-fr.xml', `/fr/contact/${advisor.id}`];
  for (let path = waiting.shift(); path !== undefined && found.size < MOST_PAGES; path = waiting.shift()) {
    if (found.has(path)) continue;
    const answer = await app.request(path, { headers: { Accept: 'text/html' } });
    const body = await answer.text();
    found.set(path, addressesIn(readings(body, (answer.headers.get('content-type') ?? '').includes('html'))));
    const links = [...body.matchAll(/(?:href|src)="(\/[^"#]*)"|<loc>https?:\/\/[^/]+(\/[^<]*)<\/loc>/g)];
    for (const [index, [, link, listed]] of links.entries()) {
      const next = (link ?? listed ?? '').replaceAll('&amp;', '&');
      // A thousand communes are listed; some of them are enough.
      if (listed === undefined || index % 40 === 0) waiting.push(next);
    }
  }
  return found;
}

describe('a harvester', () => {
  test('that reads bytes, references, attributes and texts of every public page finds at most aliases', async () => {
    const found = await crawl();
    expect(found.size).toBeGreaterThan(100);
    for (const kind of [/\/contact\/[\w-]+$/, /\.vcf$/, /\.svg$/, /\.atom$/, /\.ics$/, /\/communes\//, /\/posts\//])
      expect(
        [...found.keys()].some((path) => kind.test(path)),
        String(kind),
      ).toBe(true);
    for (const [path, addresses] of found)
      expect(
        addresses.filter((each) => secret.has(each)),
        path,
      ).toEqual([]);
    const mail = [...found].filter(([path]) => path.includes('/contact/')).flatMap(([, addresses]) => addresses);
    expect(mail.length).toBeGreaterThan(0);
    for (const each of mail) expect(each).toMatch(ALIAS);
  });

  test('finds nothing that looks like an address in the bytes of a contact page', async () => {
    const bytes = await (await app.request(`/fr/contact/${advisor.id}`)).text();
    expect(bytes.match(ADDRESS)).toBeNull();
    expect(bytes).not.toContain('mailto:');
  });

  test('with a whole browser finds the alias of this month, and not the address that lasts', async () => {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(`${origin}/fr/contact/${advisor.id}`);
      // biome-ignore lint/performance/useDomNodeTextContent: what is on one line for people must not run together here.
      const shown = addressesIn(`${await page.innerText('body')}\n${await page.content()}`);
      expect(shown).toHaveLength(1);
      expect(shown[0]).toMatch(ALIAS);
      const name = await page.getByRole('link', { name: shown[0] ?? '' }).getAttribute('href');
      expect(name).toBe(`mailto:${shown[0]}`);
    } finally {
      await browser.close();
    }
  }, 60_000);
});

suiteNeeding(['w3m'], 'a person in a text browser', () => {
  // Without a language a terminal shows question marks for accents.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  // Not execFileSync: the server it reads from is in this very process.
  const w3m = async (...args: string[]) =>
    (await promisify(execFile)('w3m', ['-dump', '-cols', '100', ...args], { timeout: 20_000, env })).stdout;

  test('gets the lasting address in two steps: open the page, press the button', async () => {
    const page = await w3m(`${origin}/fr/contact/${advisor.id}`);
    expect(page).toContain('Afficher l’adresse');
    expect(page).not.toContain(advisor.mail);
    const nothing = join(serverFolder('w3m'), 'form');
    writeFileSync(nothing, '');
    expect(await w3m('-post', nothing, `${origin}/fr/contact/${advisor.id}/address`)).toContain(advisor.mail);
  });
});
