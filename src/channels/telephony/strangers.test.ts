import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdtempSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type DeskPhone, startDeskPhone } from '../../../test/servers/desk-phone.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { startPhones, type TestPhones } from '../../../test/servers/phones.ts';
import { codesOf, sendRaw, sipText } from '../../../test/servers/raw-sip.ts';
import { phoneTime, startSwitchboard } from '../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { writeHeldLists } from './held-lists.ts';
import type { Telephony } from './open.ts';

const KAMAILIO = 17_060;
const CARRIER = 17_070;
const CALLER = '+33639980101';
const ANA = '+33353010010';
/** A different one each time: whoever asks too often gets no answer at all. */
let strangers = 0;
const aStranger = () => {
  strangers += 1;
  return `127.0.8.${1 + Math.floor(strangers / 12)}`;
};
const patience = { timeout: 6_000, interval: 40 };

suiteNeeding(['kamailio', 'kamailioSqlite'], 'strangers who speak as if they were part of a call', () => {
  const db = testDatabase(phoneTime());
  const folder = mkdtempSync(join(tmpdir(), 'visavis-strangers-'));
  const proxy = `127.0.0.1:${KAMAILIO}`;
  let world: World;
  let kamailio: TestKamailio;
  let carrier: TestPhones;
  let board: Telephony;
  let caller: DeskPhone;
  let anasPhone: DeskPhone;
  let said: { events: string[]; socket: Socket };

  beforeAll(async () => {
    world = await buildWorld(db);
    await addTestCustomer(db, world, { phone: CALLER });
    carrier = await startPhones(CARRIER);
    const door = { evapi: `127.0.0.1:${KAMAILIO + 1}`, phones: 'registrar', folder };
    await writeHeldLists(db.database.kysely, db.clock.now, door);
    appendFileSync(join(folder, 'lists/phones'), `1:${ANA}:0:0:of-ana:0\n`);
    kamailio = await startKamailio(KAMAILIO, {
      fallback: `sip:front@${carrier.address}`,
      answerWithinMs: 3_000,
      registrar: { realm: '127.0.0.1' },
      folder,
      outgoing: { number: '+33199001234', carrier: carrier.address, phones: [], maskKey: 'of the test' },
    });
    board = await startSwitchboard(db, door, ['false']);
    said = await listenToKamailio();
    caller = await startDeskPhone(17_072, { number: CALLER, proxy });
    anasPhone = await startDeskPhone(17_074, { number: ANA, password: 'of-ana', proxy, host: '127.0.0.3' });
    expect(await anasPhone.register()).toBe(200);
  });
  afterEach(async () => {
    // The last events of a call come with its end.
    await pause(300);
    for (const each of [caller, anasPhone]) each.heard.length = 0;
    carrier.clear();
    await db.database.kysely.deleteFrom('call').execute();
    await db.database.kysely.deleteFrom('caseFile').execute();
  });
  afterAll(async () => {
    said?.socket.destroy();
    await board?.stop();
    await kamailio?.stop();
    carrier?.stop();
    for (const each of [caller, anasPhone]) each?.stop();
  });

  /** What Kamailio tells whoever listens. */
  const listenToKamailio = async () => {
    const socket = connect(KAMAILIO + 1, '127.0.0.1');
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    await pause(100);
    const events: string[] = [];
    socket.on('data', (bytes) => void events.push(bytes.toString()));
    return { events, socket };
  };
  const calls = () => db.database.kysely.selectFrom('call').selectAll().execute();
  const until = (check: () => Promise<void> | void) => vi.waitFor(check, patience);
  const talk = async () => {
    expect(await anasPhone.register()).toBe(200);
    expect(await caller.dial(`sip:0800000000@${proxy}`)).toBe(200);
    await until(async () => expect((await calls())[0]?.answeredBy).toBe(world.ana));
  };
  const phonesUri = `sip:${ANA}@127.0.0.3:17074`;
  const outside = `sip:+33639980199@127.0.0.1:${CARRIER}`;
  /** Asks within a call that is none, or not theirs. */
  const within = (method: string, uri: string, routes: readonly string[], callId: string = randomUUID()) =>
    sendRaw(
      sipText([
        `${method} ${uri} SIP/2.0`,
        `Via: SIP/2.0/UDP {own};branch=z9hG4bK${randomUUID()}`,
        ...routes.map((route) => `Route: ${route}`),
        `From: <sip:${CALLER}@127.0.0.1>;tag=${randomUUID()}`,
        `To: <sip:0800000000@${proxy}>;tag=${randomUUID()}`,
        `Call-ID: ${callId}`,
        `CSeq: 7 ${method}`,
        'Max-Forwards: 70',
        'Contact: <sip:c@{own}>',
      ]),
      { port: KAMAILIO, from: aStranger() },
    );

  test.each(['INVITE', 'BYE', 'REFER', 'NOTIFY', 'MESSAGE', 'UPDATE', 'INFO', 'OPTIONS', 'ACK'])(
    '%s: neither a phone nor the carrier hears of it, and no call is said to have ended',
    async (method) => {
      said.events.length = 0;
      const own = `<sip:${proxy};lr>`;
      const guessed = `<sip:${proxy};lr;k=0123456789abcdef>`;
      for (const uri of [phonesUri, outside])
        for (const routes of [[], [own], [guessed], [`<sip:127.0.0.1:${CARRIER};lr>`], [own, `<${phonesUri};lr>`]]) {
          const codes = codesOf(await within(method, uri, routes));
          expect(codes).toEqual(method === 'ACK' ? [] : [481]);
        }
      await pause(100);
      expect(anasPhone.heard).toEqual([]);
      expect(carrier.rung).toEqual([]);
      expect(carrier.heard).toEqual([]);
      expect(said.events.filter((each) => !each.includes('"event":"phone"'))).toEqual([]);
    },
    10_000,
  );

  test('a stranger who knows the name of a call, and the way back of another one, ends nothing', async () => {
    await talk();
    const invite = anasPhone.heard.find((each) => each.startsWith('INVITE')) ?? '';
    const callId = /^Call-ID: *(.*?)\r?$/im.exec(invite)?.[1] ?? '';
    const way = [...invite.matchAll(/^Record-Route: *(.*?)\r?$/gim)].map((found) => found[1] ?? '');
    expect(way.join()).toMatch(/;k=[0-9a-f]{16}/);
    caller.say('BYE');
    await until(async () => expect((await calls())[0]?.endedAt).toBeTruthy());
    // The last events of a call come with its end.
    await pause(300);
    await db.database.kysely.deleteFrom('call').execute();
    await talk();
    const now = anasPhone.heard.findLast((each) => each.startsWith('INVITE')) ?? '';
    const current = /^Call-ID: *(.*?)\r?$/im.exec(now)?.[1] ?? '';
    expect(current).not.toBe(callId);
    anasPhone.heard.length = 0;
    expect(codesOf(await within('BYE', phonesUri, way, current))).toEqual([481]);
    expect(codesOf(await within('BYE', phonesUri, [], current))).toEqual([481]);
    await pause(200);
    expect(anasPhone.heard).toEqual([]);
    expect(await calls()).toMatchObject([{ endedAt: null }]);
    caller.say('BYE');
    await until(async () => expect((await calls())[0]?.endedAt).toBeTruthy());
  });

  test('whoever is in a call that Kamailio forgot makes up no other', async () => {
    await talk();
    const [before] = await calls();
    const invite = anasPhone.heard.findLast((each) => each.startsWith('INVITE')) ?? '';
    const callId = /^Call-ID: *(.*?)\r?$/im.exec(invite)?.[1] ?? '';
    const way = [...invite.matchAll(/^Record-Route: *(.*?)\r?$/gim)].map((found) => found[1] ?? '');
    expect(way.join()).toMatch(/;i=[0-9a-f]{32}-[^;]*;c=n\+\d+;t=[\d.]+;s=[0-9a-f]{16}/);
    await kamailio.kill();
    await kamailio.start();
    const other = (route: string) => route.replace(/;i=[^;>]*/, `;i=${'0'.repeat(32)}-1-00000000`);
    const another = (route: string) => other(route).replace(/;c=n[^;>]*/, ';c=n+33639980199');
    const unsealed = (route: string) => another(route).replace(/;s=[^;>]*/, '');
    for (const forged of [other, another, unsealed])
      await until(async () => expect(codesOf(await within('BYE', phonesUri, way.map(forged), callId))).not.toEqual([]));
    const own = async () => (await calls()).find(({ id }) => id === before?.id);
    await until(async () => expect((await own())?.endedAt).toBeTruthy());
    await pause(300);
    expect(await own()).toMatchObject({ fromPhone: CALLER, invitedAt: before?.invitedAt });
    expect((await calls()).filter(({ id }) => id.startsWith('0000'))).toEqual([]);
  });

  test.each(['caller', 'phone'] as const)(
    'after Kamailio was killed in mid-call both sides still reach each other, and the %s hangs up',
    async (who) => {
      await talk();
      await kamailio.kill();
      await kamailio.start();
      // Said again until it is heard, as over UDP: this Kamailio is just coming up.
      await until(() => {
        caller.say('INFO');
        expect(anasPhone.heard.some((each) => each.startsWith('INFO'))).toBe(true);
      });
      if (who === 'caller') caller.say('BYE');
      else anasPhone.say('BYE', [], 'taken');
      const other = who === 'caller' ? anasPhone : caller;
      await until(() => expect(other.heard.some((each) => each.startsWith('BYE'))).toBe(true));
      await until(async () => expect((await calls())[0]?.endedAt).toBeTruthy());
    },
  );

  test('a caller who brings a way along, or another call to take over, is rung through without them', async () => {
    expect(await anasPhone.register()).toBe(200);
    anasPhone.heard.length = 0;
    const headers = [
      `Route: <sip:127.0.0.1:${CARRIER};lr>`,
      'Replaces: 12345@127.0.0.3;to-tag=a;from-tag=b',
      'Join: 12345@127.0.0.3;to-tag=a;from-tag=b',
    ];
    expect(await caller.dial(`sip:0800000000@${proxy}`, headers)).toBe(200);
    caller.say('BYE');
    await until(async () => expect((await calls())[0]?.endedAt).toBeTruthy());
    expect(anasPhone.heard[0]).toMatch(/^INVITE /);
    expect(anasPhone.heard[0]).not.toMatch(/^(Route|Replaces|Join):/im);
    expect([carrier.rung, carrier.heard]).toEqual([[], []]);
  });
});
