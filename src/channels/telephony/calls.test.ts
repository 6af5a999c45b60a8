import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { listen } from '../../../test/servers/ear.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { startPhones, type TestPhones } from '../../../test/servers/phones.ts';
import { type Caller, type CallerStep, hangsUpAfter, isRefused, sippCall, talks } from '../../../test/servers/sipp.ts';
import { phoneTime, startSwitchboard } from '../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { encodeG711 } from '../../core/telephony/g711.ts';
import { readWav, writeWav } from '../../core/telephony/wav.ts';
import { prepareSentence, setSentence } from '../../desk/advisors/own-sentence.ts';
import { OLDEST_READING_MS } from './line/recent.ts';
import type { Telephony } from './open.ts';

const KAMAILIO = 15_060;
const PHONES = 15_070;
const CALLER = '+33639980011';
const NUMBERS = { ana: '+33353010010', bruno: '+33353010011', chloe: '+33353010012' };
const FRONT = 'front';
const patience = { timeout: 6_000, interval: 50 };

suiteNeeding(['kamailio', 'sipp', 'espeak'], 'calls through Kamailio', () => {
  const db = testDatabase(phoneTime());
  let world: World;
  let customerId: string;
  let kamailio: TestKamailio;
  let phones: TestPhones;
  let board: Telephony;

  beforeAll(async () => {
    world = await buildWorld(db);
    customerId = (await addTestCustomer(db, world, { phone: CALLER, mail: 'camille@example.org' })).id;
    phones = await startPhones(PHONES);
    kamailio = await startKamailio(KAMAILIO, { fallback: `sip:${FRONT}@127.0.0.1:${PHONES}`, answerWithinMs: 3_000 });
    board = await startSwitchboard(db, {
      evapi: kamailio.evapi,
      phones: phones.address,
      fallback: `sip:${FRONT}@${phones.address}`,
      showNames: true,
      filesAt: 'https://desk.example.org/workspace/customers',
    });
  });
  afterEach(async () => {
    // Every call of this test is over, so that none of its events reaches the next one.
    await until(async () => {
      for (const each of await calls())
        expect(each.id.startsWith('busy-') || each.endedAt || each.missedAt).toBeTruthy();
    });
    await pause(100);
    phones.clear();
    const { kysely } = db.database;
    await kysely.deleteFrom('callback').execute();
    await kysely.deleteFrom('call').execute();
    await kysely.deleteFrom('caseFile').execute();
    await kysely.deleteFrom('trayItem').execute();
    // No call of the next test is decided from what was so in this one.
    await pause(OLDEST_READING_MS);
  });
  afterAll(async () => {
    await board?.stop();
    await kamailio?.stop();
    phones?.stop();
  });

  const call = (steps: readonly CallerStep[], caller: Partial<Caller> = {}) =>
    sippCall(KAMAILIO, { from: CALLER, ...caller }, steps);
  const calls = () => db.database.kysely.selectFrom('call').selectAll().orderBy('invitedAt').execute();
  const offers = () => db.database.kysely.selectFrom('callbackOffer').selectAll().execute();
  const owed = () =>
    db.database.kysely.selectFrom('commitment').where('withdrawnAt', 'is', null).select(['kind', 'ownerId']).execute();
  const until = (check: () => Promise<void>) => vi.waitFor(check, patience);
  const talking = async (advisorId: string) => {
    await db.database.kysely
      .insertInto('call')
      .values({ id: `busy-${advisorId}`, invitedAt: db.clock.now, answeredAt: db.clock.now, answeredBy: advisorId })
      .execute();
    await board.prepare();
  };
  const theCall = async () => (await calls()).find(({ id }) => !id.startsWith('busy-'));
  const missed = () => until(async () => expect((await theCall())?.missedAt).toBeTruthy());

  test('a call rings the own advisor, who answers: one record, with who and how long, and nothing is owed', async () => {
    phones.set(NUMBERS.ana, 'answer');
    await call(talks());
    await until(async () => expect((await calls())[0]?.endedAt).toBeTruthy());
    const all = await calls();
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ customerId, fromPhone: CALLER, answeredBy: world.ana, missedAt: null });
    expect(phones.rung.map(({ number }) => number)).toEqual([NUMBERS.ana]);
    expect(await db.database.kysely.selectFrom('commitment').select('id').execute()).toEqual([]);
    const timeline = await db.database.kysely.selectFrom('interaction').selectAll().execute();
    expect(timeline).toMatchObject([{ customerId, channel: 'call', byAdvisor: world.ana }]);
    expect(timeline[0]?.text).toBe('Appel avec Ana Perrin, moins d’une minute.');
  });

  test('the phone shows who calls and where the file is, and nothing the caller made up', async () => {
    phones.set(NUMBERS.ana, 'answer');
    const forged = ['Call-Info: <https://evil.example.org/>;purpose=info', 'X-Prompt: ../../etc/passwd'];
    await call(talks(), { headers: forged });
    const headers = phones.rung[0]?.request.headers;
    expect(headers?.get('call-info')).toEqual([
      `<https://desk.example.org/workspace/customers/${customerId}>;purpose=info`,
    ]);
    expect(headers?.get('from')?.[0]).toMatch(/^"[^"]+ \([^"]+\)"/);
    expect(headers?.has('x-prompt')).toBe(false);
  });

  test('busy, declined, dead, not answered: the next phone rings, and the record says who took it', async () => {
    phones.set(NUMBERS.ana, 'decline');
    phones.set(NUMBERS.bruno, 'dead');
    phones.set(NUMBERS.chloe, 'answer');
    await call(talks());
    await until(async () => expect((await calls())[0]?.endedAt).toBeTruthy());
    expect((await calls())[0]).toMatchObject({ answeredBy: world.chloe });
    expect(new Set(phones.rung.map(({ number }) => number)).size).toBe(3);
  });

  test('everyone is busy: the call is on the timeline once, and a callback is owed by the own advisor', async () => {
    await call(isRefused(480));
    await missed();
    await until(async () => expect(await owed()).toEqual([{ kind: 'callback', ownerId: world.ana }]));
    const timeline = await db.database.kysely
      .selectFrom('interaction')
      .where('direction', '=', 'in')
      .selectAll()
      .execute();
    expect(timeline).toMatchObject([{ customerId, channel: 'call' }]);
  });

  test('a number nobody knows rings anyone, then the front desk; missed there too, it lies in the tray', async () => {
    await call(isRefused(480), { from: '+33639980099' });
    await missed();
    expect(phones.rung.map(({ number }) => number).at(-1)).toBe(FRONT);
    expect(await db.database.kysely.selectFrom('trayItem').select('id').execute()).toHaveLength(1);
    expect(await offers()).toEqual([]);
  });

  test('the own advisor is on a call: the offer is heard, hanging up takes it, and it is confirmed by mail', async () => {
    await talking(world.ana);
    const heard = await listen();
    await call(hangsUpAfter(183, 4_000), { media: { port: heard.port } });
    await missed();
    await until(async () => expect((await offers())[0]?.acceptedAt).toBeTruthy());
    expect(await offers()).toMatchObject([{ customerId, advisorId: world.ana, own: true, declinedAt: null }]);
    expect((await offers())[0]?.playedMs).toBeGreaterThan(2_000);
    expect(await owed()).toEqual([{ kind: 'callback', ownerId: world.ana }]);
    expect(phones.rung).toEqual([]);
    expect(heard.packets.length).toBeGreaterThan(100);
    expect(new Set(heard.packets.map((packet) => (packet[1] ?? 0) & 0x7f))).toEqual(new Set([8]));
    const mails = await db.database.kysely.selectFrom('outgoingMail').select(['toAddress', 'text']).execute();
    expect(mails).toMatchObject([{ toAddress: 'camille@example.org', text: expect.stringContaining('/callback/') }]);
    heard.close();
  });

  test('hanging up before the offer can be understood takes nothing; the missed call is owed a callback', async () => {
    await talking(world.ana);
    await call(hangsUpAfter(183, 400));
    await missed();
    await until(async () => expect((await offers())[0]?.playedMs).toBeGreaterThan(0));
    expect(await offers()).toMatchObject([{ acceptedAt: null, declinedAt: null }]);
  });

  test('who stays on the line has declined, and the named backup answers', async () => {
    await talking(world.ana);
    phones.set(NUMBERS.bruno, 'answer');
    const heard = await listen();
    await call([{ expect: 183, maybe: [100] }, ...talks(100)], { media: { port: heard.port, types: '0' } });
    await until(async () => expect((await theCall())?.endedAt).toBeTruthy());
    expect(await theCall()).toMatchObject({ answeredBy: world.bruno });
    const [offer] = await offers();
    expect(offer).toMatchObject({ acceptedAt: null });
    expect(offer?.declinedAt).toBeTruthy();
    // Ended exactly with the prompt: as many packets as it lasts.
    expect(heard.packets).toHaveLength((offer?.playedMs ?? 0) / 20);
    expect(new Set(heard.packets.map((packet) => (packet[1] ?? 0) & 0x7f))).toEqual(new Set([0]));
    heard.close();
  });

  test('the advisor’s own voice begins and ends the offer, the time is spoken in between', async () => {
    const actor = { kind: 'staff', staffId: world.staff.ana, advisorId: world.ana, role: 'advisor' } as const;
    const record = async (kind: 'opening' | 'ending', sound: Int16Array | null) => {
      const sentence = sound && prepareSentence(kind, writeWav(sound));
      if (typeof sentence === 'string') throw new Error(sentence);
      await db.transact((tx) => setSentence(tx, actor, { advisorId: world.ana, kind, locale: 'fr', sentence }));
      return encodeG711((sentence && readWav(sentence.sound)) || new Int16Array(), 8);
    };
    const opening = await record('opening', hum(0.8, 700));
    const ending = await record('ending', hum(0.5, 500));
    await talking(world.ana);
    phones.set(NUMBERS.bruno, 'answer');
    const heard = await listen();
    await call([{ expect: 183, maybe: [100] }, ...talks(50)], { media: { port: heard.port } });
    heard.close();
    await record('opening', null);
    await record('ending', null);
    await until(async () => expect((await theCall())?.endedAt).toBeTruthy());
    const sound = Buffer.concat(heard.packets.map((packet) => packet.subarray(12)));
    expect(sound.subarray(0, opening.length).equals(opening)).toBe(true);
    const endsAt = sound.lastIndexOf(ending);
    expect(sound.length - endsAt - ending.length).toBeLessThan(160);
    const time = endsAt - opening.length;
    expect(time / 8_000).toBeGreaterThan(0.5);
    expect(time / 8_000).toBeLessThan(2);
    expect((await offers())[0]?.playedMs).toBe(sound.length / 8);
  });

  test('who never wants to be rung back hears no offer; who always does is promised one, and no phone rings', async () => {
    await talking(world.ana);
    phones.set(NUMBERS.bruno, 'answer');
    const wish = (ringBack: 'ask' | 'always' | 'never') =>
      db.database.kysely.updateTable('customer').set({ ringBack }).where('id', '=', customerId).execute();
    await wish('never');
    await call(talks(50));
    await until(async () => expect((await theCall())?.endedAt).toBeTruthy());
    expect(await theCall()).toMatchObject({ answeredBy: world.bruno });
    expect(await offers()).toEqual([]);
    // The last events of a call come with its end.
    await pause(300);
    await db.database.kysely.deleteFrom('call').where('id', 'not like', 'busy-%').execute();
    phones.rung.length = 0;
    await wish('always');
    await call(isRefused(480));
    await missed();
    expect(phones.rung).toEqual([]);
    await until(async () => expect(await owed()).toEqual([{ kind: 'callback', ownerId: world.ana }]));
    await wish('ask');
  });
});

/** A voice of this pitch for so long. */
const hum = (seconds: number, hertz: number) =>
  Int16Array.from({ length: 8_000 * seconds }, (_, at) => 9_000 * Math.sin((at * hertz * 2 * Math.PI) / 8_000));
