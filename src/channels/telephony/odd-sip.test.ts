import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type DeskPhone, startDeskPhone } from '../../../test/servers/desk-phone.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { startPhones, type TestPhones } from '../../../test/servers/phones.ts';
import { codesOf, sendRaw, sipText } from '../../../test/servers/raw-sip.ts';
import { sippCall, talks } from '../../../test/servers/sipp.ts';
import { phoneTime, startSwitchboard } from '../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import type { Telephony } from './open.ts';

const KAMAILIO = 17_460;
const PHONES = 17_470;
const CALLER = '+33639980141';
const ANA = '+33353010010';
const proxy = `127.0.0.1:${KAMAILIO}`;
const target = `sip:0800000000@${proxy}`;
const patience = { timeout: 15_000, interval: 50 };

const SDP = [
  'v=0',
  'o=u 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 40002 RTP/AVP 8',
  '',
].join('\r\n');

/** Shapes of RFC 4475 (3.1.2, 3.2, 3.3) in our own words, and a few of our own. */
const TORTURE: [string, string][] = [
  [
    'a body shorter than its length says',
    asked('INVITE', { body: SDP }).replace(/Content-Length: \d+/, 'Content-Length: 9999'),
  ],
  ['a length below nothing', asked('INVITE').replace('Content-Length: 0', 'Content-Length: -999')],
  ['a CSeq no number can hold', asked('INVITE', { instead: { CSeq: 'CSeq: 36893488147419103232 INVITE' } })],
  ['a CSeq of another method', asked('INVITE', { instead: { CSeq: 'CSeq: 1 OPTIONS' } })],
  ['no Call-ID', asked('INVITE', { without: ['Call-ID'] })],
  ['no From', asked('INVITE', { without: ['From'] })],
  ['no To', asked('INVITE', { without: ['To'] })],
  ['no Via', asked('INVITE', { without: ['Via'] })],
  ['no CSeq', asked('INVITE', { without: ['CSeq'] })],
  ['nothing but a first line', `INVITE ${target} SIP/2.0\r\n\r\n`],
  ['a version of the future', asked('INVITE', { first: `INVITE ${target} SIP/7.0` })],
  ['an address in angle brackets', asked('INVITE', { first: `INVITE <${target}> SIP/2.0` })],
  ['blanks within the address', asked('INVITE', { first: `INVITE sip:0800 000000@${proxy} SIP/2.0` })],
  ['a scheme nobody knows', asked('INVITE', { first: 'INVITE nobodyknowsthisscheme:totallyopaque SIP/2.0' })],
  ['a name whose quotes never end', asked('INVITE', { instead: { From: `From: "Mr. Exact <sip:${CALLER}@x>;tag=1` } })],
  ['no hops left', asked('INVITE', { instead: { 'Max-Forwards': 'Max-Forwards: 0' } })],
  ['hops that are no number', asked('INVITE', { instead: { 'Max-Forwards': 'Max-Forwards: seventy' } })],
  ['a method nobody knows', asked("!interesting-Method0123456789_*+`.%indeed'~")],
  ['an answer nobody asked for', asked('INVITE', { first: 'SIP/2.0 200 OK' })],
  [
    'an answer with a code of six digits',
    asked('INVITE', { first: 'SIP/2.0 4294967301 better not break the receiver' }),
  ],
  ['a demand for what nobody supports', asked('BYE', { more: ['Proxy-Require: nothingSupportsThis'] })],
  ['an empty datagram of line ends', '\r\n\r\n\r\n'],
  ['a first line of 60,000 letters', `INVITE sip:${'a'.repeat(60_000)} SIP/2.0\r\n\r\n`],
  ['bytes that are no text', `INVITE \0\x01\xfe\xff\0 SIP/2.0\r\nVia: \xff\xfe\0\r\n\r\n`],
];

