import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { testHouse } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { type App, openPage, readPage, sendAndGoOn, sendForm } from '../../../test/page.ts';
import { publishTestPost } from '../../../test/posts.ts';
import { transactBy } from '../../../test/transact.ts';
import { buildWorld, type World } from '../../../test/world.ts';
import { createApp } from '../../app.ts';
import type { House } from '../../desk/house.ts';
import { openDatabase } from '../../platform/db/database.ts';

const db = testDatabase();
let house: House;
let app: App;
let world: World;

beforeAll(async () => {
  world = await buildWorld(db);
  house = testHouse(db);
  app = createApp(house);
});

/** The same house with a database that has gone away. */
async function whileDatabaseIsDown(work: () => Promise<void>): Promise<void> {
  const { db: good, transact } = house;
  const gone = openDatabase<never>('postgresql://visavis@127.0.0.1:9/nowhere');
  house.db = gone.kysely as unknown as House['db'];
  const fails = () => Promise.reject(new Error('the database is away'));
  house.transact = transactBy(fails);
  await work().finally(async () => {
    Object.assign(house, { db: good, transact });
    await gone.close();
  });
}

describe('a page that is not there', () => {
  test('is one sentence, a number to touch and a way back, in the language of the address', async () => {
    const page = await openPage(app, '/en/nothing');
    expect(page.status).toBe(404);
    expect(page.text).toContain('This page does not exist');
    expect(page.html).toContain('href="tel:+33353010000"');
    expect(page.html).toContain('href="/en"');
  });

  test('stays a problem document for programs', async () => {
    for (const path of ['/api/v1/nothing', '/fr/nothing']) {
      const accept = path.startsWith('/api') ? 'text/html' : 'application/json';
      const answer = await app.request(path, { headers: { Accept: accept } });
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
    }
  });
});

test('a form that another site sent, or that was cut off on its way, gets a page with a sentence', async () => {
  const post = async (headers: Record<string, string>, body: string) =>
    readPage(
      await app.request('/fr/contact/write', { method: 'POST', headers: { Accept: 'text/html', ...headers }, body }),
    );
  const elsewhere = { Origin: 'https://other.example', 'Content-Type': 'application/x-www-form-urlencoded' };
  const foreign = await post(elsewhere, 'text=Gagnez+un+lot');
  expect([foreign.status, foreign.title]).toEqual([403, expect.stringContaining('Envoi venu d’un autre site')]);
  expect(foreign.text).toContain('Ouvrez la page ici');
  expect(foreign.text).not.toContain('Gagnez');
  const cutOff = { Origin: 'http://localhost:8080', 'Content-Type': 'multipart/form-data; boundary=lost' };
  const broken = await app.request('/fr/card', {
    method: 'POST',
    headers: { Accept: 'text/html', ...cutOff },
    body: '--los',
  });
  expect(broken.status).toBe(400);
  expect(await broken.text()).toContain('Renvoyez-le entier');
});

