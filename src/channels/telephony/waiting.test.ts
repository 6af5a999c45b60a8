import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { startDeskPhone } from '../../../test/servers/desk-phone.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { startPhones, type TestPhones } from '../../../test/servers/phones.ts';
import { type CallerStep, hangsUpAfter, isRefused, sippCall, talks } from '../../../test/servers/sipp.ts';
import { startSwitchboard } from '../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { writeWav } from '../../core/telephony/wav.ts';
import { OLDEST_READING_MS } from './line/recent.ts';
import type { Telephony } from './open.ts';

const KAMAILIO = 16_260;
const PHONES = 16_270;
const OF_ANA = '+33639980071';
const OF_BRUNO = '+33639980072';
const NOBODYS = '+33639980079';
const NUMBERS = { ana: '+33353010010', bruno: '+33353010011', chloe: '+33353010012', lea: '+33353010013' };
const patience = { timeout: 8_000, interval: 50 };

/** A voice that is always ready and says a second of nothing. */
const SILENT = join(mkdtempSync(join(tmpdir(), 'visavis-silent-')), 'silent.wav');
writeFileSync(SILENT, writeWav(new Int16Array(8_000)));
const SHORT_VOICE = ['sh', '-c', `cat ${SILENT}`];
/** Nearly two of them: an offer of three parts lasts as long as it may. */
const LONG = join(mkdtempSync(join(tmpdir(), 'visavis-silent-')), 'long.wav');
writeFileSync(LONG, writeWav(new Int16Array(15_200)));
const LONG_VOICE = ['sh', '-c', `cat ${LONG}`];

