import { chmodSync, existsSync, mkdtempSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { type MailProcess, startMailProcess } from '../../../test/servers/killable.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { startPhones, type TestPhones } from '../../../test/servers/phones.ts';
import { silentVoice } from '../../../test/servers/silent-voice.ts';
import { type CallerStep, sippCall } from '../../../test/servers/sipp.ts';
import { startSwitchboard } from '../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { encodeG711 } from '../../core/telephony/g711.ts';
import { readWav } from '../../core/telephony/wav.ts';
import type { TelephonyDoor } from './door.ts';
import { writeHeldLists } from './held-lists.ts';
import type { Telephony } from './open.ts';

const KAMAILIO = 17_860;
const PHONES = 17_870;
const CARRIER = 17_872;
const CALLER = '+33639980161';
const OTHER = '+33639980162';
const patience = { timeout: 20_000, interval: 50 };
/** Longer than Kamailio takes to find an announcer silent. */
const LONG_MS = 12_000;

/** A voice that says nothing, for a tenth of a second. */
const SHORT_VOICE = silentVoice(800);

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

suiteNeeding(['kamailio', 'sipp'], 'callers in a voicemail whose Visavis was killed', () => {
  const db = testDatabase(new Date(Date.now() + 40 * 60_000));
  const folder = mkdtempSync(join(tmpdir(), 'visavis-silent-announcer-'));
  // Sixteen seconds of a voice.
  const voice = join(folder, 'voice.alaw');
  const threads: Worker[] = [];
  let world: World;
  let customerId: string;
  let otherId: string;
  let door: TelephonyDoor;
  let kamailio: TestKamailio;
  let phones: TestPhones;
  let board: Telephony | undefined;
  let processes: (MailProcess & { recordings: string })[] = [];

  beforeAll(async () => {
    process.on('worker', (thread: Worker) => void threads.push(thread));
    chmodSync(folder, 0o700);
    const tone = Int16Array.from({ length: 128_000 }, (_, at) => Math.round(9_000 * Math.sin(at / 3)));
    writeFileSync(voice, encodeG711(tone, 8));
    world = await buildWorld(db);
    const always = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ from: '00:00', to: '24:00' }]]));
    const { kysely } = db.database;
    await kysely
      .updateTable('office')
      .set({ openingHours: JSON.stringify(always) })
      .execute();
    await kysely
      .updateTable('advisor')
      .set({ workingHours: JSON.stringify(always) })
      .execute();
    customerId = (await addTestCustomer(db, world, { phone: CALLER })).id;
    otherId = (await addTestCustomer(db, world, { phone: OTHER })).id;
    phones = await startPhones(PHONES);
    const fallback = `sip:front@${phones.address}`;
    door = { evapi: `127.0.0.1:${KAMAILIO + 1}`, phones: phones.address, fallback, folder, voicemail: true };
    await writeHeldLists(kysely, db.clock.now, door);
    // What leaves for the carrier is hidden (topoh), also when Kamailio itself hangs up.
    const outgoing = { number: '+33199000001', carrier: `127.0.0.1:${CARRIER}`, phones: [], maskKey: 'of the test' };
    kamailio = await startKamailio(KAMAILIO, { fallback, folder, outgoing, answerWithinMs: 3_000 });
  });
  const startVisavis = async () => {
    const data = mkdtempSync(join(tmpdir(), 'visavis-silent-announcer-process-'));
    const made = await startMailProcess(
      db.url,
      {
        VISAVIS_KAMAILIO: door.evapi,
        VISAVIS_PHONES: phones.address,
        VISAVIS_CALLS_FALLBACK: `sip:front@${phones.address}`,
        VISAVIS_CALLS_FOLDER: folder,
        VISAVIS_VOICEMAIL: '1',
        VISAVIS_DATA: data,
        TEST_VOICE: JSON.stringify(SHORT_VOICE),
      },
      'telephony-process.ts',
    );
    const visavis = { ...made, recordings: join(data, 'recordings') };
    processes.push(visavis);
    return visavis;
  };
  const forget = async () => {
    const { kysely } = db.database;
    await kysely.deleteFrom('callback').execute();
    await kysely.deleteFrom('call').execute();
    await kysely.deleteFrom('caseFile').execute();
  };
  afterEach(async () => {
    try {
      await vi.waitFor(async () => expect(await kamailio.dialogs()).toBe(0), patience);
    } finally {
      await board?.stop();
      board = undefined;
      for (const each of processes) await each.kill();
      processes = [];
      phones.clear();
      await forget();
      // Or every Visavis that connects would hear of these calls again: from Kamailio, and from its accounting.
      await kamailio.stop();
      for (const name of readdirSync(join(folder, 'calls'))) truncateSync(join(folder, 'calls', name));
      await kamailio.start();
    }
  });
  afterAll(async () => {
    await kamailio?.stop();
    phones?.stop();
  });

  const until = (check: () => Promise<void>) => vi.waitFor(check, patience);
  const calls = () => db.database.kysely.selectFrom('call').selectAll().orderBy('invitedAt').execute();
  const talks = (count: number) => until(async () => expect(await missed()).toHaveLength(count));
  const missed = async () => (await calls()).filter(({ missedAt, answeredAt }) => missedAt && !answeredAt);
  const owed = (toId = customerId) =>
    db.database.kysely.selectFrom('commitment').where('customerId', '=', toId).select(['kind', 'ownerId']).execute();
  const answered: CallerStep[] = [{ expect: 200, maybe: [100, 180, 183] }, 'ack', { say: voice }];
  const speaksUntilHungUpOn = (from: string) =>
    sippCall(KAMAILIO, { from, localPort: CARRIER }, [...answered, 'expect bye']);
  const speaksLong = (from: string) =>
    sippCall(KAMAILIO, { from }, [...answered, { wait: LONG_MS }, 'bye', { expect: 200 }]);

  test.each(['on record already', 'on no record yet'])(
    'killed while a caller speaks, %s: Kamailio hangs up on them, and they are owed the callback once',
    async (known) => {
      const visavis = await startVisavis();
      const speaks = speaksUntilHungUpOn(CALLER);
      await talks(1);
      await visavis.kill();
      await speaks;
      await until(async () => expect(await kamailio.dialogs()).toBe(0));
      if (known === 'on no record yet') await forget();
      await startVisavis();
      await talks(1);
      await pause(500);
      expect(await calls()).toMatchObject([{ customerId, answeredAt: null, answeredBy: null, endedAt: null }]);
      expect(await owed()).toEqual([{ kind: 'callback', ownerId: world.ana }]);
    },
  );

  test('one of two processes is killed: who speaks to it is hung up on, who speaks to the other speaks on', async () => {
    await startVisavis();
    await startVisavis();
    const ofKilled = speaksUntilHungUpOn(CALLER);
    // Either may have answered first; the folder is made for the first recording.
    const killed = await vi.waitFor(() => {
      const found = processes.find(({ recordings }) => existsSync(recordings));
      expect(found).toBeDefined();
      return found;
    }, patience);
    await killed?.kill();
    const ofOther = speaksLong(OTHER);
    await Promise.all([ofKilled, ofOther]);
    await until(async () => expect(await kamailio.dialogs()).toBe(0));
    expect(await calls()).toHaveLength(2);
    expect(await owed()).toEqual([{ kind: 'callback', ownerId: world.ana }]);
    expect(await owed(otherId)).toEqual([{ kind: 'callback', ownerId: world.ana }]);
  });

  test('only the line to Kamailio ends, and is there again: the caller speaks on, and all of it is kept', async () => {
    const before = threads.length;
    board = await startSwitchboard(db, door, SHORT_VOICE);
    await board.prepare();
    const speaks = speaksLong(CALLER);
    await talks(1);
    // The announcer was started first.
    await threads[before + 1]?.terminate();
    await speaks;
    const { kysely } = db.database;
    const kept = () =>
      kysely.selectFrom('attachment').innerJoin('blob', 'blob.sha256', 'attachment.sha256').select(['bytes']).execute();
    await until(async () => expect(await kept()).toHaveLength(1));
    const seconds = (readWav((await kept())[0]?.bytes ?? Buffer.alloc(0)) ?? []).length / 8_000;
    expect(seconds).toBeGreaterThan(LONG_MS / 1_000 - 3);
    expect(threads.length).toBe(before + 3);
    expect(await calls()).toHaveLength(1);
    expect(await owed()).toEqual([{ kind: 'callback', ownerId: world.ana }]);
  });
});
