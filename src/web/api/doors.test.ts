import type { OpenAPIHono } from '@hono/zod-openapi';
import { beforeAll, expect, test } from 'vitest';
import { bearer, testApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { signInStaff } from '../../../test/sign-in.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { routes } from '../../routes.ts';
import type { WebEnv } from '../route.ts';
import { MOST_REQUEST_BYTES } from '../ui/uploads.ts';
import { problemWords } from '../ui/words/problem-words.ts';

/** The parts of the answers that these tests look into. */
interface Body {
  id: string;
  caseFileId: string;
  detail: string;
  cursor: string | null;
  openapi: string;
  paths: object;
  items: { id: string; caseFileId: string }[];
  communes: object[];
  customers: { id: string }[];
  interactions: { id: string }[];
  attempts: object[];
  offer: object | null;
  fallback: { dueAt: string };
  reasons: object[];
}

const db = testDatabase();
let world: World;
let app: OpenAPIHono<WebEnv>;
let headers: Record<string, string>;
beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
  headers = { ...(await bearer(db, 'administrator')), 'Content-Type': 'application/json' };
});

const send = (path: string, body: object, more: Record<string, string> = {}) =>
  app.request(path, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) });
const json = (response: Response) => response.json() as Promise<Body>;
const read = async (path: string) => {
  const response = await app.request(path, { headers });
  return { status: response.status, body: await json(response) };
};

test('who reads a timeline is kept: which integration or member of staff, once in ten minutes', async () => {
  const customer = await addTestCustomer(db, world);
  const path = `/api/v1/customers/${customer.id}/timeline`;
  const looks = () =>
    db.database.kysely
      .selectFrom('audit')
      .where('customerId', '=', customer.id)
      .select(['action', 'staffId', 'facts'])
      .orderBy('id')
      .execute();
  expect((await app.request(path)).status).toBe(404);
  expect((await app.request(path, { headers: await bearer(db, 'moderator') })).status).toBe(404);
  expect(await looks()).toEqual([]);
  await read(path);
  await read(path);
  const first = await looks();
  expect(first).toEqual([
    { action: 'customer.read', staffId: null, facts: { integration: expect.stringContaining('test administrator') } },
  ]);
  await app.request(path, { headers: await bearer(db, 'advisor') });
  expect(await looks()).toHaveLength(2);
  const now = db.clock.now;
  db.clock.now = new Date(now.getTime() + 11 * 60_000);
  await read(path);
  expect(await looks()).toHaveLength(3);
  db.clock.now = now;
  expect((await read(`/api/v1/customers/${crypto.randomUUID()}/timeline`)).status).toBe(404);
});

test('POST /api/v1/interactions answers 201 with advisor and commitment once it is stored', async () => {
  const customer = await addTestCustomer(db, world);
  const response = await send('/api/v1/interactions', {
    channel: 'mail',
    from: { mail: customer.mail.toUpperCase() },
    subject: 'Facture',
    text: 'Bonjour',
  });
  expect(response.status).toBe(201);
  const body = await json(response);
  expect(body).toMatchObject({
    customerId: customer.id,
    advisor: { id: world.ana, name: 'Ana Perrin' },
    commitment: { dueAt: '2026-11-24T08:30:00.000Z' },
  });
  expect((await read(`/api/v1/customers/${customer.id}/timeline`)).body.items).toMatchObject([
    { id: body.id, text: 'Bonjour', channel: 'mail' },
  ]);
  expect((await read(`/api/v1/case-files/${body.caseFileId}`)).body).toMatchObject({
    subject: 'Facture',
    owner: { id: world.ana },
    commitments: [{ kind: 'answer', keptAt: null }],
  });
  const inbox = await read(`/api/v1/advisors/${world.ana}/inbox`);
  expect(inbox.body.items.map((item: { caseFileId: string }) => item.caseFileId)).toContain(body.caseFileId);
});

test('an unknown sender is answered 202 with the duty owner and a due time', async () => {
  const response = await send('/api/v1/interactions', {
    channel: 'sms',
    from: { phone: '06 39 98 99 99' },
    text: 'Plus de ligne',
  });
  expect(response.status).toBe(202);
  expect(await json(response)).toMatchObject({
    tray: { dutyOwner: 'Léa Marandet', dueAt: '2026-11-23T11:00:00.000Z' },
  });
});

