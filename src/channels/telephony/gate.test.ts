import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type DeskPhone, startDeskPhone } from '../../../test/servers/desk-phone.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { startPhones, type TestPhones } from '../../../test/servers/phones.ts';
import { isRefused, sippCall, talks } from '../../../test/servers/sipp.ts';
import { burst, callOverTls } from '../../../test/servers/stranger.ts';
import { phoneTime, startSwitchboard } from '../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { occupied } from '../../desk/views/on-the-phone.ts';
import { writeHeldLists } from './held-lists.ts';
import type { Telephony } from './open.ts';

const KAMAILIO = 15_660;
const TLS = 15_662;
const CARRIER = 15_670;
const CALLER = '+33639980061';
const CALLED = '+33639980062';
/** Nobody's: whom nobody can be promised to call back goes to the front desk. */
const UNKNOWN = '+33639980098';
const [ANA, BRUNO] = ['+33353010010', '+33353010011'];
const STRANGER = '127.0.0.8';
const patience = { timeout: 6_000, interval: 40 };

suiteNeeding(['kamailio', 'kamailioSqlite', 'sipp', 'openssl'], 'who may call through Kamailio, and as whom', () => {
  const db = testDatabase(phoneTime());
  const folder = mkdtempSync(join(tmpdir(), 'visavis-gate-'));
  const proxy = `127.0.0.1:${KAMAILIO}`;
  let world: World;
  let kamailio: TestKamailio;
  let carrier: TestPhones;
  let board: Telephony;
  let anasPhone: DeskPhone;
  const phones: DeskPhone[] = [];

  beforeAll(async () => {
    world = await buildWorld(db);
    await addTestCustomer(db, world, { phone: CALLER });
    await addTestCustomer(db, world, { phone: CALLED });
    carrier = await startPhones(CARRIER);
    const door = {
      evapi: `127.0.0.1:${KAMAILIO + 1}`,
      phones: 'registrar',
      fallback: `sip:front@${carrier.address}`,
      folder,
    };
    await writeHeldLists(db.database.kysely, db.clock.now, door);
    // The operator's own file: who may register, and with which password.
    appendFileSync(join(folder, 'lists/phones'), `1:${ANA}:0:0:of-ana:0\n2:${BRUNO}:0:0:of-bruno:0\n`);
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const about = ['-subj', '/CN=sip.example.org', '-days', '2', '-nodes'];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-keyout', key, '-out', certificate, ...about], {
      stdio: 'ignore',
    });
    kamailio = await startKamailio(KAMAILIO, {
      listen: [`udp:${proxy}`, `tls:127.0.0.1:${TLS}`],
      tls: { certificate, key },
      fallback: `sip:front@${carrier.address}`,
      answerWithinMs: 3_000,
      callsPerSecond: 6,
      registrar: { realm: '127.0.0.1' },
      folder,
      outgoing: { number: '+33199001234', carrier: carrier.address, phones: [], maskKey: 'of the test' },
    });
    board = await startSwitchboard(db, door, ['false']);
    anasPhone = await phone(15_672, ANA, 'of-ana');
  });
  afterEach(async () => {
    await pause(250);
    carrier.clear();
    await db.database.kysely.deleteFrom('call').execute();
    await db.database.kysely.deleteFrom('caseFile').execute();
    await db.database.kysely.deleteFrom('trayItem').execute();
  });
  afterAll(async () => {
    await board?.stop();
    await kamailio?.stop();
    carrier?.stop();
    for (const each of phones) each.stop();
  });

  const phone = async (port: number, number: string, password: string) => {
    const made = await startDeskPhone(port, { number, password, proxy, host: '127.0.0.3' });
    phones.push(made);
    return made;
  };
  const calls = () => db.database.kysely.selectFrom('call').selectAll().execute();
  const ended = () => vi.waitFor(async () => expect((await calls())[0]?.endedAt).toBeTruthy(), patience);

  test('a stranger’s INVITE is refused, whatever it says of itself, and nobody hears of it', async () => {
    const headers = [`P-Asserted-Identity: <sip:${CALLER}@127.0.0.1>`, 'X-Prompt: offer'];
    // Not a trunk and no phone: it must prove to be one, and cannot.
    await sippCall(KAMAILIO, { from: CALLER, headers, address: STRANGER }, isRefused(407));
    await pause(150);
    expect(await calls()).toEqual([]);
    expect(carrier.rung).toEqual([]);
  });

  test('a phone registers with its own password under its own number, and is rung there', async () => {
    expect(await anasPhone.register()).toBe(200);
    anasPhone.heard.length = 0;
    await sippCall(KAMAILIO, { from: CALLER }, talks(50));
    await ended();
    expect(anasPhone.heard[0]).toMatch(/^INVITE sip:\+33353010010@127\.0\.0\.3:15672/);
    expect(await calls()).toMatchObject([{ answeredBy: world.ana }]);
  });

  test('a wrong password, another’s number, an unknown one: not registered', async () => {
    const wrong = await phone(15_674, BRUNO, 'of-ana');
    const nobody = await phone(15_676, '+33353010099', 'of-ana');
    expect(await wrong.register()).toBe(401);
    expect(await nobody.register()).toBe(401);
  });

  test('a phone that went away: the next one rings, and the caller is not lost', async () => {
    expect(await anasPhone.register(0)).toBe(200);
    const bruno = await phone(15_678, BRUNO, 'of-bruno');
    expect(await bruno.register()).toBe(200);
    await sippCall(KAMAILIO, { from: CALLER }, talks(50));
    await ended();
    expect(await calls()).toMatchObject([{ answeredBy: world.bruno }]);
    // The last events of a call come with its end.
    await pause(300);
    // There again, and declined: the second of two registered phones rings as well.
    await db.database.kysely.deleteFrom('call').execute();
    expect(await anasPhone.register()).toBe(200);
    anasPhone.manner = 'declines';
    await sippCall(KAMAILIO, { from: CALLER }, talks(50));
    await ended();
    expect(await calls()).toMatchObject([{ answeredBy: world.bruno }]);
    anasPhone.manner = 'picks up';
    for (const each of [anasPhone, bruno]) expect(await each.register(0)).toBe(200);
  });

  test('nobody is registered at all: the front desk takes the call', async () => {
    carrier.set('front', 'answer');
    await sippCall(KAMAILIO, { from: UNKNOWN }, talks(50));
    await ended();
    expect(carrier.rung.map(({ number }) => number)).toEqual(['front']);
    expect(await calls()).toMatchObject([{ answeredBy: null }]);
  });

  test('a registered phone dials under the one number; without its password it dials nobody', async () => {
    carrier.set(CALLED, 'answer');
    const forged = await phone(15_680, ANA, 'guessed');
    expect(await forged.dial(`sip:${CALLED}@${proxy}`)).toBe(407);
    expect(carrier.rung).toEqual([]);
    const headers = ['P-Asserted-Identity: <sip:+33639980066@example.org>', 'Privacy: none'];
    expect(await anasPhone.dial(`sip:${CALLED}@${proxy}`, headers)).toBe(200);
    anasPhone.say('BYE');
    await ended();
    const asked = carrier.rung[0]?.request.headers;
    expect(asked?.get('p-asserted-identity')).toEqual(['<sip:+33199001234@127.0.0.1>']);
    // Its Call-ID is the phone's own word; nothing else says where it stands.
    const told = [...(asked ?? [])].filter(([name]) => name !== 'call-id');
    expect(JSON.stringify(told)).not.toMatch(/33353010010|127\.0\.0\.3/);
    expect(await calls()).toMatchObject([{ placedBy: world.ana, direction: 'out' }]);
  });

  test('a phone rings a colleague by number: no call of a customer, nothing to the carrier', async () => {
    const bruno = await phone(15_682, BRUNO, 'of-bruno');
    expect(await bruno.register()).toBe(200);
    expect(await anasPhone.dial(`sip:0353010011@${proxy}`)).toBe(200);
    const busy = async () => {
      const all = await occupied({ db: db.database.kysely, now: new Date() }, 0);
      return [world.ana, world.bruno].filter((id) => all.get(id)?.doing === 'call').length;
    };
    await vi.waitFor(async () => expect(await busy()).toBe(2), patience);
    anasPhone.say('BYE');
    await vi.waitFor(() => expect(bruno.heard.some((each) => each.startsWith('BYE'))).toBe(true), patience);
    await vi.waitFor(async () => expect(await busy()).toBe(0), patience);
    expect(await db.database.kysely.selectFrom('unrecordedTalk').selectAll().execute()).toEqual([]);
    expect(await bruno.register(0)).toBe(200);
    expect(carrier.rung).toEqual([]);
    expect(await calls()).toEqual([]);
  });

  test('a call over TLS is answered and ended over TLS', async () => {
    carrier.set('front', 'answer');
    const { codes, recorded } = await callOverTls(TLS, UNKNOWN);
    expect(codes.at(-1)).toBe(200);
    expect(codes.filter((code) => code === 200)).toHaveLength(2);
    expect(recorded).toContain('transport=tls');
    await ended();
    expect(carrier.heard).toContain('BYE');
    expect(await calls()).toMatchObject([{ fromPhone: UNKNOWN, missedAt: null }]);
  });

  test('more calls a second than the trunk may begin are told to come back, and the next second takes calls again', async () => {
    await pause(1_100);
    const codes = await burst(KAMAILIO, '127.0.0.1', { method: 'INVITE', count: 30, waitMs: 700 });
    expect(codes.filter((code) => code === 503).length).toBeGreaterThan(10);
    await pause(1_500);
    carrier.set('front', 'answer');
    await sippCall(KAMAILIO, { from: UNKNOWN }, talks(50));
  });

  test('an address that asks too often gets no answer at all; the trunk is answered all the while', async () => {
    const asked = { method: 'OPTIONS', count: 120, waitMs: 400 };
    const [stranger, again, trunk] = [
      await burst(KAMAILIO, STRANGER, asked),
      await burst(KAMAILIO, STRANGER, { ...asked, count: 5 }),
      await burst(KAMAILIO, '127.0.0.1', asked),
    ];
    expect(stranger.length).toBeLessThan(60);
    expect(new Set(stranger)).toEqual(new Set([403]));
    expect(again).toEqual([]);
    expect(trunk).toHaveLength(120);
  });
});
