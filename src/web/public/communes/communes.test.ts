import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../../test/app.ts';
import { testDatabase } from '../../../../test/database.ts';
import { type App, attribute, openPage } from '../../../../test/page.ts';
import { buildWorld, type World } from '../../../../test/world.ts';

const db = testDatabase();
let app: App;
let world: World;

beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
});

describe('the page of a commune', () => {
  test('says who serves it, their number, hours, office and backups', async () => {
    const page = await openPage(app, '/fr/communes/39478-saint-claude');
    expect(page.status).toBe(200);
    expect(page.title).toBe('Saint-Claude : qui vous répond · Régie du Haut-Jura');
    for (const words of ['Ana Perrin', '1 rue du Pré', 'Bruno Cattin', 'Chloé Vuillemin', 'lundi'])
      expect(page.text.toLowerCase()).toContain(words.toLowerCase());
    expect(page.html).toContain('href="tel:+33353010010"');
    expect(page.html).toContain(`href="/fr/contact/${world.ana}/write?commune=39478"`);
    expect(page.headers.get('cache-control')).toContain('public');
  });

  test('has one address in each language; every other way leads to it', async () => {
    for (const place of ['39478', '39478-saint_claude', '39478-anything-else']) {
      const answer = await app.request(`/en/communes/${place}`);
      expect([answer.status, answer.headers.get('location')]).toEqual([301, '/en/communes/39478-saint-claude']);
    }
    const page = await openPage(app, '/fr/communes/39478-saint-claude');
    const links = page.elements('link').map((link) => [attribute(link, 'rel'), attribute(link, 'href')]);
    expect(links).toContainEqual(['canonical', 'http://localhost:8080/fr/communes/39478-saint-claude']);
    expect(links).toContainEqual(['alternate', 'http://localhost:8080/en/communes/39478-saint-claude']);
  });

  test('exists for Corsica, overseas, and by the code from before a merger', async () => {
    expect((await openPage(app, '/fr/communes/2A004-ajaccio')).status).toBe(200);
    expect((await openPage(app, '/fr/communes/97411-saint-denis')).status).toBe(200);
    const former = await db.database.kysely.selectFrom('formerCommune').selectAll().limit(1).executeTakeFirstOrThrow();
    const answer = await app.request(`/fr/communes/${former.insee}`);
    expect(answer.headers.get('location')).toMatch(`/fr/communes/${former.communeInsee}-`);
  });

  test('is honest where there is no network, keeps out of search engines, and names nobody', async () => {
    const page = await openPage(app, '/fr/communes/75056-paris');
    expect(page.text).toContain('pas encore de réseau à Paris');
    expect(page.text).not.toContain('Ana Perrin');
    expect(page.html).toContain('<meta name="robots" content="noindex"/>');
  });

  test('does not exist for what is no commune', async () => {
    for (const place of ['00000', 'saint-claude', "39478'", '394780', '3947'])
      expect((await openPage(app, `/fr/communes/${place}`)).status, place).toBe(404);
  });
});

describe('search engines', () => {
  test('find every served commune in both languages, and no other', async () => {
    const listed = async (path: string) =>
      [...(await (await app.request(path)).text()).matchAll(/<loc>([^<]+)<\/loc>/g)].map((found) => found[1] ?? '');
    const lists = await listed('/sitemap.xml');
    const addresses = (await Promise.all(lists.map((list) => listed(new URL(list).pathname)))).flat();
    expect(addresses.filter((each) => each.includes('/communes/'))).toEqual([
      'http://localhost:8080/fr/communes/39478-saint-claude',
      'http://localhost:8080/en/communes/39478-saint-claude',
    ]);
    for (const address of addresses) expect((await app.request(new URL(address).pathname)).status, address).toBe(200);
  });

  test('are told where the list is, and what is private', async () => {
    const text = await (await app.request('/robots.txt')).text();
    expect(text).toContain('Sitemap: http://localhost:8080/sitemap.xml');
    expect(text).toContain('Disallow: /fr/my');
    expect((await app.request('/sitemap-de.xml')).status).toBe(404);
  });
});
