import { createSocket } from 'node:dgram';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { startPhones, type TestPhones } from '../../../test/servers/phones.ts';
import { hangUpQuickly, type Seen } from '../../../test/servers/quick-caller.ts';
import { silentVoice } from '../../../test/servers/silent-voice.ts';
import { type CallerStep, hangsUpAfter, isRefused, sippCall, talks } from '../../../test/servers/sipp.ts';
import { startSwitchboard } from '../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { OLDEST_READING_MS } from './line/recent.ts';
import type { Telephony } from './open.ts';

const KAMAILIO = 15_260;
const PHONES = 15_270;
const CALLER = '+33639980031';
const NUMBERS = { ana: '+33353010010', bruno: '+33353010011' };
const patience = { timeout: 15_000, interval: 50 };

/** A voice that is always ready and says nothing: an offer of three parts lasts two and a half seconds. */
const SHORT_VOICE = silentVoice(6_660);

suiteNeeding(['kamailio', 'sipp'], 'callers who hang up, and what networks do to calls', () => {
  // Some of these calls are followed for minutes only: the clock of the house is near that of the phones.
  const db = testDatabase(new Date(Date.now() + 40 * 60_000));
  let world: World;
  let kamailio: TestKamailio;
  let phones: TestPhones;
  let board: Telephony;

  beforeAll(async () => {
    world = await buildWorld(db);
    const always = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ from: '00:00', to: '24:00' }]]));
    await db.database.kysely
      .updateTable('office')
      .set({ openingHours: JSON.stringify(always) })
      .execute();
    await db.database.kysely
      .updateTable('advisor')
      .set({ workingHours: JSON.stringify(always) })
      .execute();
    await addTestCustomer(db, world, { phone: CALLER });
    phones = await startPhones(PHONES);
    kamailio = await startKamailio(KAMAILIO, { fallback: `sip:front@${phones.address}`, answerWithinMs: 3_000 });
    // Nobody waits here for somebody to be free: waiting.test.ts.
    const door = { evapi: kamailio.evapi, phones: phones.address, unansweredSeconds: 0 };
    board = await startSwitchboard(db, door, SHORT_VOICE);
  });
  const calls = () =>
    db.database.kysely.selectFrom('call').where('id', 'not like', 'busy-%').selectAll().orderBy('invitedAt').execute();
  // Whatever became of a test, the next finds no call of it, here or in Kamailio.
  const forgetCalls = async () => {
    try {
      await vi.waitFor(async () => {
        for (const each of await calls()) expect(each.endedAt ?? each.missedAt).toBeTruthy();
        expect(await kamailio.dialogs()).toBe(0);
      }, patience);
      await pause(150);
    } finally {
      phones.clear();
      const { kysely } = db.database;
      await kysely.deleteFrom('callback').execute();
      await kysely.deleteFrom('call').execute();
      await kysely.deleteFrom('caseFile').execute();
      // No call of the next test is decided from what was so in this one.
      await pause(OLDEST_READING_MS);
    }
  };
  afterEach(forgetCalls);
  afterAll(async () => {
    await board?.stop();
    await kamailio?.stop();
    phones?.stop();
  });
  const call = (steps: readonly CallerStep[]) => sippCall(KAMAILIO, { from: CALLER }, steps);
  const anaTalks = async () => {
    await db.database.kysely
      .insertInto('call')
      .values({ id: 'busy-ana', invitedAt: db.clock.now, answeredAt: db.clock.now, answeredBy: world.ana })
      .execute();
    await board.prepare();
  };
  const offer = () => db.database.kysely.selectFrom('callbackOffer').selectAll().executeTakeFirst();
  const talksOnFile = async () =>
    (await db.database.kysely.selectFrom('interaction').where('channel', '=', 'call').select('id').execute()).length;
  /** One record, missed, and one callback owed for it. */
  const missedOnce = () =>
    vi.waitFor(async () => {
      expect(await calls()).toMatchObject([{ answeredAt: null, missedAt: expect.any(Date) }]);
      const owed = await db.database.kysely.selectFrom('commitment').select(['kind', 'ownerId']).execute();
      expect(owed).toEqual([{ kind: 'callback', ownerId: world.ana }]);
    }, patience);

  test('while Visavis is still thinking', async () => {
    const locked = await lockRoster(db.url);
    await call([{ expect: 100 }, 'cancel', { expect: 487, maybe: [100, 200] }, 'ack refusal']);
    await locked.release();
    await missedOnce();
    await pause(300);
    expect(await calls()).toMatchObject([{ cancelledAt: expect.any(Date) }]);
    // Its late answer rings nobody.
    expect(phones.rung).toEqual([]);
    expect(await offer()).toBeUndefined();
  });

  test('while the own phone rings', async () => {
    phones.set(NUMBERS.ana, 'ring');
    await call(hangsUpAfter(180, 200));
    await missedOnce();
    expect((await calls())[0]?.cancelledAt).toBeTruthy();
    expect(phones.heard).toContain('CANCEL');
    expect(await offer()).toBeUndefined();
  });

  test('during the offer: accepted', async () => {
    await anaTalks();
    await call(hangsUpAfter(183, 2_200));
    await missedOnce();
    expect(await offer()).toMatchObject({ acceptedAt: expect.any(Date), declinedAt: null });
  });

  test('during the offer that follows the own phone, rung in vain: accepted, and nobody else is rung', async () => {
    phones.set(NUMBERS.ana, 'decline');
    // Who hears these words first waits for the voice, and has heard too little of them by then.
    await call(hangsUpAfter(183, 400));
    await missedOnce();
    await forgetCalls();
    phones.set(NUMBERS.ana, 'decline');
    await call(hangsUpAfter(183, 2_200));
    await missedOnce();
    expect(await offer()).toMatchObject({ acceptedAt: expect.any(Date), advisorId: world.ana });
    expect(phones.rung.map(({ number }) => number)).toEqual([NUMBERS.ana]);
  });

  test('just after the offer, while Visavis decides again: accepted', async () => {
    await anaTalks();
    // The offer ends 2,500 ms after its first sound.
    const call = hangUpQuickly(KAMAILIO, CALLER, 183, 2_900);
    await vi.waitFor(async () => expect(await offer()).toBeTruthy(), patience);
    const locked = await lockRoster(db.url);
    expect(await call).toBe('cancelled');
    await locked.release();
    await missedOnce();
    expect(await offer()).toMatchObject({ acceptedAt: expect.any(Date), declinedAt: null });
    expect(phones.rung).toEqual([]);
  });

  test('at the very edge of the offer’s end: one record each, taken or not taken but never both, and one callback owed', async () => {
    await anaTalks();
    phones.set(NUMBERS.bruno, 'ring');
    const callers = [41, 42, 43, 44, 45, 46].map((end) => `+336399800${end}`);
    for (const phone of callers) await addTestCustomer(db, world, { phone });
    // The offer ends 2,500 ms after its first sound, which follows the 183 within a moment.
    const hangUp = (from: string, index: number) => hangUpQuickly(KAMAILIO, from, 183, 2_440 + 20 * index);
    expect(await Promise.all(callers.map(hangUp))).not.toContain('answered');
    await vi.waitFor(async () => {
      const all = await calls();
      expect(all.map(({ fromPhone }) => fromPhone).toSorted()).toEqual(callers);
      for (const each of all) expect(each).toMatchObject({ answeredAt: null, missedAt: expect.any(Date) });
      const offers = await db.database.kysely.selectFrom('callbackOffer').selectAll().execute();
      expect(offers).toHaveLength(callers.length);
      for (const each of offers) expect([each.acceptedAt, each.declinedAt].filter(Boolean)).toHaveLength(1);
    }, patience);
    const owed = await db.database.kysely.selectFrom('commitment').select(['kind', 'ownerId']).execute();
    expect(owed).toEqual(callers.map(() => ({ kind: 'callback', ownerId: world.ana })));
    // No branch is left behind: every phone that was rung has been told that the caller is gone.
    expect(phones.heard.filter((method) => method === 'CANCEL')).toHaveLength(phones.rung.length);
  });

  test('an INVITE that comes a second time is one call: one phone rings once, one record', async () => {
    phones.set(NUMBERS.ana, 'answer');
    const before = await talksOnFile();
    await call([{ expect: 100 }, 'invite again', 'invite again', ...talks(100)]);
    await vi.waitFor(async () => expect((await calls())[0]?.endedAt).toBeTruthy(), patience);
    expect(await calls()).toMatchObject([{ answeredBy: world.ana, missedAt: null }]);
    expect(phones.rung).toHaveLength(1);
    expect(await talksOnFile()).toBe(before + 1);
  });

  test('long after the offer, while the backup’s phone rings: declined, and still owed a callback', async () => {
    await anaTalks();
    phones.set(NUMBERS.bruno, 'ring');
    await call([{ expect: 183, maybe: [100] }, ...hangsUpAfter(180, 1_900, [])]);
    await missedOnce();
    expect(await offer()).toMatchObject({ acceptedAt: null, declinedAt: expect.any(Date) });
  });

  test('around the moment somebody answers: one record each, answered or missed as its caller saw it', async () => {
    // The phone answers 60 ms after its first ring.
    phones.set(NUMBERS.ana, 'answer');
    const seen: Seen[] = [];
    for (const afterMs of [0, 20, 40, 48, 54, 58, 62, 66, 72, 80, 120, 160]) {
      seen.push(await hangUpQuickly(KAMAILIO, CALLER, 180, afterMs));
      await vi.waitFor(async () => {
        const all = await calls();
        expect(all).toHaveLength(seen.length);
        for (const each of all) expect(each.endedAt ?? each.missedAt).toBeTruthy();
      }, patience);
      // Whoever was on the phone has noted the call.
      db.clock.now = new Date(db.clock.now.getTime() + 120_000);
    }
    expect(new Set(seen)).toEqual(new Set(['cancelled', 'answered']));
    const told = (await calls()).map(({ answeredBy, endedAt, missedAt }) => ({
      answeredBy,
      ended: !!endedAt,
      missed: !!missedAt,
    }));
    expect(told).toEqual(
      seen.map((how) =>
        how === 'answered'
          ? { answeredBy: world.ana, ended: true, missed: false }
          : { answeredBy: null, ended: false, missed: true },
      ),
    );
    expect(phones.rung).toHaveLength(seen.length);
  });

  test('what is no SIP, or bad SIP, disturbs nobody', async () => {
    const socket = createSocket('udp4');
    const bad = [
      '\0\xff'.repeat(200),
      'INVITE sip:x SIP/2.0\r\n\r\n',
      `INVITE sip:0800@127.0.0.1 SIP/2.0\r\nVia: ${'a'.repeat(3_000)}\r\n\r\n`,
    ];
    for (const text of bad) await new Promise((done) => socket.send(text, KAMAILIO, '127.0.0.1', done));
    socket.close();
    phones.set(NUMBERS.ana, 'answer');
    await call(talks(50));
    await vi.waitFor(async () => expect((await calls())[0]?.endedAt).toBeTruthy(), patience);
    expect(await calls()).toHaveLength(1);
  });

  test('a withheld number is never offered anything, whatever its From line says', async () => {
    await anaTalks();
    const from = { from: CALLER, headers: ['Privacy: id'] };
    await sippCall(KAMAILIO, from, isRefused(480));
    await vi.waitFor(async () => expect((await calls())[0]?.missedAt).toBeTruthy(), patience);
    expect((await calls())[0]).toMatchObject({ fromPhone: null, customerId: null });
    expect(await offer()).toBeUndefined();
  });

  test('the trunk’s word on who calls stands above the phone’s', async () => {
    phones.set(NUMBERS.ana, 'answer');
    const headers = [`P-Asserted-Identity: <sip:${CALLER}@carrier.example.org>`];
    await sippCall(KAMAILIO, { from: '+33639980077', headers }, talks(50));
    await vi.waitFor(async () => expect((await calls())[0]?.endedAt).toBeTruthy(), patience);
    expect((await calls())[0]?.fromPhone).toBe(CALLER);
  });

  test('the same Call-ID again is another call', async () => {
    phones.set(NUMBERS.ana, 'answer');
    for (const headers of [[], ['X-Again: 1']])
      await sippCall(KAMAILIO, { from: CALLER, callId: 'same@example.org', headers }, talks(50));
    await vi.waitFor(async () => expect(await calls()).toHaveLength(2), patience);
  });
});

/** Keeps Visavis from reading its roster, so that it cannot answer in time. */
async function lockRoster(url: string): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('begin; lock table roster in access exclusive mode');
  return {
    release: async () => {
      await client.query('rollback');
      await client.end();
    },
  };
}
