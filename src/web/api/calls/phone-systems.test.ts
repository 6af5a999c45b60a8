import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { bearer, testApp, testHouse } from '../../../../test/app.ts';
import { testDatabase, testKey } from '../../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../../test/world.ts';
import { createApp } from '../../../app.ts';
import { setExtension } from '../../../desk/advisors/extension.ts';
import { addCallSource, endCallSource } from '../../../desk/calls/sources.ts';

/**
 * The contract with other phone systems: each request as that product sends it, and the answer it reads. None of the
 * products ran here; docs/operate/phone-systems.md says so.
 */
const db = testDatabase();
let world: World;
let app: ReturnType<typeof testApp>;
let token: { Authorization: string };
let secret: string;
let customer: { id: string; phone: string };

beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
  token = await bearer(db, 'advisor');
  secret = (await db.transact((tx) => addCallSource(tx, testKey, 'pbx'))) ?? '';
  await db.transact((tx) => setExtension(tx, world.ana, '203'));
  await db.transact((tx) => setExtension(tx, world.bruno, '201'));
});
beforeEach(async () => {
  await sql`truncate call, call_report, interaction, case_file, commitment, tray_item cascade`.execute(
    db.database.kysely,
  );
  customer = await addTestCustomer(db, world, { name: 'Odile & "Jo" Vuillet' });
});

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const calls = () => db.database.kysely.selectFrom('call').selectAll().execute();
const texts = async () =>
  (await db.database.kysely.selectFrom('interaction').select('text').execute()).map(({ text }) => text);
let reports = 0;
function signed(body: object, more: { seconds?: number; key?: string; source?: string; id?: string } = {}) {
  reports += 1;
  const text = JSON.stringify({ id: more.id ?? `r${reports}`, ...body });
  const seconds = more.seconds ?? Math.floor(db.clock.now.getTime() / 1000);
  const v1 = createHmac('sha256', more.key ?? secret)
    .update(`${seconds}.${text}`)
    .digest('hex');
  const headers = { 'Visavis-Source': more.source ?? 'pbx', 'Visavis-Signature': `t=${seconds},v1=${v1}` };
  const init = { method: 'POST', body: text, headers: { 'Content-Type': 'application/json', ...headers } };
  return { init, send: () => app.request('/api/v1/calls/events', init) };
}
const event = (name: string, more: object = {}) => ({ callId: 'a1', event: name, number: customer.phone, ...more });

test('ringing, answered and ended of a foreign phone system become one record and one line on the timeline', async () => {
  for (const each of [
    event('ringing', { extension: '203', at: '2026-11-23T08:50:00Z' }),
    event('ringing', { extension: '201', at: '2026-11-23T08:50:20Z' }),
    event('answered', { extension: '201', at: '2026-11-23T08:50:30Z' }),
    event('ended', { at: '2026-11-23T08:55:30Z' }),
  ])
    expect((await signed(each).send()).status).toBe(200);
  expect(await calls()).toMatchObject([
    { id: 'pbx:a1', source: 'pbx', customerId: customer.id, answeredBy: world.bruno },
  ]);
  expect(await texts()).toEqual(['Appel avec Bruno Cattin, 5\u00a0min. D’abord sonné chez Ana Perrin.']);
});

test('swapped, and each twice, they become the same record', async () => {
  const four = ['ended', 'answered', 'ringing', 'missed'].map((name) => signed(event(name, { extension: '203' })));
  for (const each of [...four, ...four]) expect((await each.send()).status).toBe(200);
  expect(await calls()).toMatchObject([{ answeredBy: world.ana, missedAt: null }]);
  expect(await texts()).toHaveLength(1);
});

test('a missed one is owed an answer; the same report again says that it is not new', async () => {
  const missed = signed(event('missed'));
  expect(await (await missed.send()).json()).toEqual({ new: true });
  expect(await (await missed.send()).json()).toEqual({ new: false });
  expect(await db.database.kysely.selectFrom('commitment').select('ownerId').execute()).toEqual([
    { ownerId: world.ana },
  ]);
});

test('an outgoing call is on the timeline as one', async () => {
  for (const name of ['ringing', 'answered', 'ended'])
    await signed(event(name, { direction: 'out', extension: '203' })).send();
  expect(await calls()).toMatchObject([{ direction: 'out', toPhone: customer.phone, placedBy: world.ana }]);
  expect(await texts()).toEqual(['Appel de Ana Perrin, moins d’une minute.']);
});

test('what is not signed, wrongly signed, signed by another, old, from the future or from an ended source changes nothing', async () => {
  const now = Math.floor(db.clock.now.getTime() / 1000);
  const body = event('missed');
  await db.transact((tx) => addCallSource(tx, testKey, 'gone'));
  await db.transact((tx) => endCallSource(tx, 'gone'));
  const tampered = signed(body);
  tampered.init.body = tampered.init.body.replace('missed', 'ended');
  for (const each of [
    signed(body, { key: 'another secret' }),
    signed(body, { source: 'other' }),
    signed(body, { source: 'gone' }),
    signed(body, { seconds: now - 301 }),
    signed(body, { seconds: now + 301 }),
    tampered,
  ])
    expect((await app.request('/api/v1/calls/events', each.init)).status).toBe(404);
  const bare = { method: 'POST', body: JSON.stringify({ id: 'x', ...body }), headers: { 'Visavis-Source': 'pbx' } };
  expect((await app.request('/api/v1/calls/events', bare)).status).toBe(404);
  expect(await calls()).toEqual([]);
});