test('fifty requests at once with one key store one interaction and all get the same answer', async () => {
  const customer = await addTestCustomer(db, world);
  const body = { channel: 'message', from: { customerId: customer.id }, text: 'Une seule fois' };
  const responses = await Promise.all(
    Array.from({ length: 50 }, () => send('/api/v1/interactions', body, { 'Idempotency-Key': 'fifty' })),
  );
  const ids = await Promise.all(responses.map(async (response) => (await json(response)).id));
  expect(new Set(ids).size).toBe(1);
  expect((await read(`/api/v1/customers/${customer.id}/timeline`)).body.items).toHaveLength(1);
});

test('a post sent again with its key after a lost answer is one post; a refused one leaves the key free', async () => {
  const post = { genre: 'notice', fr: { title: 'Une seule fois', markdown: '.' }, publishAt: '2026-11-20T08:00:00Z' };
  const key = { 'Idempotency-Key': 'post' };
  const refused = await send('/api/v1/posts', { ...post, genre: 'sponsored' }, key);
  expect(refused.status).toBe(422);
  const first = await send('/api/v1/posts', post, key);
  expect(first.status).toBe(201);
  const again = await send('/api/v1/posts', post, key);
  expect(again.status).toBe(201);
  expect((await json(again)).id).toBe((await json(first)).id);
  const { rows } = await db.database.pool.query(`select 1 from post_version where title = 'Une seule fois'`);
  expect(rows).toHaveLength(1);
});

test('a NUL in what somebody said, or in an address, stops nothing', async () => {
  const customer = await addTestCustomer(db, world);
  const body = { channel: 'message', from: { customerId: customer.id }, text: 'Ma\0 ligne \\u0000' };
  expect((await send('/api/v1/interactions', body)).status).toBe(201);
  const { items } = (await read(`/api/v1/customers/${customer.id}/timeline`)).body;
  expect(items).toMatchObject([{ text: 'Ma ligne \\u0000' }]);
  for (const path of ['/api/v1/search?q=a%00b', '/fr/posts/a%00b', '/fr/communes/39%00478'])
    expect((await app.request(path, { headers })).status, path).toBe(404);
});

test('a key used for another request is refused with a sentence', async () => {
  const customer = await addTestCustomer(db, world);
  const body = { channel: 'message', from: { customerId: customer.id }, text: 'a' };
  await send('/api/v1/interactions', body, { 'Idempotency-Key': 'mine' });
  const other = await send('/api/v1/interactions', { ...body, text: 'b' }, { 'Idempotency-Key': 'mine' });
  expect(other.status).toBe(422);
  expect(other.headers.get('content-type')).toBe('application/problem+json');
  expect((await json(other)).detail).toContain('new Idempotency-Key');
});

test.each([
  [{ channel: 'mail', from: {}, text: 'x' }, 'Say who it is from'],
  [{ channel: 'mail', from: { mail: 'nobody' }, text: 'x' }, 'not a mail address'],
  [{ channel: 'sms', from: { phone: 'abc' }, text: 'x' }, 'not a phone number'],
  [{ channel: 'telepathy', from: { mail: 'a@example.org' }, text: 'x' }, 'channel'],
  [{ channel: 'mail', from: { mail: 'a@example.org' }, text: '' }, 'Say what the person said'],
  [{ channel: 'mail', from: { mail: 'a@example.org' }, text: 'x', advisorId: 'me' }, 'advisorId'],
  [{ channel: 'mail', from: { customerId: '01890a5d-ac96-774b-bcce-b302099a8057' }, text: 'x' }, 'no such customer'],
])('bad input %j gets a sentence and stores nothing', async (body, words) => {
  const response = await send('/api/v1/interactions', body);
  expect(response.status).toBe(422);
  expect(JSON.stringify(await json(response))).toContain(words);
});

