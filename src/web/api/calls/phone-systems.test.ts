import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { bearer, testApp, testHouse } from '../../../../test/app.ts';
import { testDatabase, testKey } from '../../../../test/database.ts';
import { asteriskSends, freeSwitchReports, threeCx } from '../../../../test/recipes.ts';
import { suiteNeeding } from '../../../../test/servers/needs.ts';
import { addTestCustomer, buildWorld, type World } from '../../../../test/world.ts';
import { createApp } from '../../../app.ts';
import { setExtension } from '../../../desk/advisors/extension.ts';
import { addCallSource, endCallSource } from '../../../desk/calls/sources.ts';
import { newId } from '../../../desk/id.ts';

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
const password = () => token.Authorization.replace('Bearer ', '');
const owners = async () =>
  (await db.database.kysely.selectFrom('commitment').select('ownerId').execute()).map(({ ownerId }) => ownerId);
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
  expect(await owners()).toEqual([world.ana]);
});

test('an outgoing call is on the timeline as one', async () => {
  for (const name of ['ringing', 'answered', 'ended'])
    await signed(event(name, { direction: 'out', extension: '203' })).send();
  expect(await calls()).toMatchObject([{ direction: 'out', toPhone: customer.phone, placedBy: world.ana }]);
  expect(await texts()).toEqual(['Appel d’Ana Perrin, moins d’une minute.']);
});

