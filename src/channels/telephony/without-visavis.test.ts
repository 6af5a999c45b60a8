import { chmodSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect as connectTo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { startDeskPhone } from '../../../test/servers/desk-phone.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { startPhones, type TestPhones } from '../../../test/servers/phones.ts';
import { hangsUpAfter, isRefused, sippCall, talks } from '../../../test/servers/sipp.ts';
import { phoneTime, startSwitchboard } from '../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import type { TelephonyDoor } from './door.ts';
import { writeHeldLists } from './held-lists.ts';
import { netstring, netstringReader } from './line/netstring.ts';
import type { Telephony } from './open.ts';

const KAMAILIO = 15_160;
const PHONES = 15_170;
const CALLER = '+33639980021';
const OF_BRUNO = '+33639980022';
const NUMBERS = { ana: '+33353010010', bruno: '+33353010011', chloe: '+33353010012', lea: '+33353010013' };
const patience = { timeout: 6_000, interval: 50 };

suiteNeeding(['kamailio', 'sipp'], 'calls while Visavis is silent', () => {
  const db = testDatabase(phoneTime());
  // Kamailio's tables and accounting.
  const folder = mkdtempSync(join(tmpdir(), 'visavis-calls-folder-'));
  let world: World;
  let door: TelephonyDoor;
  let kamailio: TestKamailio;
  let phones: TestPhones;
  let board: Telephony | undefined;

  beforeAll(async () => {
    chmodSync(folder, 0o700);
    world = await buildWorld(db);
    await addTestCustomer(db, world, { phone: CALLER });
    await addTestCustomer(db, world, { phone: OF_BRUNO, advisorId: world.bruno });
    phones = await startPhones(PHONES);
    const fallback = `sip:front@${phones.address}`;
    door = { evapi: `127.0.0.1:${KAMAILIO + 1}`, phones: phones.address, fallback, folder };
    await writeHeldLists(db.database.kysely, db.clock.now, door);
    kamailio = await startKamailio(KAMAILIO, { fallback, folder });
  });
  const connect = async () => {
    board = await startSwitchboard(db, door, ['false']);
  };
  afterEach(async () => {
    await board?.stop();
    board = undefined;
    phones.clear();
    await pause(100);
  });
  afterAll(async () => {
    await kamailio?.stop();
    phones?.stop();
  });
  const callOf = (from: string) =>
    db.database.kysely
      .selectFrom('call')
      .where('fromPhone', '=', from)
      .selectAll()
      .orderBy('invitedAt', 'desc')
      .execute();
  const rung = () => phones.rung.map(({ number }) => number);

  test('Visavis is down: the own advisor rings, then the backups; afterwards the call is on record, once', async () => {
    phones.set(NUMBERS.bruno, 'answer');
    await sippCall(KAMAILIO, { from: '06 39 98 00 21'.replaceAll(' ', '') }, talks());
    expect(rung()).toEqual([NUMBERS.ana, NUMBERS.bruno]);
    expect(await callOf(CALLER)).toEqual([]);
    await connect();
    await vi.waitFor(async () => expect((await callOf(CALLER))[0]?.endedAt).toBeTruthy(), patience);
    expect(await callOf(CALLER)).toMatchObject([{ answeredBy: world.bruno, missedAt: null }]);
    // Again, by another process: nothing is added.
    const second = await startSwitchboard(db, door, ['false']);
    await pause(500);
    await second.stop();
    expect(await callOf(CALLER)).toHaveLength(1);
    const lines = await db.database.kysely
      .selectFrom('interaction')
      .where('channel', '=', 'call')
      .select('id')
      .execute();
    expect(lines).toHaveLength(1);
  });

  test('a number nobody knows rings whoever is there, and the fallback last', async () => {
    await sippCall(KAMAILIO, { from: '+33639980029' }, isRefused(480));
    expect(rung()).toContain(NUMBERS.ana);
    expect(rung().at(-1)).toBe('front');
  });

  test('a call missed while Visavis was down is owed an answer once it is back', async () => {
    await sippCall(KAMAILIO, { from: OF_BRUNO }, isRefused(480));
    expect(rung()[0]).toBe(NUMBERS.bruno);
    expect(rung().at(-1)).toBe('front');
    await connect();
    await vi.waitFor(async () => expect((await callOf(OF_BRUNO))[0]?.missedAt).toBeTruthy(), patience);
    const owed = await db.database.kysely
      .selectFrom('commitment')
      .where('ownerId', '=', world.bruno)
      .select('id')
      .execute();
    expect(owed).toHaveLength(1);
  });

  test('a caller who hung up before a phone rang, while nobody listened, is known to have hung up', async () => {
    const caller = '+33639980027';
    await sippCall(KAMAILIO, { from: caller }, [
      { expect: 100 },
      'cancel',
      { expect: 487, maybe: [100, 200] },
      'ack refusal',
    ]);
    expect(rung()).toEqual([]);
    await connect();
    await vi.waitFor(
      async () =>
        expect(await callOf(caller)).toMatchObject([{ cancelledAt: expect.any(Date), missedAt: expect.any(Date) }]),
      patience,
    );
  });

  test('what Kamailio wrote is put away once a day: calls of before and after are followed, once each', async () => {
    const accounting = () => readdirSync(join(folder, 'calls'));
    const putAway = () => accounting().filter((name) => /\.\d{4}-\d{2}-\d{2}$/.test(name));
    for (const name of putAway()) renameSync(join(folder, 'calls', name), join(folder, 'calls', name.slice(0, -11)));
    phones.set(NUMBERS.ana, 'answer');
    await sippCall(KAMAILIO, { from: CALLER }, talks());
    await connect();
    await vi.waitFor(() => expect(putAway().length).toBeGreaterThan(0), patience);
    await board?.stop();
    board = undefined;
    const before = accounting();
    phones.set(NUMBERS.bruno, 'answer');
    await sippCall(KAMAILIO, { from: OF_BRUNO }, talks());
    // Into a file of its own.
    await vi.waitFor(() => expect(accounting().filter((name) => !before.includes(name))).toHaveLength(1), patience);
    // As if neither had ever been heard of.
    await db.database.kysely.deleteFrom('call').execute();
    await db.database.kysely.deleteFrom('caseFile').execute();
    await connect();
    await vi.waitFor(async () => {
      expect((await callOf(CALLER))[0]?.endedAt).toBeTruthy();
      expect((await callOf(OF_BRUNO))[0]?.endedAt).toBeTruthy();
    }, patience);
    const ids = (await db.database.kysely.selectFrom('call').select('id').execute()).map(({ id }) => id);
    const again = await startSwitchboard(db, door, ['false']);
    await pause(300);
    await again.stop();
    expect((await db.database.kysely.selectFrom('call').select('id').execute()).map(({ id }) => id)).toEqual(ids);
  });

  test('what changed on file reaches Kamailio while both run, a number at a time, and once more where it was lost', async () => {
    const [moving, leaving, coming] = ['+33639980023', '+33639980024', '+33639980025'];
    const { id: movingId } = await addTestCustomer(db, world, { phone: moving });
    const { id: leavingId } = await addTestCustomer(db, world, { phone: leaving, advisorId: world.bruno });
    await connect();
    await board?.prepare();
    const told: string[] = [];
    const { kysely } = db.database;
    await kysely.updateTable('customer').set({ advisorId: world.chloe }).where('id', '=', movingId).execute();
    await kysely.deleteFrom('contactPoint').where('customerId', '=', leavingId).execute();
    await addTestCustomer(db, world, { phone: coming, advisorId: world.chloe });
    // A file Kamailio could not read: only what it is told one by one can reach it.
    const file = join(folder, 'lists', 'own');
    await board?.prepare();
    renameSync(file, `${file}.away`);
    await board?.stop();
    board = undefined;
    for (const from of [moving, leaving, coming]) {
      phones.clear();
      await sippCall(KAMAILIO, { from }, isRefused(480));
      told.push(rung()[0] ?? '');
    }
    // The lead is first where a number is nobody's.
    expect(told).toEqual([NUMBERS.chloe, NUMBERS.lea, NUMBERS.chloe]);
    // Changed while nobody told Kamailio: the next Visavis has it read the file.
    renameSync(`${file}.away`, file);
    await kysely.updateTable('customer').set({ advisorId: world.bruno }).where('id', '=', movingId).execute();
    const again = await startSwitchboard(db, door, ['false']);
    await again.prepare();
    await pause(200);
    await again.stop();
    phones.clear();
    await sippCall(KAMAILIO, { from: moving }, isRefused(480));
    expect(rung()[0]).toBe(NUMBERS.bruno);
  });

  test('answered while Visavis was down, ended once it is back: who talked is known', async () => {
    await db.database.kysely.deleteFrom('call').execute();
    phones.set(NUMBERS.ana, 'answer');
    // Of this test: the accounting brings back those that were deleted. It counts in whole seconds.
    await pause(1_000);
    const began = new Date(Math.floor(Date.now() / 1_000) * 1_000);
    const talk = sippCall(KAMAILIO, { from: CALLER }, talks(2_000));
    await vi.waitFor(() => expect(phones.rung).toHaveLength(1), patience);
    await pause(300);
    await connect();
    await talk;
    const own = async () => (await callOf(CALLER)).filter(({ invitedAt }) => invitedAt >= began);
    await vi.waitFor(async () => expect((await own())[0]?.endedAt).toBeTruthy(), patience);
    expect(await own()).toMatchObject([{ answeredBy: world.ana, missedAt: null, answeredAt: expect.any(Date) }]);
  });

  test('Visavis is there and says nothing: after 300 ms the held list rings, and its late answer changes nothing', async () => {
    // A program that takes the question and answers half a second later, with somebody else's phone.
    const slow = await slowProgram(KAMAILIO + 1, `sip:${NUMBERS.chloe}@${phones.address}`);
    phones.set(NUMBERS.ana, 'ring');
    await sippCall(KAMAILIO, { from: CALLER }, hangsUpAfter(180, 900));
    expect(rung()).toEqual([NUMBERS.ana]);
    slow.stop();
  });

  test('Kamailio is killed in mid-call: its end is still known, and it starts with the lists it had', async () => {
    // Or an older call of hers would be taken for this one, and Kamailio killed before it was answered.
    await db.database.kysely.deleteFrom('call').execute();
    await connect();
    phones.set(NUMBERS.ana, 'answer');
    const talk = sippCall(KAMAILIO, { from: CALLER }, talks(2_500));
    await vi.waitFor(async () => expect((await callOf(CALLER))[0]?.answeredBy).toBe(world.ana), patience);
    await kamailio.kill();
    await kamailio.start();
    await talk;
    await vi.waitFor(async () => expect((await callOf(CALLER))[0]?.endedAt).toBeTruthy(), patience);
    await board?.stop();
    board = undefined;
    phones.clear();
    await sippCall(KAMAILIO, { from: OF_BRUNO }, isRefused(480));
    expect(rung()[0]).toBe(NUMBERS.bruno);
  });

  test('Kamailio is killed in mid-call and told of its end while Visavis was down too: the end is known once both are back', async () => {
    await db.database.kysely.deleteFrom('call').execute();
    await connect();
    phones.set(NUMBERS.ana, 'answer');
    const talk = sippCall(KAMAILIO, { from: CALLER }, talks(2_500));
    const own = async () => (await callOf(CALLER)).filter(({ invitedAt }) => invitedAt > new Date(Date.now() - 20_000));
    await vi.waitFor(async () => expect((await own())[0]?.answeredBy).toBe(world.ana), patience);
    await board?.stop();
    board = undefined;
    await kamailio.kill();
    await kamailio.start();
    await talk;
    expect((await own())[0]?.endedAt).toBeNull();
    await connect();
    await vi.waitFor(async () => expect((await own())[0]?.endedAt).toBeTruthy(), patience);
  });

  test('a call that begins and ends while Visavis is down, with Kamailio killed in its middle, is on record once both are back', async () => {
    const caller = '+33639980019';
    const { id: customerId } = await addTestCustomer(db, world, { phone: caller });
    await connect();
    await board?.prepare();
    await board?.stop();
    board = undefined;
    phones.set(NUMBERS.ana, 'answer');
    const rang = phones.rung.length;
    const talk = sippCall(KAMAILIO, { from: caller }, talks(2_500));
    await vi.waitFor(() => expect(phones.rung.length).toBeGreaterThan(rang), patience);
    await pause(500);
    await kamailio.kill();
    await kamailio.start();
    await talk;
    expect(await callOf(caller)).toEqual([]);
    await connect();
    await vi.waitFor(async () => expect(await callOf(caller)).toHaveLength(1), patience);
    const [call] = await callOf(caller);
    expect(call).toMatchObject({ customerId, missedAt: null, answeredAt: call?.invitedAt, endedAt: expect.any(Date) });
    expect((call?.endedAt?.getTime() ?? 0) - (call?.invitedAt.getTime() ?? 0)).toBeGreaterThan(2_000);
    // Told again to whoever connects: still one record and one line.
    const again = await startSwitchboard(db, door, ['false']);
    await pause(500);
    await again.stop();
    expect(await callOf(caller)).toEqual([call]);
    const lines = await db.database.kysely
      .selectFrom('interaction')
      .where('customerId', '=', customerId)
      .select('channel')
      .execute();
    expect(lines).toEqual([{ channel: 'call' }]);
  });

  test('with more numbers than db_text takes by itself Kamailio starts, and knows the last of them', async () => {
    const file = join(folder, 'lists', 'own');
    const before = readFileSync(file, 'utf8');
    const many = Array.from({ length: 101_000 }, (_, at) => `${at + 1}:+331990${100_000 + at}:0:0:${world.chloe}:0`);
    writeFileSync(file, [...before.split('\n').slice(0, 2), ...many, ''].join('\n'));
    await kamailio.kill();
    await kamailio.start();
    await sippCall(KAMAILIO, { from: '+331990200999' }, isRefused(480));
    expect(rung()[0]).toBe(NUMBERS.chloe);
    writeFileSync(file, before);
    await kamailio.kill();
    await kamailio.start();
  });

  test('Kamailio is killed while a phone rings: the caller is owed a callback as soon as it is back', async () => {
    const caller = '+33639980026';
    const { id: customerId } = await addTestCustomer(db, world, { phone: caller });
    await connect();
    for (const number of Object.values(NUMBERS)) phones.set(number, 'ring');
    const gone = await startDeskPhone(PHONES + 2, { number: caller, proxy: `127.0.0.1:${KAMAILIO}` });
    void gone.dial(`sip:0800000000@127.0.0.1:${KAMAILIO}`);
    await vi.waitFor(async () => expect(await callOf(caller)).toHaveLength(1), patience);
    await vi.waitFor(() => expect(rung()).toHaveLength(1), patience);
    await kamailio.kill();
    gone.stop();
    await kamailio.start();
    await vi.waitFor(
      async () => expect(await callOf(caller)).toMatchObject([{ missedAt: expect.any(Date) }]),
      patience,
    );
    const owed = await db.database.kysely
      .selectFrom('commitment')
      .where('customerId', '=', customerId)
      .select(['kind', 'ownerId'])
      .execute();
    expect(owed).toEqual([{ kind: 'callback', ownerId: world.ana }]);
  });
});

/** Answers every question of Kamailio too late. It connects as Visavis does. */
async function slowProgram(port: number, uri: string): Promise<{ stop(): void }> {
  const read = netstringReader();
  const socket = connectTo(port, '127.0.0.1');
  socket.on('data', (bytes) => {
    for (const payload of read(bytes)) {
      const { tindex, tlabel, ask } = JSON.parse(payload) as { tindex?: string; tlabel?: string; ask?: string };
      const routes = [{ uri, fr_timer: 1_500, fr_inv_timer: 5_000 }];
      const rtjson = { version: '1.0', routing: 'serial', routes };
      const late = { tindex, tlabel, ask, steps: 'fallback', rtjson };
      if (tindex) setTimeout(() => socket.write(netstring(JSON.stringify(late))), 600);
    }
  });
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  return { stop: () => socket.destroy() };
}