/** A request with something wrong: its method and path, and what it carries. Without `with` it is JSON, with a token. */
interface Ask {
  asked: string;
  body?: unknown;
  with?: Record<string, string>;
}
const interaction = { channel: 'message', from: { mail: 'a@example.org' }, text: 'x' };
const customer = { kind: 'household', name: 'Foyer Jeandin', commune: '39478' };
const post = { genre: 'notice', fr: { title: 'x', markdown: 'x' } };
const clipping = { source: 'x', date: '24/11/2026', licence: 'x', link: 'example' };
const form = { 'Content-Type': 'multipart/form-data; boundary=lost' };
const asks: Ask[] = [
  { asked: 'GET /api/v1/nothing' },
  { asked: 'GET /api/v1/search?q=x', with: { Authorization: 'Bearer a-token-that-was-revoked' } },
  {
    asked: 'POST /api/v1/interactions',
    body: interaction,
    with: { Authorization: '', Origin: 'https://other.example' },
  },
  { asked: 'PUT /api/v1/interactions', body: interaction },
  {
    asked: 'POST /api/v1/interactions',
    body: '{"channel":',
    with: { 'Content-Type': 'application/json; charset=utf-8' },
  },
  { asked: 'POST /api/v1/interactions', body: 'channel=mail', with: { 'Content-Type': 'text/plain' } },
  { asked: 'POST /api/v1/interactions', body: '', with: { 'Content-Length': String(MOST_REQUEST_BYTES + 1) } },
  { asked: 'POST /api/v1/interactions', body: interaction, with: { 'Idempotency-Key': 'é' } },
  { asked: 'POST /api/v1/interactions', body: interaction, with: { 'Idempotency-Key': 'used' } },
  { asked: 'POST /api/v1/interactions', body: [] },
  { asked: 'POST /api/v1/interactions', body: { ...interaction, from: {} } },
  { asked: 'POST /api/v1/interactions', body: { ...interaction, from: { phone: 'abc' } } },
  { asked: 'POST /api/v1/interactions', body: { ...interaction, from: { mail: 'nobody' } } },
  { asked: 'POST /api/v1/interactions', body: { ...interaction, from: { customerId: crypto.randomUUID() } } },
  {
    asked: 'POST /api/v1/interactions',
    body: { ...interaction, channel: 'telepathy', text: '', who: 'x', caseFileId: 'x' },
  },
  { asked: 'POST /api/v1/interactions', body: { ...interaction, text: 3, subject: 'x'.repeat(1001) } },
  { asked: 'POST /api/v1/customers', body: { ...customer, name: ' ', phones: 'x', mails: Array(21).fill('x') } },
  { asked: 'POST /api/v1/customers', body: { ...customer, commune: 'Nulle-Part', phones: ['abc'], mails: ['nobody'] } },
  { asked: 'GET /api/v1/customers?cursor=zzz' },
  { asked: 'GET /api/v1/contact' },
  { asked: 'GET /api/v1/posts?commune=1' },
  { asked: 'POST /api/v1/posts', body: { ...post, publishAt: 'tomorrow', commentsOpen: 'yes', clipping } },
  { asked: 'POST /api/v1/posts', body: { genre: 'reporting' } },
  { asked: 'POST /api/v1/posts', body: { ...post, genre: 'sponsored', communes: ['00000'] } },
  { asked: 'POST /api/v1/posts', body: { ...post, genre: 'press-review', fr: { title: '', markdown: '' } } },
  { asked: 'POST /api/v1/posts', body: { ...post, genre: 'right-of-reply' } },
  { asked: 'POST /api/v1/route', body: { channel: 'call', from: 'abc' } },
  { asked: 'POST /api/v1/calls/ask', body: { source: 'nobody', callId: '1' } },
  { asked: 'POST /api/v1/calls/ask', body: { source: 'No Body' } },
  {
    asked: 'POST /api/v1/workspace/actions',
    body: { id: crypto.randomUUID(), action: { kind: 'x' } },
    with: { as: 'staff' },
  },
  { asked: 'POST /api/v1/workspace/actions/ID/undo', with: { as: 'staff' } },
  { asked: 'POST /api/v1/workspace/case-files/ID/draft-files', body: '--lost', with: { ...form, as: 'staff' } },
];