describe('while the database is down', () => {
  test('a public page that was shown before is shown again; another says what to do', async () => {
    const good = await openPage(app, '/fr/contact?postcode=39200');
    expect(good.text).toContain('Ana Perrin');
    await whileDatabaseIsDown(async () => {
      const stale = await openPage(app, '/fr/contact?postcode=39200');
      expect(stale.status).toBe(200);
      expect(stale.html).toBe(good.html);
      expect(stale.headers.get('warning')).toContain('110');
      const other = await openPage(app, '/fr/contact?postcode=39100');
      expect(other.status).toBe(500);
      expect(other.text).toContain('Rien n’a été modifié. Réessayez dans une minute, ou appelez le 03 53 01 00 00.');
    });
  });

  test('a feed that was read before is given again, however old, and tells programs when it was made', async () => {
    const read = () => app.request('/fr/feeds/posts.atom');
    const good = await read();
    expect(good.status).toBe(200);
    const body = await good.text();
    db.clock.now = new Date(db.clock.now.getTime() + 3_600_000);
    await whileDatabaseIsDown(async () => {
      const stale = await read();
      expect(stale.status).toBe(200);
      expect(stale.headers.get('etag')).toBe(good.headers.get('etag'));
      expect(await stale.text()).toBe(body);
      expect((await app.request('/fr/feeds/comments.atom')).status).toBe(500);
    });
  });

  test('who takes it packed and who takes it plain are given the same, also when only the other asked before', async () => {
    const packed = { headers: { 'Accept-Encoding': 'gzip' } };
    const unpacked = async (answer: Response) => {
      expect(answer.headers.get('content-encoding')).toBe('gzip');
      return gunzipSync(Buffer.from(await answer.arrayBuffer())).toString();
    };
    const [plainFirst, packedFirst] = ['/en/feeds/posts.atom', '/en/feeds/posts.rss'];
    const plain = await (await app.request(plainFirst)).text();
    expect(plain).toContain('<feed');
    const rss = await unpacked(await app.request(packedFirst, packed));
    // Again, from memory.
    expect(await unpacked(await app.request(packedFirst, packed))).toBe(rss);
    db.clock.now = new Date(db.clock.now.getTime() + 3_600_000);
    await whileDatabaseIsDown(async () => {
      expect(await unpacked(await app.request(plainFirst, packed))).toBe(plain);
      const fromPacked = await app.request(packedFirst);
      expect([fromPacked.status, fromPacked.headers.get('content-encoding'), await fromPacked.text()]).toEqual([
        200,
        null,
        rss,
      ]);
    });
  });

  test('a comment that cannot be stored comes back with its text, and can be sent afterwards', async () => {
    const { slug } = await publishTestPost(db, { texts: [{ locale: 'fr', title: 'Un sujet', markdown: 'Texte.' }] });
    const path = `/fr/posts/${slug}/comment`;
    const { fields } = await openPage(app, path);
    db.clock.now = new Date(db.clock.now.getTime() + 20_000);
    const typed = {
      ...fields,
      text: 'Dix minutes de travail.',
      name: 'Zoé',
      mail: 'zoe@example.org',
      asks: '',
      publicly: '',
    };
    let kept: Record<string, string> = {};
    await whileDatabaseIsDown(async () => {
      const back = await sendForm(app, path, typed);
      expect(back.status).toBeGreaterThanOrEqual(500);
      expect(JSON.stringify(back.fields)).toContain('Dix minutes de travail.');
      kept = back.fields;
    });
    expect((await sendForm(app, path, { ...typed, ...kept })).text).toContain('zoe@example.org');
    const stored = await db.database.kysely
      .selectFrom('comment')
      .where('mail', '=', 'zoe@example.org')
      .select('text')
      .execute();
    expect(stored).toEqual([{ text: 'Dix minutes de travail.' }]);
  });

  test('a private page is never shown from memory', async () => {
    await whileDatabaseIsDown(async () => {
      const page = await openPage(app, '/fr/my', { Cookie: `visavis-customer=${'a'.repeat(43)}` });
      expect(page.status).toBe(500);
      expect(page.headers.get('cache-control')).toBe('private, no-store');
    });
  });

  test('a message that cannot be stored comes back with its text, and can be sent afterwards', async () => {
    const path = `/fr/contact/${world.ana}/write`;
    const { fields } = await openPage(app, path);
    db.clock.now = new Date(db.clock.now.getTime() + 20_000);
    const typed = { ...fields, text: 'Le poteau penche.', name: 'Odile', mail: 'odile@example.org' };
    await whileDatabaseIsDown(async () => {
      const back = await sendForm(app, path, typed);
      expect(back.status).toBeGreaterThanOrEqual(500);
      expect(JSON.stringify(back.fields)).toContain('Le poteau penche.');
    });
    expect((await sendAndGoOn(app, path, typed)).text).toContain('Nous avons écrit à odile@example.org');
  });
});

test('a request too heavy to read is refused with a sentence, before it is read', async () => {
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)),
  });
  const path = `/fr/contact/${world.ana}/write`;
  const headers = {
    Accept: 'text/html',
    'Content-Type': 'multipart/form-data; boundary=x',
    'Transfer-Encoding': 'chunked',
  };
  const page = await readPage(
    await app.request(path, { method: 'POST', body, headers, duplex: 'half' } as RequestInit),
  );
  expect(page.status).toBe(413);
  expect(page.text).toContain('Gardez au plus 25 Mo de pièces.');
});

test('every page refuses scripts, frames and other sites', async () => {
  const page = await readPage(await app.request('/fr', { headers: { Accept: 'text/html' } }));
  const policy = page.headers.get('content-security-policy') ?? '';
  for (const part of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"])
    expect(policy).toContain(part);
  expect(policy).not.toMatch(/unsafe/);
  // The one optional script is our own; a page that keeps nothing allows none.
  expect(policy).toMatch(/script-src 'self'$/);
  const form = await readPage(await app.request('/fr/card', { headers: { Accept: 'text/html' } }));
  expect(form.headers.get('content-security-policy')).not.toMatch(/script-src|unsafe/);
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
});