suiteNeeding(['kamailio', 'sipp'], 'what networks repeat, and what nobody should send', () => {
  const db = testDatabase(phoneTime());
  let world: World;
  let kamailio: TestKamailio;
  let phones: TestPhones;
  let board: Telephony;
  let caller: DeskPhone;

  beforeAll(async () => {
    world = await buildWorld(db);
    await addTestCustomer(db, world, { phone: CALLER });
    phones = await startPhones(PHONES);
    kamailio = await startKamailio(KAMAILIO, { fallback: `sip:front@${phones.address}`, answerWithinMs: 3_000 });
    board = await startSwitchboard(db, { evapi: kamailio.evapi, phones: phones.address }, ['false']);
    caller = await startDeskPhone(17_472, { number: CALLER, proxy });
  });
  afterEach(async () => {
    await vi.waitFor(async () => expect(await kamailio.dialogs()).toBe(0), patience);
    // The last events of a call come with its end.
    await pause(300);
    phones.clear();
    caller.heard.length = 0;
    await db.database.kysely.deleteFrom('call').execute();
    await db.database.kysely.deleteFrom('caseFile').execute();
  });
  afterAll(async () => {
    await board?.stop();
    await kamailio?.stop();
    phones?.stop();
    caller?.stop();
  });
  const calls = () => db.database.kysely.selectFrom('call').selectAll().execute();
  const until = (check: () => Promise<void> | void) => vi.waitFor(check, patience);
  const over = () =>
    until(async () => expect((await calls())[0]?.endedAt ?? (await calls())[0]?.missedAt).toBeTruthy());

  test('headers that only we may say, and words of ours in the address, change nothing', async () => {
    phones.set(ANA, 'answer');
    const forged = [
      ...['X-Play-Ms: 60000', 'x-wait-ms: 60000', 'X-PROMPT: 0123456789abcdef', 'x-Voicemail: 0123456789abcdef'],
      ...['X-Played-Ms: 9000', 'Call-Info: <https://evil.example.org>;purpose=info', 'Alert-Info: <http://evil>'],
      ...['Replaces: 1@127.0.0.1;to-tag=a;from-tag=b', `Route: <sip:x@${phones.address};lr>`],
    ];
    const uri = `${target};phone=1;call=${randomUUID()}`;
    expect(await caller.dial(uri, forged)).toBe(200);
    caller.say('BYE');
    await over();
    expect(phones.rung.map(({ number }) => number)).toEqual([ANA]);
    const headers = phones.rung[0]?.request.headers;
    for (const name of ['x-play-ms', 'x-wait-ms', 'x-prompt', 'x-voicemail', 'x-played-ms', 'replaces', 'route'])
      expect([name, headers?.get(name)]).toEqual([name, undefined]);
    expect(JSON.stringify([...(headers?.get('call-info') ?? []), ...(headers?.get('alert-info') ?? [])])).not.toContain(
      'evil',
    );
    expect(await calls()).toMatchObject([{ answeredBy: world.ana, direction: 'in', missedAt: null }]);
  });

  test('a stranger who says ;phone=1 or ;call= rings nobody', async () => {
    for (const word of ['phone=1', `call=${randomUUID()}`]) {
      const uri = `sip:${ANA}@${proxy};${word}`;
      expect(codesOf(await sendRaw(asked('INVITE', { uri }), { port: KAMAILIO, from: '127.0.0.8' }))).toEqual([403]);
    }
    expect(phones.rung).toEqual([]);
    expect(await calls()).toEqual([]);
  });

  test('an answer that comes again and again, its ACKs lost, and a BYE said three times: one talk, ended once', async () => {
    phones.set(ANA, 'answer again and again');
    expect(await caller.dial(target)).toBe(200);
    await pause(400);
    for (let times = 0; times < 3; times++) {
      caller.say('BYE');
      await pause(20);
    }
    await over();
    await pause(300);
    expect(await calls()).toMatchObject([{ answeredBy: world.ana, missedAt: null }]);
    const lines = await db.database.kysely
      .selectFrom('interaction')
      .where('channel', '=', 'call')
      .select('id')
      .execute();
    expect(lines).toHaveLength(1);
  });

  test('a CANCEL said three times: the phone stops once, one missed call', async () => {
    phones.set(ANA, 'ring');
    const answer = caller.dial(target);
    await until(() => expect(phones.rung).toHaveLength(1));
    for (let times = 0; times < 3; times++) caller.giveUp();
    expect(await answer).toBe(487);
    await over();
    expect(phones.heard.filter((method) => method === 'CANCEL')).toHaveLength(1);
    expect(await calls()).toMatchObject([{ answeredAt: null, missedAt: expect.any(Date) }]);
  });

  test('a CANCEL of a call nobody knows is answered, and is no call', async () => {
    for (let times = 0; times < 2; times++) {
      const codes = codesOf(await sendRaw(asked('CANCEL'), { port: KAMAILIO, waitMs: 2_000 }));
      expect(codes).toEqual([481]);
    }
    expect(await calls()).toEqual([]);
    expect(phones.rung).toEqual([]);
  });

  test('a caller who repeats an INVITE while a phone rings and never acknowledges its refusal: one call', async () => {
    const id = randomUUID();
    const invite = asked('INVITE', { id, branch: id, body: SDP });
    // Everyone is busy; each time from another port, as from behind a restless router.
    await Promise.all([1, 2, 3].map(() => sendRaw(invite, { port: KAMAILIO, waitMs: 700 })));
    await over();
    await pause(300);
    expect(await calls()).toHaveLength(1);
  });

  test.each(TORTURE)('%s: nobody is rung by it, and the next caller is served', async (_, datagram) => {
    for (const from of ['127.0.0.1', '127.0.0.7']) {
      const codes = codesOf(await sendRaw(datagram, { port: KAMAILIO, from, waitMs: 200 }));
      for (const code of codes) expect([code, code < 200 || code >= 300]).toEqual([code, true]);
    }
    expect(phones.rung).toEqual([]);
    expect(codesOf(await sendRaw(asked('OPTIONS'), { port: KAMAILIO, waitMs: 2_000 }))).toEqual([200]);
    expect(await calls()).toEqual([]);
  });

  test('after all of them a call is as ever', async () => {
    phones.set(ANA, 'answer');
    await sippCall(KAMAILIO, { from: CALLER }, talks(50));
    await over();
    expect(await calls()).toMatchObject([{ answeredBy: world.ana }]);
  });
});