test('every problem says what is wrong and how to mend it in the language asked for, and no French one in English', async () => {
  await send('/api/v1/interactions', { ...interaction, text: 'first' }, { 'Idempotency-Key': 'used' });
  const staff = await signInStaff(db, app, world.staff.ana);
  const ask = async ({ asked, body, with: { as, ...more } = {} }: Ask, language: string) => {
    const [method = '', path = ''] = asked.replace('ID', crypto.randomUUID()).split(' ');
    const sender = as ? { ...staff, Origin: 'http://localhost:8080', 'Content-Type': 'application/json' } : headers;
    const said = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    const given = { ...sender, ...more, 'Accept-Language': language };
    const answer = await app.request(path, { method, headers: given, ...(said === undefined ? {} : { body: said }) });
    const { title, detail, errors = [], status, type } = (await answer.json()) as Problem;
    expect([type, status], asked).toEqual(['about:blank', answer.status]);
    expect(answer.headers.get('content-language'), asked).toBe(language.startsWith('fr') ? 'fr' : 'en');
    expect(answer.headers.get('vary'), asked).toContain('Accept-Language');
    return {
      status,
      fields: errors.map(({ field }) => field),
      words: [title, detail, ...errors.map((each) => each.message)],
    };
  };
  const heard = new Set<string>();
  const compare = async (each: Ask) => {
    const [french, english, german] = [await ask(each, 'fr-FR'), await ask(each, 'en'), await ask(each, 'de')];
    expect(german, each.asked).toEqual(english);
    expect([french.status, french.fields], each.asked).toEqual([english.status, english.fields]);
    for (const [index, words] of french.words.entries()) {
      expect(words, each.asked).not.toBe(english.words[index]);
      expect(words, each.asked).not.toMatch(ENGLISH);
      expect(english.words[index], each.asked).toMatch(/^[^éèàùçêôî«»]+$/);
    }
    for (const [key, both] of Object.entries(problemWords))
      if (english.words.some((words) => asPattern(both.en).test(words))) heard.add(key);
  };
  for (const each of asks) await compare(each);
  await db.database.pool.query('alter table post rename to post_elsewhere');
  await compare({ asked: 'GET /api/v1/posts' }).finally(() =>
    db.database.pool.query('alter table post_elsewhere rename to post'),
  );
  expect(Object.keys(problemWords).filter((key) => !heard.has(key))).toEqual([]);
});

interface Problem {
  type: string;
  status: number;
  title: string;
  detail: string;
  errors?: { field: string; message: string }[];
}

/** Words that no French sentence has. */
const ENGLISH =
  /\b(the|an|is|are|was|this|there|not|nothing|send|choose|write|give|expected|invalid|needed|must|with|of|and)\b/i;

/** A sentence of the catalogue, whatever is filled in. */
function asPattern(sentence: string): RegExp {
  return new RegExp(
    sentence
      .split(/\{\w+\}/)
      .map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'))
      .join('.+'),
  );
}

test('without a token, or with a role that may not, the door looks as if it did not exist', async () => {
  const customer = await addTestCustomer(db, world);
  const moderator = await bearer(db, 'moderator');
  for (const path of [
    `/api/v1/customers/${customer.id}/timeline`,
    `/api/v1/advisors/${world.ana}/inbox`,
    '/api/v1/search?q=x',
    '/api/v1/nothing-here',
  ]) {
    const anonymous = await app.request(path);
    const wrong = await app.request(path, { headers: moderator });
    expect([anonymous.status, wrong.status]).toEqual([404, 404]);
    expect(await anonymous.text()).toBe(await wrong.text());
  }
});

test('search finds customers by name without accents, by number, by line, and interactions by words', async () => {
  const customer = await addTestCustomer(db, world, { name: 'Hélène Bœuf' });
  await send('/api/v1/interactions', {
    channel: 'message',
    from: { customerId: customer.id },
    text: 'Le poteau est tombé près du chalet',
  });
  for (const q of ['helene', 'boeuf', customer.phone, customer.lineReference, customer.mail])
    expect(
      (await read(`/api/v1/search?q=${encodeURIComponent(q)}`)).body.customers.map((each: { id: string }) => each.id),
    ).toContain(customer.id);
  expect((await read('/api/v1/search?q=tombe%20chal')).body.interactions).toMatchObject([{ customerId: customer.id }]);
  expect((await read("/api/v1/search?q=%25'%20or%201=1--")).status).toBe(200);
});

