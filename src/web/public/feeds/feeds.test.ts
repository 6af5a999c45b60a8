import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import RssParser from 'rss-parser';
import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../../test/app.ts';
import { testDatabase } from '../../../../test/database.ts';
import { type App, openPage } from '../../../../test/page.ts';
import { publishTestPost } from '../../../../test/posts.ts';
import { buildWorld } from '../../../../test/world.ts';
import { system } from '../../../desk/actor.ts';
import { newId } from '../../../desk/id.ts';
import { withdrawPost } from '../../../desk/posts/publish.ts';
import { projectRoot } from '../../../platform/root.ts';
import { xmlText } from './feed.ts';

// What writers of other programs make of our feeds: rss-parser stands on xml2js and sax, which forgive nothing.
const parser = new RssParser({
  customFields: { item: ['slash:comments', 'wfw:commentRss', ['dc:creator', 'by']], feed: ['id', 'updated'] },
});
const db = testDatabase();
let app: App;
beforeAll(async () => {
  await buildWorld(db);
  app = testApp(db);
});
/** Memory of the pages is as old as the clock. */
const nextPeriod = () => {
  db.clock.now = new Date(db.clock.now.getTime() + 11_000);
};
const feed = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await app.request(path, { headers });
  return { answer, body: await answer.text() };
};
const comment = (postId: string, text: string, name = 'Zoé', parentId: string | null = null) =>
  db.transact(async (tx) => {
    const id = newId();
    await tx.db
      .insertInto('comment')
      .values({
        id,
        postId,
        parentId,
        locale: 'fr',
        name,
        mail: 'zoe@example.org',
        text,
        writtenAt: tx.now,
        confirmedAt: tx.now,
        shownAt: tx.now,
        contentHash: Buffer.from(id),
      })
      .execute();
    return id;
  });

const nasty = [
  '<script>alert(1)</script>',
  ']]>',
  ']]&gt; <![CDATA[ & &amp; &#x0;',
  '\u202eevil\u202c \u2066bidi\u2069 שלום مرحبا',
  'a\u0000b\u0008c\u001bd\ufffee\ud800f',
  '𝕳𝖊𝖑𝖑𝖔 👩‍👩‍👧 Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮',
  "'; drop table post; --",
  '<img src=x onerror=alert(2)>',
  '<a href="javascript:alert(3)">lien</a>',
  "x' onmouseover='alert(4)",
  '<!--',
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>&b;',
  '=cmd|x!A1 %s%n {{7*7}}',
];
const corpus = join(projectRoot, '../shared/corpora/attacks');
const naughty = ['naughty-strings.txt', 'xss-payloads.txt']
  .map((name) => join(corpus, name))
  .filter(existsSync)
  .flatMap((path) => readFileSync(path, 'utf8').split('\n'))
  .filter((line) => line.trim() && !line.startsWith('#'));
const readable = (text: string) => xmlText(text).replace(/\s+/g, ' ').trim();

test('Atom and RSS say each title with its label, and come back from an independent parser as they were written', async () => {
  const { id, slug } = await publishTestPost(db, {
    genre: 'sponsored',
    paidBy: 'Câbles & Fils <SA>',
    texts: [
      { locale: 'fr', title: 'Un « titre » & <b>plus</b>', markdown: 'Avec [un lien](/fr/contact) & du **gras**.' },
    ],
  });
  await comment(id, 'Merci !');
  for (const ending of ['atom', 'rss']) {
    const { answer, body } = await feed(`/fr/feeds/posts.${ending}`);
    expect(answer.headers.get('content-type')).toContain(`application/${ending}+xml`);
    const read = await parser.parseString(body);
    expect(readable(read.title ?? '')).toBe('Nouvelles de Régie du Haut-Jura');
    const item = read.items.find((each) => each.link?.endsWith(slug));
    expect(readable(item?.title ?? '')).toBe(
      readable('Contenu payé par Câbles & Fils <SA> : Un « titre » & <b>plus</b>'),
    );
    expect(item?.content).toContain('href="http://localhost:8080/fr/contact"');
    expect(item?.isoDate).toBe(db.clock.now.toISOString());
    expect(item?.guid ?? Reflect.get(item ?? {}, 'id')).toMatch(/^tag:localhost,2026-11-23:post\/[\da-f-]{36}$/);
  }
  const rss = await parser.parseString((await feed('/fr/feeds/posts.rss')).body);
  const item = rss.items.find((each) => each.link?.endsWith(slug));
  expect(item?.['slash:comments']).toBe('1');
  expect(item?.['wfw:commentRss']).toBe(`http://localhost:8080/fr/posts/${slug}/comments.rss`);
  const atom = (await feed('/fr/feeds/posts.atom')).body;
  expect(atom).toContain('xmlns:thr="http://purl.org/syndication/thread/1.0"');
  expect(atom).toMatch(/rel="replies"[^>]*thr:count="1"/);
});