interface Odd {
  uri?: string;
  id?: string;
  branch?: string;
  body?: string;
  /** Lines in place of the usual ones of that name. */
  instead?: Readonly<Record<string, string>>;
  first?: string;
  without?: readonly string[];
  more?: readonly string[];
}

/** A request as it should be, or with what is said to be odd about it. */
function asked(method: string, odd: Odd = {}): string {
  const { uri = target, id = randomUUID(), branch = randomUUID(), body = '', instead = {}, without = [] } = odd;
  const usual: Record<string, string> = {
    Via: `Via: SIP/2.0/UDP {own};branch=z9hG4bK${branch}`,
    From: `From: <sip:${CALLER}@127.0.0.1>;tag=${id.slice(0, 8)}`,
    To: `To: <${target}>`,
    'Call-ID': `Call-ID: ${id}`,
    CSeq: `CSeq: 1 ${method}`,
    'Max-Forwards': 'Max-Forwards: 70',
    Contact: 'Contact: <sip:c@{own}>',
    ...(body ? { 'Content-Type': 'Content-Type: application/sdp' } : {}),
  };
  const lines = Object.entries(usual)
    .filter(([name]) => !without.includes(name))
    .map(([name, line]) => instead[name] ?? line);
  return sipText([odd.first ?? `${method} ${uri} SIP/2.0`, ...lines, ...(odd.more ?? [])], body);
}