test('who has left is at no phone; their successor is, with the same desk number', async () => {
  const [theirs, bruno] = ['+33353010019', '+33353010011'];
  const has = await db.database.kysely
    .selectFrom('advisor')
    .where('id', '=', world.bruno)
    .selectAll()
    .executeTakeFirstOrThrow();
  for (const [index, phone] of [theirs, bruno].entries()) {
    const gone = { ...has, id: newId(), mail: `gone${index}@regie.example.org`, phone, leftAt: db.clock.now };
    await db.database.kysely
      .insertInto('advisor')
      .values({ ...gone, workingHours: JSON.stringify(has.workingHours) })
      .execute();
    await db.transact((tx) => setExtension(tx, gone.id, `30${index}`));
  }
  const placed = async (callId: string, extension: string) => {
    await signed(event('answered', { callId, direction: 'out', extension })).send();
    return (await calls()).find(({ id }) => id === `pbx:${callId}`)?.placedBy;
  };
  expect([await placed('b1', theirs), await placed('b2', '300')]).toEqual([null, null]);
  expect(await placed('b3', bruno)).toBe(world.bruno);
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

test('Asterisk: our dialplan asks, cuts the line it is answered, and tells of each phone, the answer and the end', async () => {
  const call = { UNIQUEID: '1764000000.42', WHO: encodeURIComponent(customer.phone.replace('+33', '0')) };
  const sends = (context: string, more: Record<string, string> = {}) => {
    const { url, ...sent } = asteriskSends(context, { ...call, ...more }, password());
    return app.request(url, sent);
  };
  const asked = await sends('visavis');
  expect(asked.status).toBe(200);
  expect(await asked.text()).toMatch(/^203:20,201:20,\+33353010012:20/);
  expect(await calls()).toMatchObject([
    { id: 'pbx:1764000000.42', customerId: customer.id, fromPhone: customer.phone },
  ]);
  // Gosub(visavis-tell,s,1(ringing,203)), then U(visavis-answered^201^UNIQUEID^WHO), then the end of the channel.
  expect(await (await sends('visavis-tell', { ARG1: 'ringing', ARG2: '203' })).json()).toEqual({ new: true });
  expect(await (await sends('visavis-tell', { ARG1: 'ringing', ARG2: '201' })).json()).toEqual({ new: true });
  const answered = { ARG1: '201', ARG2: call.UNIQUEID, ARG3: call.WHO };
  expect(await (await sends('visavis-answered', answered)).json()).toEqual({ new: true });
  expect(await (await sends('visavis-answered', answered)).json()).toEqual({ new: false });
  expect(await (await sends('visavis-tell', { ARG1: 'ended', ARG2: '' })).json()).toEqual({ new: true });
  expect(await calls()).toMatchObject([{ answeredBy: world.bruno, missedAt: null, endedAt: expect.any(Date) }]);
  expect(await texts()).toHaveLength(1);
});

test('Asterisk: a call of which only the end is told as missed is owed an answer', async () => {
  const call = { UNIQUEID: '1764000000.43', WHO: encodeURIComponent(customer.phone), ARG1: 'missed', ARG2: '' };
  const { url, ...sent } = asteriskSends('visavis-tell', call, password());
  expect((await app.request(url, sent)).status).toBe(200);
  expect(await owners()).toEqual([world.ana]);
});

test('FreeSWITCH: mod_xml_curl posts its own field names with a password and reads a dialplan', async () => {
  const headers = { ...form, Authorization: `Basic ${Buffer.from(`visavis:${password()}`).toString('base64')}` };
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
    /\[leg_timeout=20,visavis_extension=203\]user\/203@\$\{domain_name\}\|\[leg_timeout=20,visavis_extension=201\]user\/201@\$\{domain_name\}/,
  );
  expect(answered).toMatch(/<action application="export" data="visavis_call=\$\{uuid\}"\/>/);
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

suiteNeeding(['lua'], 'FreeSWITCH: its script, run for each event of a call', () => {
  const UUID = '6fd6a8a0-c8b6-11f0-9c3a-5d0e5b6f3a11';
  const says = async (name: string, time: string, more: Record<string, string>) => {
    const at = new Date(`2026-11-23T${time}Z`).getTime() * 1_000;
    const headers = {
      'Event-Name': name,
      'Event-Date-Timestamp': `${at}`,
      'Caller-Caller-ID-Number': customer.phone,
      variable_visavis_call: UUID,
      ...more,
    };
    const sent = freeSwitchReports(headers, password());
    return sent && (await app.request(sent.url, sent)).json();
  };
  const caller = { 'Unique-ID': UUID };
  const legOf = (extension: string) => ({ 'Unique-ID': `leg-${extension}`, variable_visavis_extension: extension });

  test('two phones ring, the second answers: one record with whose phone rang and who talked', async () => {
    await says('CHANNEL_PROGRESS', '08:50:00', legOf('203'));
    expect(await says('CHANNEL_PROGRESS_MEDIA', '08:50:01', legOf('203'))).toEqual({ new: false });
    await says('CHANNEL_PROGRESS', '08:50:20', legOf('201'));
    await says('CHANNEL_ANSWER', '08:50:30', legOf('201'));
    // The caller's own leg is answered with it, and the phones hang up: neither is news.
    expect(await says('CHANNEL_ANSWER', '08:50:30', caller)).toBeUndefined();
    expect(await says('CHANNEL_HANGUP_COMPLETE', '08:55:30', legOf('201'))).toBeUndefined();
    await says('CHANNEL_HANGUP_COMPLETE', '08:55:30', {
      ...caller,
      'Caller-Channel-Answered-Time': '1795942230000000',
    });
    expect(await calls()).toMatchObject([{ id: `pbx:${UUID}`, answeredBy: world.bruno, missedAt: null }]);
    expect(await texts()).toEqual(['Appel avec Bruno Cattin, 5\u00a0min. D’abord sonné chez Ana Perrin.']);
  });

  test('nobody answers: missed, and owed an answer', async () => {
    await says('CHANNEL_PROGRESS', '08:50:00', legOf('203'));
    await says('CHANNEL_HANGUP_COMPLETE', '08:50:20', { ...caller, 'Caller-Channel-Answered-Time': '0' });
    expect(await calls()).toMatchObject([{ customerId: customer.id, answeredAt: null, missedAt: expect.any(Date) }]);
    expect(await owners()).toEqual([world.ana]);
  });

  test('calls Visavis was never asked about are not told of', async () => {
    const other = { variable_visavis_call: '', 'Unique-ID': 'another' };
    for (const name of ['CHANNEL_PROGRESS', 'CHANNEL_ANSWER', 'CHANNEL_HANGUP_COMPLETE'])
      expect(await says(name, '08:50:00', other)).toBeUndefined();
  });
});

/** Follows a scenario of the template we ship, for a call of these variables. */
function as3cx(scenario: string, variables: Record<string, string>) {
  const parameters = { Address: '', Token: password(), Source: 'pbx', ReportCallEnabled: 'True' };
  const { sent, read } = threeCx(scenario, { ...parameters, ...variables });
  return { send: () => app.request(sent.url, sent), read };
}
const ofJournal = (CallType: string, more: Record<string, string> = {}) => ({
  CallType,
  Number: customer.phone.replace('+33', '0'),
  Agent: '203',
  CallStartTimeUTC: '2026-11-23T08:50:00Z',
  CallEstablishedTimeUTC: '0001-01-01T00:00:00Z',
  CallEndTimeUTC: '2026-11-23T08:55:30Z',
  ...more,
});
const journal = (...given: Parameters<typeof ofJournal>) => as3cx('ReportCall', ofJournal(...given)).send();

test('3CX: the template looks a number up, and reads one contact with its file, or none', async () => {
  const { send, read } = as3cx('', { Number: encodeURIComponent(customer.phone) });
  const found = read((await (await send()).json()) as object);
  expect(found).toMatchObject({
    FirstName: 'Odile & "Jo" Vuillet',
    CompanyName: 'Ana Perrin',
    ContactUrl: expect.stringMatching(new RegExp(`^https?://.+/workspace/customers/${customer.id}$`)),
    EntityId: customer.id,
  });
  const nobody = as3cx('', { Number: '0639980000' });
  expect(nobody.read((await (await nobody.send()).json()) as object)).toBeNull();
  expect((await app.request(`/api/v1/calls/caller?number=${customer.phone}`)).status).toBe(404);
});

test('3CX: a talk told of at its end is one record with its times, whoever else’s phone rang in vain before', async () => {
  // Each phone has its line in the journal; they come in any order, and may come twice.
  const talk = { Agent: '201', CallEstablishedTimeUTC: '2026-11-23T08:50:30Z' };
  expect((await journal('Missed', { CallEndTimeUTC: '2026-11-23T08:50:20Z' })).status).toBe(200);
  expect(await (await journal('Inbound', talk)).json()).toEqual({ new: true });
  expect(await (await journal('Inbound', talk)).json()).toEqual({ new: false });
  expect(await calls()).toMatchObject([
    {
      customerId: customer.id,
      invitedAt: new Date('2026-11-23T08:50:00Z'),
      answeredAt: new Date('2026-11-23T08:50:30Z'),
      answeredBy: world.bruno,
      endedAt: new Date('2026-11-23T08:55:30Z'),
      missedAt: null,
    },
  ]);
  expect(await texts()).toHaveLength(1);
});

test('3CX: a missed call is owed an answer; calls out are on the timeline, answered or not', async () => {
  await journal('Missed');
  expect(await owners()).toEqual([world.ana]);
  const established = { CallStartTimeUTC: '2026-11-23T08:40:00Z', CallEstablishedTimeUTC: '2026-11-23T08:41:00Z' };
  await journal('Outbound', { ...established, CallEndTimeUTC: '2026-11-23T08:43:00Z' });
  await journal('Notanswered', { CallStartTimeUTC: '2026-11-23T08:30:00Z', CallEndTimeUTC: '2026-11-23T08:31:00Z' });
  const out = (await calls()).filter(({ direction }) => direction === 'out');
  expect(out.toSorted((a, b) => a.invitedAt.getTime() - b.invitedAt.getTime())).toMatchObject([
    { placedBy: world.ana, answeredAt: null, missedAt: new Date('2026-11-23T08:31:00Z') },
    { placedBy: world.ana, answeredAt: new Date('2026-11-23T08:41:00Z'), missedAt: null },
  ]);
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
