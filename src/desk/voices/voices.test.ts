import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { buildWorld } from '../../../test/world.ts';
import { fetchPublic } from '../../platform/outside/fetch-public.ts';
import { isPublicAddress, type MayConnect } from '../../platform/outside/public-address.ts';
import { system } from '../actor.ts';
import { allVoices, latestVoices } from '../views/voices.ts';
import { refreshVoice, refreshVoices } from './refresh.ts';
import { addVoice, removeVoice } from './voices.ts';

// One outside server on loopback, which only these tests may reach: `here` allows it, the product never does.
const db = testDatabase();
let server: Server;
let asked: string[] = [];
let answer: RequestListener;
let port: number;
const here: MayConnect = (address, to) => address === '127.0.0.1' && to === port;
const house = () => ({ db: db.database.kysely, clock: () => db.clock.now, transact: db.transact });

beforeAll(async () => {
  await buildWorld(db);
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
const url = (path = '/feed') => `http://127.0.0.1:${port}${path}`;
const serve =
  (body: string | Buffer, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/xml', ...headers });
    response.end(body);
  };
const added = async (path: string) => {
  const voice = await db.transact((tx) => addVoice(tx, system, { url: url(path), name: '', communeInsee: null }));
  if (!voice.ok) throw new Error(voice.why);
  return voice.id;
};
const voiceOf = async (id: string) => (await allVoices(db.database.kysely)).find((each) => each.id === id);

test.each([
  '127.0.0.1',
  '127.1.2.3',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.3.4',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  'fe80::1',
  'fd00::1',
  'fc00::1',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:a00:1',
  '64:ff9b::a00:1',
  '2002:7f00:1::',
  '2001:db8::1',
  'not an address',
])('nothing connects to %s', (address) => {
  expect(isPublicAddress(address, 443)).toBe(false);
});

test('public addresses are reached at the ports of the web only', () => {
  expect(isPublicAddress('93.184.215.14', 443)).toBe(true);
  expect(isPublicAddress('2606:4700::1111', 80)).toBe(true);
  expect(isPublicAddress('93.184.215.14', 22)).toBe(false);
  expect(isPublicAddress('93.184.215.14', 5432)).toBe(false);
});

test.each([
  ['an address of this machine', () => url()],
  ['the same in other spellings', () => `http://2130706433:${port}/`],
  ['octal', () => `http://0177.0.0.1:${port}/`],
  ['hexadecimal', () => `http://0x7f.1:${port}/`],
  ['IPv6', () => `http://[::1]:${port}/`],
  ['IPv4 inside IPv6', () => `http://[::ffff:127.0.0.1]:${port}/`],
  ['a name that means this machine', () => `http://localhost:${port}/`],
  ['a name below localhost', () => `http://feed.localhost:${port}/`],
  ['a file', () => 'file:///etc/passwd'],
  ['another protocol', () => 'gopher://127.0.0.1:70/'],
  ['a password in the address', () => 'http://user:secret@example.org/'],
])('%s is refused, and nothing is asked of it', async (_, address) => {
  asked = [];
  const fetched = await fetchPublic(address());
  expect(fetched.kind).toBe('failed');
  expect(asked).toEqual([]);
});

test('a redirect into our own network is refused, however it is spelled', async () => {
  for (const to of [
    'http://127.0.0.2/',
    'http://[::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'file:///etc/passwd',
  ]) {
    answer = (_, response) => response.writeHead(302, { Location: to }).end();
    expect(await fetchPublic(url('/away'), { mayConnect: here })).toEqual({ kind: 'failed', why: 'refused' });
  }
});

test('a name that stands for another address a moment later, or for two, leads nowhere but to what was checked', async () => {
  const hidden = createServer((request, response) => {
    asked.push(`hidden ${request.url}`);
    response.end('secret');
  });
  await new Promise<void>((done) => hidden.listen(port, '127.0.0.2', done));
  let answers: string[][] = [];
  let looked = 0;
  const fetchNamed = (mayConnect: MayConnect = here) =>
    fetchPublic(`http://rebinding.example:${port}/first`, {
      mayConnect,
      lookUp: (_, __, done) => {
        const addresses = answers[Math.min(looked++, answers.length - 1)] ?? [];
        done(
          null,
          addresses.map((address) => ({ address, family: 4 })),
        );
      },
    });
  try {
    answer = serve(atom);
    answers = [['127.0.0.1'], ['127.0.0.2']];
    asked = [];
    // Asked once: the address that was checked is the one connected to, whatever the name says next.
    expect((await fetchNamed()).kind).toBe('fetched');
    expect(looked).toBe(1);
    expect(asked).toEqual(['/first']);
    // A new connection after a redirect asks again, and is checked again.
    looked = 0;
    answer = (_, response) => response.writeHead(302, { Location: '/second', Connection: 'close' }).end();
    expect(await fetchNamed()).toEqual({ kind: 'failed', why: 'refused' });
    expect(looked).toBe(2);
    // One good address does not carry a bad one along.
    looked = 0;
    answers = [['127.0.0.1', '127.0.0.2']];
    expect(await fetchNamed()).toEqual({ kind: 'failed', why: 'refused' });
    expect(asked).toEqual(['/first', '/first']);
    // The hidden server was there to be found: without the check it answers.
    looked = 0;
    answers = [['127.0.0.2']];
    expect((await fetchNamed(() => true)).kind).toBe('fetched');
    expect(asked.at(-1)).toBe('hidden /first');
  } finally {
    hidden.closeAllConnections();
    hidden.close();
  }
});

test('redirects without end, bombs, endless and silent answers all end, each with its reason', async () => {
  answer = (_, response) => response.writeHead(302, { Location: '/again' }).end();
  expect(await fetchPublic(url(), { mayConnect: here })).toEqual({ kind: 'failed', why: 'redirects' });
  answer = serve(gzipSync(Buffer.alloc(20_000_000, 'a')), { 'Content-Encoding': 'gzip' });
  expect(await fetchPublic(url(), { mayConnect: here })).toEqual({ kind: 'failed', why: 'too_large' });
  answer = (_, response) => {
    const timer = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(timer));
  };
  expect(await fetchPublic(url(), { mayConnect: here, withinMs: 300 })).toEqual({ kind: 'failed', why: 'too_slow' });
  answer = () => undefined;
  expect(await fetchPublic(url(), { mayConnect: here, withinMs: 300 })).toEqual({ kind: 'failed', why: 'too_slow' });
  answer = (request) => request.socket.destroy();
  expect(await fetchPublic(url(), { mayConnect: here })).toEqual({ kind: 'failed', why: 'unreachable' });
  answer = (_, response) => response.writeHead(500).end('no');
  expect(await fetchPublic(url(), { mayConnect: here })).toEqual({ kind: 'failed', why: 'status' });
});

const atom = `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
  <title type="html">Le blog du village &amp;amp; d’ailleurs</title><id>tag:x,2026:1</id><updated>2026-11-20T10:00:00Z</updated>
  <link href="https://blog.example.org/"/>
  <entry><id>tag:x,2026:2</id><title>La fibre</title><link href="/fibre"/><published>2026-11-20T10:00:00Z</published><updated>2026-11-20T10:00:00Z</updated>
  <content type="html">&lt;p onclick="x()"&gt;Du &lt;b&gt;texte&lt;/b&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src="https://track.example.org/x.gif"&gt; &lt;a href="javascript:alert(1)"&gt;a&lt;/a&gt; &lt;a href="https://blog.example.org/b"&gt;b&lt;/a&gt;&lt;/p&gt;</content></entry></feed>`;

test('a blog appears under its own name, its words untouched and its scripts and trackers gone', async () => {
  answer = serve(atom, { ETag: '"v1"' });
  const id = await added('/atom');
  await refreshVoice(house(), id, here);
  const voice = await voiceOf(id);
  expect(voice).toMatchObject({
    name: 'Le blog du village & d’ailleurs',
    siteUrl: 'https://blog.example.org/',
    failingSince: null,
  });
  expect(voice?.entries).toMatchObject([
    {
      title: 'La fibre',
      link: `${url('')}/fibre`,
      html: '<p>Du <b>texte</b> <a rel="noopener nofollow">a</a> <a href="https://blog.example.org/b" rel="noopener nofollow">b</a></p>',
    },
  ]);
});

test('what has not changed is not read again, and what was corrected at its source is corrected here', async () => {
  const id = await added('/changing');
  answer = serve(atom, { ETag: '"v1"' });
  await refreshVoice(house(), id, here);
  const conditions: (string | undefined)[] = [];
  answer = (request, response) => {
    conditions.push(request.headers['if-none-match']);
    response.writeHead(304).end();
  };
  await refreshVoice(house(), id, here);
  expect(conditions).toEqual(['"v1"']);
  expect((await voiceOf(id))?.entries).toHaveLength(1);
  answer = serve(atom.replace('La fibre', 'La fibre arrive'));
  await refreshVoice(house(), id, here);
  expect((await voiceOf(id))?.entries.map(({ title }) => title)).toEqual(['La fibre arrive']);
});

test.each([
  [
    'RSS 2.0 with windows-1252 and no declared charset outside',
    Buffer.from(
      '<?xml version="1.0" encoding="windows-1252"?><rss version="2.0"><channel><title>\xc9cole</title><link>https://e.example.org</link><item><title>\xe9t\xe9</title><description>\x93a\x94</description></item></channel></rss>',
      'latin1',
    ),
    'École',
    'été',
  ],
  [
    'RSS with an unescaped & and blank lines in front',
    '\n\n<rss version="2.0"><channel><title>A & B</title><item><title>Pain & beurre</title><link>https://e.example.org/1</link></item></channel></rss>',
    'A & B',
    'Pain & beurre',
  ],
  [
    'RSS 0.91 without version or dates',
    '<rss><channel><title>Vieux</title><item><title>Un</title></item></channel></rss>',
    'Vieux',
    'Un',
  ],
  [
    'RDF',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>R</title><link>https://e.example.org</link></channel><item rdf:about="https://e.example.org/1"><title>D</title><link>https://e.example.org/1</link></item></rdf:RDF>',
    'R',
    'D',
  ],
  [
    'a feed cut off in the middle',
    '<rss version="2.0"><channel><title>Coupé</title><item><title>Un</title></item><item><title>De',
    'Coupé',
    'Un',
  ],
  [
    'control characters and a byte order mark',
    '\ufeff<rss version="2.0"><channel><title>C\u0001</title><item><title>T\u0008i</title></item></channel></rss>',
    'C',
    'Ti',
  ],
  [
    'an entry with HTML for a title',
    '<rss version="2.0"><channel><title>H</title><item><title>&lt;b&gt;Gras&lt;/b&gt;&lt;script&gt;x&lt;/script&gt;</title></item></channel></rss>',
    'H',
    'Gras',
  ],
  [
    'a JSON feed',
    '{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1","title":"Un","content_text":"x"}]}',
    'J',
    'Un',
  ],
])('%s is read', async (name, body, title, first) => {
  answer = serve(body as string | Buffer);
  const id = await added(`/wild/${encodeURIComponent(name)}`);
  await refreshVoice(house(), id, here);
  const voice = await voiceOf(id);
  expect(voice).toMatchObject({ name: title, failingWhy: null });
  expect(voice?.entries.map((entry) => entry.title)).toContain(first);
});

test('when a voice no longer answers its texts stay and the reason is said, until it answers again', async () => {
  answer = serve(atom);
  const id = await added('/failing');
  await refreshVoice(house(), id, here);
  const since = db.clock.now;
  answer = serve('<html><body>Déménagé</body></html>');
  await refreshVoice(house(), id, here);
  expect(await voiceOf(id)).toMatchObject({
    failingSince: since,
    failingWhy: 'not_a_feed',
    entries: [{ title: 'La fibre' }],
  });
  db.clock.now = new Date(since.getTime() + 4 * 3_600_000);
  answer = (request) => request.socket.destroy();
  await refreshVoices(house(), here);
  expect(await voiceOf(id)).toMatchObject({ failingSince: since, failingWhy: 'unreachable' });
  answer = serve(atom);
  await refreshVoice(house(), id, here);
  expect(await voiceOf(id)).toMatchObject({ failingSince: null, failingWhy: null });
});

test('without leave for loopback the product itself reads nothing here', async () => {
  const id = await added('/private');
  asked = [];
  await refreshVoice(house(), id);
  expect(asked).toEqual([]);
  expect(await voiceOf(id)).toMatchObject({ failingWhy: 'refused', entries: [] });
});

test('a voice is added once, can be removed, and comes back', async () => {
  const id = await added('/once');
  const again = { url: url('/once'), name: '', communeInsee: null };
  expect(await db.transact((tx) => addVoice(tx, system, again))).toEqual({ ok: false, why: 'known' });
  expect(await db.transact((tx) => removeVoice(tx, system, id))).toBe(true);
  expect(await voiceOf(id)).toBeUndefined();
  expect(await db.transact((tx) => addVoice(tx, system, again))).toMatchObject({ ok: true });
  for (const bad of ['', 'javascript:alert(1)', 'blog.example.org', 'file:///etc/passwd', 'http://'])
    expect(await db.transact((tx) => addVoice(tx, system, { ...again, url: bad }))).toEqual({ ok: false, why: 'url' });
});

test('texts from tomorrow do not stand above everything for ever', async () => {
  answer = serve(atom.replaceAll('2026-11-20', '2036-11-20').replace('La fibre', 'Venu du futur'));
  const id = await added('/future');
  await refreshVoice(house(), id, here);
  const titles = (await latestVoices(db.database.kysely, { limit: 100 })).map(({ title }) => title);
  expect(titles).not.toContain('Venu du futur');
});