test('a secret made anew ends the one before', async () => {
  const before = (await db.transact((tx) => addCallSource(tx, testKey, 'renewed'))) ?? '';
  db.clock.now = new Date(db.clock.now.getTime() + 1_000);
  const after = (await db.transact((tx) => addCallSource(tx, testKey, 'renewed'))) ?? '';
  expect((await signed(event('missed'), { source: 'renewed', key: before }).send()).status).toBe(404);
  expect((await signed(event('missed'), { source: 'renewed', key: after }).send()).status).toBe(200);
});

test('the secret goes on after that of the installation was changed, as long as the older one is named', async () => {
  const now = Buffer.alloc(32, 9);
  const report = signed(event('missed')).init;
  const answeredWith = async (olderKeys: Buffer[]) =>
    (await createApp({ ...testHouse(db), signingKey: now, olderKeys }).request('/api/v1/calls/events', report)).status;
  expect(await answeredWith([])).toBe(404);
  expect(await answeredWith([testKey])).toBe(200);
});

test('fields that cannot be used are named', async () => {
  const answered = await signed({ callId: 'a1', event: 'exploded' }).send();
  expect(answered.status).toBe(422);
  expect(await answered.json()).toMatchObject({ errors: [{ field: 'event' }] });
});

test('Asterisk: CURL() posts a form with the token and cuts the line it is answered', async () => {
  const body = `source=pbx&callId=1764000000.42&from=${encodeURIComponent(customer.phone.replace('+33', '0'))}`;
  const asked = await app.request('/api/v1/calls/ask?format=text', {
    method: 'POST',
    headers: { ...token, ...form },
    body,
  });
  expect(asked.status).toBe(200);
  expect(await asked.text()).toMatch(/^203:20,201:20,\+33353010012:20/);
  expect(await calls()).toMatchObject([
    { id: 'pbx:1764000000.42', customerId: customer.id, fromPhone: customer.phone },
  ]);
  const told = await app.request('/api/v1/calls/events?source=pbx', {
    method: 'POST',
    headers: { ...token, ...form },
    body: `id=1764000000.42-answered&callId=1764000000.42&event=answered&extension=203&number=${customer.phone}`,
  });
  expect(await told.json()).toEqual({ new: true });
  expect(await calls()).toMatchObject([{ answeredBy: world.ana }]);
});

test('FreeSWITCH: mod_xml_curl posts its own field names with a password and reads a dialplan', async () => {
  const password = token.Authorization.replace('Bearer ', '');
  const headers = { ...form, Authorization: `Basic ${Buffer.from(`visavis:${password}`).toString('base64')}` };
  const body = new URLSearchParams({
    section: 'dialplan',
    'Unique-ID': '6fd6a8a0-c8b6-11f0-9c3a-5d0e5b6f3a11',
    'Caller-Caller-ID-Number': customer.phone,
    'Caller-Destination-Number': '0353010000',
    'Caller-Context': 'default',
  }).toString();
  const asked = await app.request('/api/v1/calls/ask?format=freeswitch&source=pbx', { method: 'POST', headers, body });
  expect(asked.headers.get('content-type')).toContain('text/xml');
  const answered = await asked.text();
  expect(answered).toMatch(
    /\[leg_timeout=20\]user\/203@\$\{domain_name\}\|\[leg_timeout=20\]user\/201@\$\{domain_name\}/,
  );
  expect(answered).toContain('<context name="default">');
  expect(answered).toContain('effective_caller_id_name=Odile &amp; &quot;Jo&quot; Vuillet');
  expect(await calls()).toMatchObject([{ id: 'pbx:6fd6a8a0-c8b6-11f0-9c3a-5d0e5b6f3a11' }]);
});

test('FreeSWITCH when nobody works: "not found", so that its own dialplan goes on', async () => {
  db.clock.now = new Date('2026-11-22T02:00:00Z');
  const asked = await app.request('/api/v1/calls/ask?format=freeswitch&source=pbx&callId=n&from=', {
    method: 'POST',
    headers: token,
  });
  expect(await asked.text()).toContain('<result status="not found"/>');
  db.clock.now = new Date('2026-11-23T09:00:00Z');
});

test('3CX: a lookup by number answers one contact, or none, and opens nothing', async () => {
  const look = (number: string) =>
    app.request(`/api/v1/calls/caller?number=${encodeURIComponent(number)}`, { headers: token });
  expect(await (await look(customer.phone)).json()).toMatchObject({
    contacts: [{ name: 'Odile & "Jo" Vuillet', advisor: 'Ana Perrin', url: expect.stringContaining(customer.id) }],
  });
  expect(await (await look('0639980000')).json()).toEqual({ contacts: [] });
  expect((await app.request(`/api/v1/calls/caller?number=${customer.phone}`)).status).toBe(404);
});

test('JSON for any other system: extension, number, name and seconds', async () => {
  const asked = await app.request('/api/v1/calls/ask', {
    method: 'POST',
    headers: { ...token, 'Content-Type': 'application/json' },
    body: JSON.stringify({ source: 'pbx', callId: 'j1', from: customer.phone }),
  });
  const { ring, caller } = (await asked.json()) as { ring: object[]; caller: object };
  expect(ring[0]).toEqual({ name: 'Ana Perrin', phone: '+33353010010', extension: '203', seconds: 20 });
  expect(caller).toMatchObject({ name: 'Odile & "Jo" Vuillet' });
  const nobody = await app.request('/api/v1/calls/ask', {
    method: 'POST',
    headers: token,
    body: 'source=other&callId=1',
  });
  expect(nobody.status).toBe(422);
});