test('every naughty string survives in titles and comments, in both formats, and stays text', async () => {
  const all = [...nasty, ...naughty.slice(0, 700)].map((text) => text.slice(0, 180));
  const titled = all.filter((text) => text.trim() && readable(text)).slice(0, 40);
  const posts = [];
  for (const title of titled.slice(0, 20))
    posts.push(await publishTestPost(db, { texts: [{ locale: 'fr', title, markdown: title }] }).catch(() => null));
  const { id, slug } = await publishTestPost(db, { texts: [{ locale: 'fr', title: 'Conversation', markdown: '.' }] });
  nextPeriod();
  for (let from = 0; from < all.length; from += 28) {
    const part = all.slice(from, from + 28).filter((text) => readable(text.replaceAll('\u0000', '')));
    await db.database.pool.query('delete from comment where post_id = $1', [id]);
    for (const text of part)
      await comment(
        id,
        text.replaceAll('\u0000', '').toWellFormed(),
        `${text.slice(0, 40).replaceAll('\u0000', '').toWellFormed() || 'x'}`,
      );
    nextPeriod();
    for (const ending of ['atom', 'rss']) {
      const read = await parser.parseString((await feed(`/fr/posts/${slug}/comments.${ending}`)).body);
      expect(read.items).toHaveLength(part.length);
      const said = read.items.map((item) => readable(textOf(item.content ?? '')));
      for (const text of part) expect(said).toContain(readable(text.replaceAll('\u0000', '')));
    }
  }
  for (const ending of ['atom', 'rss']) {
    const read = await parser.parseString((await feed(`/fr/feeds/posts.${ending}`)).body);
    expect(read.items.length).toBeGreaterThan(10);
    for (const item of read.items) expect(item.content ?? '').not.toMatch(/<script|\son\w+\s*=\s*"|javascript:[^<]*"/i);
  }
}, 60_000);

/** The text a feed reader shows for the HTML of a comment. */
function textOf(html: string): string {
  return html
    .replace(/<br>/g, '\n')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}