suiteNeeding(['kamailio', 'sipp'], 'callers who wait, and what is decided again', () => {
  // Near the time of the phones: who waits, waits since a moment that Kamailio tells.
  const db = testDatabase(new Date(Date.now() + 10 * 60_000));
  let world: World;
  let kamailio: TestKamailio;
  let phones: TestPhones;
  let board: Telephony | undefined;
  const threads: Worker[] = [];

  const connect = async (more: { unansweredSeconds?: number } = {}, voice = SHORT_VOICE) => {
    const door = { evapi: kamailio.evapi, phones: phones.address, fallback, ...more };
    board = await startSwitchboard(db, door, voice);
    await board.prepare();
  };
  let fallback: string;
  beforeAll(async () => {
    process.on('worker', (thread: Worker) => void threads.push(thread));
    world = await buildWorld(db);
    const always = JSON.stringify(
      Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ from: '00:00', to: '24:00' }]])),
    );
    await db.database.kysely.updateTable('office').set({ openingHours: always }).execute();
    await db.database.kysely.updateTable('advisor').set({ workingHours: always }).execute();
    await addTestCustomer(db, world, { phone: OF_ANA });
    await addTestCustomer(db, world, { phone: OF_BRUNO, advisorId: world.bruno });
    phones = await startPhones(PHONES);
    fallback = `sip:front@${phones.address}`;
    kamailio = await startKamailio(KAMAILIO, { fallback, answerWithinMs: 2_000 });
    await connect();
  });
  afterAll(async () => {
    await board?.stop();
    await kamailio?.stop();
    phones?.stop();
  });
  const incoming = () =>
    db.database.kysely.selectFrom('call').where('id', 'not like', 'busy-%').selectAll().orderBy('invitedAt').execute();
  afterEach(async () => {
    try {
      await vi.waitFor(async () => {
        for (const each of await incoming()) expect(each.endedAt ?? each.missedAt).toBeTruthy();
        expect(await kamailio.dialogs()).toBe(0);
      }, patience);
      // The last events of a call come with its end.
      await pause(300);
    } finally {
      phones.clear();
      for (const table of ['callback', 'call', 'caseFile', 'trayItem'] as const)
        await db.database.kysely.deleteFrom(table).execute();
      await db.database.kysely.updateTable('customer').set({ ringBack: 'ask' }).execute();
      // No call of the next test is decided from what was so in this one.
      await pause(OLDEST_READING_MS);
    }
  });
  const call = (from: string, steps: readonly CallerStep[]) => sippCall(KAMAILIO, { from }, steps);
  const talking = async (...names: (keyof typeof NUMBERS)[]) => {
    for (const name of names)
      await db.database.kysely
        .insertInto('call')
        .values({ id: `busy-${name}`, invitedAt: db.clock.now, answeredAt: db.clock.now, answeredBy: world[name] })
        .execute();
    // Until no state of before may be decided from.
    await pause(OLDEST_READING_MS);
  };
  const isDone = (name: keyof typeof NUMBERS) =>
    db.database.kysely
      .updateTable('call')
      .set({ endedAt: db.clock.now, wrappedAt: db.clock.now })
      .where('id', '=', `busy-${name}`)
      .execute();
  const waits = (count: number) =>
    vi.waitFor(async () => {
      const all = await incoming();
      expect(all.filter(({ waitsSince, missedAt }) => waitsSince && !missedAt)).toHaveLength(count);
    }, patience);
  const rung = () => phones.rung.map(({ number }) => number);

  const answeredBy = (from: string, advisorId: string) =>
    vi.waitFor(async () => {
      const found = (await incoming()).filter(({ fromPhone }) => fromPhone === from);
      expect(found).toMatchObject([{ answeredBy: advisorId, missedAt: null, endedAt: expect.any(Date) }]);
    }, patience);
  const missed = (from: string) =>
    vi.waitFor(async () => {
      const found = (await incoming()).filter(({ fromPhone }) => fromPhone === from);
      expect(found).toMatchObject([{ answeredAt: null, missedAt: expect.any(Date) }]);
    }, patience);
  const owed = () => db.database.kysely.selectFrom('commitment').select(['kind', 'ownerId']).execute();
  const again = () =>
    db.database.kysely.selectFrom('callAgain').select(['ask', 'request', 'decision']).orderBy('ask').execute();
  const offers = () => db.database.kysely.selectFrom('callbackOffer').selectAll().execute();
  /** Without a shared folder the end of a call while Visavis was down is told to nobody. */
  const forget = () => db.database.kysely.deleteFrom('call').where('id', 'not like', 'busy-%').execute();
  /** Hears what is said before an answer, and is then put through. */
  const staysOn: CallerStep[] = [{ expect: 183, maybe: [100] }, ...talks(100)];
  const everyone = ['ana', 'bruno', 'chloe', 'lea'] as const;

  test('everyone talks: the caller waits, unanswered, and is put through to the advisor who is done first', async () => {
    await talking(...everyone);
    phones.set(NUMBERS.chloe, 'answer');
    const caller = call(NOBODYS, staysOn);
    await waits(1);
    expect(rung()).toEqual([]);
    await isDone('chloe');
    await caller;
    expect(rung()).toEqual([NUMBERS.chloe]);
    await answeredBy(NOBODYS, world.chloe);
    expect(await again()).toMatchObject([{ decision: { reasons: [{ code: 'caller_waits' }] } }]);
  });

  test('an own caller comes before a stranger who has waited longer; the stranger is next', async () => {
    await talking(...everyone);
    phones.set(NUMBERS.bruno, 'answer');
    const stranger = call(NOBODYS, staysOn);
    await waits(1);
    const own = call(OF_BRUNO, staysOn);
    await waits(2);
    await isDone('bruno');
    await own;
    await answeredBy(OF_BRUNO, world.bruno);
    // For the clock of this house every call ended long ago: Bruno has nothing to write up, and takes the next.
    await stranger;
    await answeredBy(NOBODYS, world.bruno);
    const [first, second] = await incoming();
    expect([first?.fromPhone, second?.fromPhone]).toEqual([NOBODYS, OF_BRUNO]);
    expect(second?.answeredAt?.getTime()).toBeLessThan(first?.answeredAt?.getTime() ?? 0);
    // The one offer of a callback was heard to its end.
    expect(await offers()).toMatchObject([{ acceptedAt: null, declinedAt: expect.any(Date) }]);
  });

  test('who gives up while waiting is owed the callback, once, and nobody is rung for them any more', async () => {
    await talking(...everyone);
    await db.database.kysely.updateTable('customer').set({ ringBack: 'never' }).execute();
    await call(OF_ANA, hangsUpAfter(183, 2_500));
    await missed(OF_ANA);
    expect((await incoming())[0]).toMatchObject({ cancelledAt: expect.any(Date) });
    expect(await owed()).toEqual([{ kind: 'answer', ownerId: world.ana }]);
    await isDone('ana');
    await pause(700);
    expect(rung()).toEqual([]);
  });

  test('who waits as long as it may last is told who calls back, and it is owed by them', async () => {
    await board?.stop();
    await connect({ unansweredSeconds: 7 });
    await talking(...everyone);
    await call(OF_ANA, isRefused(480));
    await missed(OF_ANA);
    const steps = (await again()).map(({ decision }) => (decision as { attempts: unknown[] }).attempts);
    // After the offer, and after the wait; nobody was free.
    expect(steps).toEqual([[], []]);
    expect(rung()).toEqual([]);
    expect(await owed()).toEqual([{ kind: 'callback', ownerId: world.ana }]);
    await board?.stop();
    await connect();
  });

  test('the backup takes another call while the offer is spoken: another phone rings, not theirs', async () => {
    await talking('ana');
    phones.set(NUMBERS.bruno, 'answer');
    phones.set(NUMBERS.chloe, 'answer');
    const caller = call(OF_ANA, staysOn);
    await vi.waitFor(async () => expect(await offers()).toHaveLength(1), patience);
    await talking('bruno');
    await caller;
    await answeredBy(OF_ANA, world.chloe);
    expect(rung()).toEqual([NUMBERS.chloe]);
    const [decided] = await again();
    expect(decided).toMatchObject({ ask: 1, request: { declined: true, tried: [] } });
  });

  test('the own advisor is done while the offer is spoken: their phone rings, and nobody else’s', async () => {
    await talking(...everyone);
    phones.set(NUMBERS.ana, 'answer');
    const caller = call(OF_ANA, staysOn);
    await vi.waitFor(async () => expect(await offers()).toHaveLength(1), patience);
    await isDone('ana');
    await caller;
    await answeredBy(OF_ANA, world.ana);
    expect(rung()).toEqual([NUMBERS.ana]);
  });

  test('a phone nobody answers is not rung again for this caller, also when they have waited meanwhile', async () => {
    await talking('bruno', 'chloe', 'lea');
    phones.set(NUMBERS.ana, 'decline');
    phones.set(NUMBERS.lea, 'answer');
    const caller = call(OF_ANA, [{ expect: 183, maybe: [100, 180] }, ...talks(100)]);
    await waits(1);
    await pause(800);
    expect(rung()).toEqual([NUMBERS.ana]);
    await isDone('lea');
    await caller;
    await answeredBy(OF_ANA, world.lea);
    expect((await again())[0]).toMatchObject({ request: { declined: false, tried: [world.ana] } });
  });

  test('nobody is left to become free: nobody waits', async () => {
    await call(OF_ANA, isRefused(480));
    await missed(OF_ANA);
    expect([...rung()].sort()).toEqual(Object.values(NUMBERS).sort());
    expect((await again()).at(-1)).toMatchObject({ decision: { attempts: [], waitSeconds: 0 } });
    expect(await owed()).toEqual([{ kind: 'callback', ownerId: world.ana }]);
  });

  test('the own advisor writes up a call: the caller is held for them, and rung as soon as they are done', async () => {
    const at = new Date(db.clock.now.getTime() - 5_000);
    await db.database.kysely
      .insertInto('call')
      .values({ id: 'busy-ana', invitedAt: at, answeredAt: at, answeredBy: world.ana, endedAt: at })
      .execute();
    await pause(OLDEST_READING_MS);
    phones.set(NUMBERS.ana, 'answer');
    const caller = call(OF_ANA, staysOn);
    await waits(1);
    expect((await incoming())[0]).toMatchObject({ waitsFor: world.ana });
    await isDone('ana');
    await caller;
    await answeredBy(OF_ANA, world.ana);
    expect(rung()).toEqual([NUMBERS.ana]);
  });

  test('Visavis goes down while it speaks the offer: the list given first goes on', async () => {
    await talking('ana');
    phones.set(NUMBERS.bruno, 'answer');
    const caller = call(OF_ANA, staysOn);
    await vi.waitFor(async () => expect(await offers()).toHaveLength(1), patience);
    await board?.stop();
    await caller;
    expect(rung()).toEqual([NUMBERS.bruno]);
    await connect();
    await forget();
  });

  test('the announcer alone dies while it speaks the offer: nobody is left in silence for long, and it is offered once more', async () => {
    await board?.stop();
    await connect({}, LONG_VOICE);
    await talking('ana');
    phones.set(NUMBERS.bruno, 'answer');
    const caller = call(OF_ANA, staysOn);
    await vi.waitFor(async () => expect(await offers()).toHaveLength(1), patience);
    // The line was started after it.
    const [announcer] = threads.slice(-2);
    const before = threads.length;
    await announcer?.terminate();
    const silentSince = performance.now();
    await vi.waitFor(async () => expect(await again()).toHaveLength(1), patience);
    // Of the offer some five seconds were to come.
    expect(performance.now() - silentSince).toBeLessThan(4_000);
    // How much of it was heard nobody knows.
    await vi.waitFor(
      async () => expect(await offers()).toMatchObject([{ playedMs: null, declinedAt: null }]),
      patience,
    );
    expect(rung()).toEqual([]);
    await caller;
    await answeredBy(OF_ANA, world.bruno);
    expect(rung()).toEqual([NUMBERS.bruno]);
    expect(await again()).toMatchObject([
      { ask: 1, request: { declined: false, tried: [] } },
      { ask: 2, request: { declined: true, tried: [] } },
    ]);
    expect(await offers()).toMatchObject([{ declinedAt: expect.any(Date), playedMs: expect.any(Number) }]);
    expect((await offers())[0]?.playedMs).toBeGreaterThan(5_000);
    expect(threads).toHaveLength(before + 1);
    await board?.stop();
    await connect();
  });

  test('Visavis goes down while a caller waits: they are not left alone, the fallback rings', async () => {
    await talking(...everyone);
    phones.set('front', 'answer');
    const caller = call(NOBODYS, staysOn);
    await waits(1);
    await board?.stop();
    await caller;
    expect(rung()).toEqual(['front']);
    await connect();
    await forget();
  });

  test('one Visavis of two goes down, the one that spoke: the other goes on, and puts the caller through', async () => {
    await talking(...everyone);
    phones.set(NUMBERS.lea, 'answer');
    const first = board;
    const caller = call(NOBODYS, staysOn);
    await waits(1);
    await connect();
    await first?.stop();
    await waits(1);
    await pause(300);
    await isDone('lea');
    await caller;
    await answeredBy(NOBODYS, world.lea);
    expect(rung()).toEqual([NUMBERS.lea]);
  });

  test('Kamailio is killed while a caller waits: they are owed an answer once it is back, and nobody is rung for a caller who is gone', async () => {
    await talking(...everyone);
    // No offer: they wait at once.
    await db.database.kysely.updateTable('customer').set({ ringBack: 'never' }).execute();
    const gone = await startDeskPhone(PHONES + 2, { number: OF_ANA, proxy: `127.0.0.1:${KAMAILIO}` });
    void gone.dial(`sip:0800000000@127.0.0.1:${KAMAILIO}`);
    await waits(1);
    await kamailio.kill();
    gone.stop();
    // Free for them, and nobody is there to be told so.
    await isDone('ana');
    await vi.waitFor(async () => expect(await incoming()).toMatchObject([{ putThroughTo: world.ana }]), patience);
    await kamailio.start();
    await missed(OF_ANA);
    expect(await owed()).toEqual([{ kind: 'answer', ownerId: world.ana }]);
    expect(rung()).toEqual([]);
    phones.set(NUMBERS.ana, 'answer');
    await call(NOBODYS, talks(100));
    await answeredBy(NOBODYS, world.ana);
    expect(rung()).toEqual([NUMBERS.ana]);
  });
});