test('lists go on where the page before ended, and refuse a cursor that is not theirs', async () => {
  const customer = await addTestCustomer(db, world);
  for (let n = 0; n < 53; n++)
    await send('/api/v1/interactions', { channel: 'message', from: { customerId: customer.id }, text: `message ${n}` });
  const first = (await read(`/api/v1/customers/${customer.id}/timeline`)).body;
  const second = (await read(`/api/v1/customers/${customer.id}/timeline?cursor=${first.cursor}`)).body;
  expect([first.items.length, second.items.length, second.cursor]).toEqual([50, 3, null]);
  expect(new Set([...first.items, ...second.items].map((item: { id: string }) => item.id)).size).toBe(53);
  expect((await read(`/api/v1/customers/${customer.id}/timeline?cursor=zzz`)).status).toBe(422);
});

test('POST /api/v1/route says who would answer and why, in both languages, and changes nothing', async () => {
  const customer = await addTestCustomer(db, world);
  const call = await json(await send('/api/v1/route', { channel: 'call', from: customer.phone }));
  expect(call.attempts[0]).toMatchObject({ advisor: { id: world.ana, name: 'Ana Perrin' }, role: 'own', how: 'ring' });
  expect(call.fallback.dueAt).toEqual(expect.any(String));
  expect(call.reasons[0]).toMatchObject({
    code: 'own_free',
    fr: expect.stringContaining('Ana Perrin'),
    en: expect.stringContaining('Ana Perrin'),
  });
  const mail = await json(await send('/api/v1/route', { channel: 'mail', from: customer.mail }));
  expect(mail).toMatchObject({ owner: { id: world.ana }, dueAt: '2026-11-24T08:30:00.000Z', attempts: [] });
  const withheld = await json(await send('/api/v1/route', { channel: 'call' }));
  expect(withheld.offer).toBeNull();
  expect((await read(`/api/v1/customers/${customer.id}/timeline`)).body.items).toEqual([]);
});

test('GET /api/v1/contact says who serves a commune, by postcode, INSEE code or name', async () => {
  for (const query of ['postcode=39200', 'commune=39478', 'commune=saint%20claude'])
    expect((await read(`/api/v1/contact?${query}`)).body.communes).toMatchObject([
      {
        insee: '39478',
        name: 'Saint-Claude',
        areas: [
          { advisor: { id: world.ana, name: 'Ana Perrin' }, backups: [{ id: world.bruno }, { id: world.chloe }] },
        ],
      },
    ]);
  expect((await read('/api/v1/contact')).status).toBe(422);
  expect((await read('/api/v1/contact?postcode=99999')).body.communes).toEqual([]);
});

test('POST /api/v1/customers adds one in the charge of the area’s advisor; wrong fields are named, nothing is half done', async () => {
  const customer = {
    kind: 'household',
    name: 'Foyer Jeandin',
    commune: '39478',
    phones: ['06 39 98 77 01'],
    mails: ['jeandin@example.org'],
    lines: [{ reference: 'FTTH-0042', product: 'Fibre' }],
  };
  const added = await send('/api/v1/customers', customer);
  expect(added.status).toBe(201);
  expect(await json(added)).toMatchObject({ advisorId: world.ana });
  const again = await send('/api/v1/customers', { ...customer, mails: ['nobody'] });
  expect(again.status).toBe(422);
  expect((await json(again)).detail).toContain('nobody');
  const listed = (await read(`/api/v1/customers?advisor=${world.ana}`)).body.items;
  expect(listed.filter((item) => 'name' in item && item.name === 'Foyer Jeandin')).toHaveLength(1);
});

test('the OpenAPI 3.1 document describes every JSON door, with what goes in and comes out', async () => {
  const { body } = await read('/api/v1/openapi.json');
  expect(body.openapi).toBe('3.1.0');
  const paths = body.paths as Record<string, Record<string, { responses?: object; requestBody?: object }>>;
  // The workspace's own calls are no door, and events are a stream.
  const doors = routes.filter(
    ({ path }) => path.startsWith('/api/v1/') && !/^\/api\/v1\/(workspace\/|events$|openapi\.json$)/.test(path),
  );
  expect(doors.length).toBeGreaterThan(10);
  for (const { method, path } of doors) {
    const described = paths[path.replace(/:(\w+)/g, '{$1}')]?.[method];
    expect(Object.keys(described?.responses ?? {}).length, `${method} ${path}`).toBeGreaterThan(0);
    if (method === 'post') expect(described?.requestBody, `${method} ${path}`).toBeDefined();
  }
});