test('a reader that has the newest gets 304, by ETag and by date', async () => {
  const { slug } = await publishTestPost(db, { texts: [{ locale: 'fr', title: 'Rien de neuf', markdown: '.' }] });
  nextPeriod();
  const path = `/fr/posts/${slug}/comments.atom`;
  const { answer } = await feed(path);
  const etag = answer.headers.get('etag') ?? '';
  const modified = answer.headers.get('last-modified') ?? '';
  expect((await feed(path, { 'If-None-Match': etag })).answer.status).toBe(304);
  expect((await feed(path, { 'If-None-Match': `W/${etag}` })).answer.status).toBe(304);
  expect((await feed(path, { 'If-Modified-Since': modified })).answer.status).toBe(304);
  expect((await feed(path, { 'If-None-Match': '"old"', 'If-Modified-Since': modified })).answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toMatch(/max-age=50/);
});

test('hidden and withdrawn text is gone from every feed within one cache period, also for readers who ask by date', async () => {
  const { id, slug } = await publishTestPost(db, {
    texts: [{ locale: 'fr', title: 'Sujet', markdown: 'Texte sensible' }],
  });
  const bad = await comment(id, 'HORRIBLE');
  db.clock.now = new Date(db.clock.now.getTime() + 60_000);
  await comment(id, 'Après');
  nextPeriod();
  const paths = ['atom', 'rss'].flatMap((ending) => [
    `/fr/posts/${slug}/comments.${ending}`,
    `/fr/feeds/comments.${ending}`,
  ]);
  const before = new Map<string, string>();
  for (const path of paths) {
    const { answer, body } = await feed(path);
    expect(body).toContain('HORRIBLE');
    before.set(path, answer.headers.get('last-modified') ?? '');
  }
  await db.transact((tx) => tx.db.updateTable('comment').set({ hiddenAt: tx.now }).where('id', '=', bad).execute());
  nextPeriod();
  for (const path of paths) {
    const { answer, body } = await feed(path, { 'If-Modified-Since': before.get(path) ?? '' });
    expect(answer.status).toBe(200);
    expect(body).not.toContain('HORRIBLE');
    expect(body).toContain('Après');
  }
  expect((await openPage(app, `/fr/posts/${slug}`)).html).not.toContain('HORRIBLE');
  await db.transact((tx) => withdrawPost(tx, system, id, 'Erreur.'));
  nextPeriod();
  for (const path of [
    '/fr/feeds/posts.atom',
    '/en/feeds/posts.rss',
    '/fr/feeds/communes/39478.rss',
    '/fr/feeds/comments.atom',
  ])
    expect((await feed(path)).body).not.toMatch(/Texte sensible|Après/);
  expect((await feed(`/fr/posts/${slug}/comments.atom`)).answer.status).toBe(404);
});

test('a reply says what it answers (RFC 4685), and an answer of the operator says so', async () => {
  const { id, slug } = await publishTestPost(db, { texts: [{ locale: 'fr', title: 'Fil', markdown: '.' }] });
  const first = await comment(id, 'Question');
  await comment(id, 'Réponse', 'Yann', first);
  const { body } = await feed(`/fr/posts/${slug}/comments.atom`);
  expect(body).toMatch(new RegExp(`<thr:in-reply-to ref="tag:localhost,2026-01-01:comment/${first}"`));
  expect(body).toMatch(new RegExp(`<thr:in-reply-to ref="tag:localhost,2026-11-23:post/${id}"`));
});

test('somebody whose browser opens a feed reads what it is, and pages announce their feeds', async () => {
  const { slug } = await publishTestPost(db, { texts: [{ locale: 'fr', title: 'À suivre', markdown: '.' }] });
  for (const path of ['/fr/feeds/posts.atom', `/fr/posts/${slug}/comments.rss`, '/en/feeds/communes/39478.atom']) {
    const page = await openPage(app, path, { 'Sec-Fetch-Dest': 'document' });
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.text).toMatch(/Ceci est un flux|This is a feed/);
    expect(page.headers.get('vary')).toContain('Sec-Fetch-Dest');
    expect((await feed(`${path}?raw`, { 'Sec-Fetch-Dest': 'document' })).body).toMatch(/^<\?xml/);
  }
  const page = await openPage(app, `/fr/posts/${slug}`);
  for (const type of ['atom', 'rss'])
    expect(page.html).toContain(`type="application/${type}+xml" title="Commentaires sur «`);
  expect(page.html).toContain(`href="/fr/posts/${slug}/comments.atom"`);
});

test('no feed is there for what does not exist', async () => {
  for (const path of [
    '/fr/feeds/posts.xml',
    '/fr/feeds/other.atom',
    '/fr/feeds/communes/99999.atom',
    '/fr/posts/none/comments.atom',
  ])
    expect((await feed(path)).answer.status).toBe(404);
});
