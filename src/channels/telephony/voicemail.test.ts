import { chmodSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { startPhones, type TestPhones } from '../../../test/servers/phones.ts';
import { type CallerStep, sippCall } from '../../../test/servers/sipp.ts';
import { phoneTime, startSwitchboard } from '../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import type { CallDecision } from '../../core/routing/decision.ts';
import { encodeG711 } from '../../core/telephony/g711.ts';
import { readWav, writeWav } from '../../core/telephony/wav.ts';
import { prepareSentence, setSentence } from '../../desk/advisors/own-sentence.ts';
import { sortTrayItem } from '../../desk/interactions/tray.ts';
import type { TelephonyDoor } from './door.ts';
import { writeHeldLists } from './held-lists.ts';
import type { Telephony } from './open.ts';
import { takeRecordings } from './recordings.ts';

const KAMAILIO = 15_560;
const PHONES = 15_570;
const CALLER = '+33639980051';
const STRANGER = '+33639980099';
const patience = { timeout: 15_000, interval: 50 };

/** A voice that is always ready and says nothing: a greeting of three parts lasts one second. */
const SHORT_VOICE = [
  'node',
  '-e',
  "const s=5320,h=Buffer.alloc(44);h.write('RIFF');h.writeUInt32LE(36+s,4);h.write('WAVEfmt ',8);h.writeUInt32LE(16,16);h.writeUInt16LE(1,20);h.writeUInt16LE(1,22);h.writeUInt32LE(8000,24);h.writeUInt32LE(16000,28);h.writeUInt16LE(2,32);h.writeUInt16LE(16,34);h.write('data',36);h.writeUInt32LE(s,40);process.stdout.write(Buffer.concat([h,Buffer.alloc(s)]))",
];

suiteNeeding(['kamailio', 'sipp'], 'the voicemail of somebody whom nobody could answer', () => {
  const db = testDatabase(phoneTime());
  const folder = mkdtempSync(join(tmpdir(), 'visavis-voicemail-'));
  // Eight seconds of 440 Hz.
  const tone = Int16Array.from({ length: 64_000 }, (_, at) =>
    Math.round(9_000 * Math.sin((at * 2 * Math.PI * 440) / 8_000)),
  );
  const voice = join(folder, 'voice.alaw');
  let world: World;
  let customerId: string;
  let door: TelephonyDoor;
  let kamailio: TestKamailio;
  let phones: TestPhones;
  let board: Telephony;

  beforeAll(async () => {
    chmodSync(folder, 0o700);
    writeFileSync(voice, encodeG711(tone, 8));
    world = await buildWorld(db);
    customerId = (await addTestCustomer(db, world, { phone: CALLER })).id;
    phones = await startPhones(PHONES);
    const fallback = `sip:front@${phones.address}`;
    door = { evapi: `127.0.0.1:${KAMAILIO + 1}`, phones: phones.address, fallback, folder, voicemail: true };
    await writeHeldLists(db.database.kysely, db.clock.now, door);
    kamailio = await startKamailio(KAMAILIO, { fallback, folder, answerWithinMs: 3_000 });
    board = await startSwitchboard(db, door, SHORT_VOICE);
  });
  afterEach(async () => {
    await vi.waitFor(async () => {
      expect(await kamailio.dialogs()).toBe(0);
      for (const each of await calls()) expect(each.missedAt).toBeTruthy();
    }, patience);
    phones.clear();
    const { kysely } = db.database;
    await kysely.deleteFrom('callback').execute();
    await kysely.deleteFrom('call').execute();
    await kysely.deleteFrom('caseFile').execute();
    await kysely.deleteFrom('trayItem').execute();
  });
  afterAll(async () => {
    await board?.stop();
    await kamailio?.stop();
    phones?.stop();
  });
  const call = (after: readonly CallerStep[], from = CALLER) => sippCall(KAMAILIO, { from }, after);
  // Of this test: Kamailio's accounting may bring back one that was deleted here. It counts in whole seconds.
  let began: Date;
  beforeEach(() => {
    began = new Date(Math.floor(Date.now() / 1_000) * 1_000);
  });
  const calls = () => db.database.kysely.selectFrom('call').where('invitedAt', '>=', began).selectAll().execute();
  const attachments = () =>
    db.database.kysely
      .selectFrom('attachment')
      .innerJoin('blob', 'blob.sha256', 'attachment.sha256')
      .innerJoin('interaction', 'interaction.id', 'attachment.interactionId')
      .select(['filename', 'contentType', 'bytes', 'channel', 'text', 'interaction.customerId'])
      .execute();
  const owed = (toId = customerId) =>
    db.database.kysely.selectFrom('commitment').where('customerId', '=', toId).select(['kind', 'ownerId']).execute();
  const answered: CallerStep[] = [{ expect: 200, maybe: [100, 180, 183] }, 'ack'];

  test('what is said after the tone lies beside the call; the call is missed, and the callback is owed all the same', async () => {
    await call([...answered, { say: voice }, { wait: 4_500 }, 'bye', { expect: 200 }]);
    await vi.waitFor(async () => expect(await attachments()).toHaveLength(1), patience);
    const [left] = await attachments();
    expect(left).toMatchObject({ contentType: 'audio/wav', channel: 'call', customerId });
    expect(left?.text).toMatch(/message/i);
    const samples = readWav(left?.bytes ?? Buffer.alloc(0)) ?? new Int16Array();
    // What was said during the greeting and the tone is no part of it; the rest is, and it is that voice.
    const seconds = samples.length / 8_000;
    expect(seconds).toBeGreaterThan(1);
    expect(seconds).toBeLessThan(3.6);
    expect(risingEdges(samples) / seconds).toBeCloseTo(440, -1);
    expect(await calls()).toMatchObject([{ answeredAt: null, answeredBy: null, missedAt: expect.any(Date) }]);
    expect(await owed()).toEqual([{ kind: 'callback', ownerId: world.ana }]);
    // Every phone was rung before.
    expect(new Set(phones.rung.map(({ number }) => number)).size).toBeGreaterThan(1);
  });

  test('the own voice of whoever calls back comes before the time and the tone: what is said meanwhile is not kept', async () => {
    const actor = { kind: 'staff', staffId: world.staff.ana, advisorId: world.ana, role: 'advisor' } as const;
    const sentence = prepareSentence('greeting', writeWav(new Int16Array(16_000).fill(500)));
    if (typeof sentence === 'string') throw new Error(sentence);
    const own = { advisorId: world.ana, kind: 'greeting', locale: 'fr' } as const;
    await db.transact((tx) => setSentence(tx, actor, { ...own, sentence }));
    await board.prepare();
    await call([...answered, { say: voice }, { wait: 5_000 }, 'bye', { expect: 200 }]);
    await db.transact((tx) => setSentence(tx, actor, { ...own, sentence: null }));
    await board.prepare();
    await vi.waitFor(async () => expect(await attachments()).toHaveLength(1), patience);
    const [left] = await attachments();
    const seconds = (readWav(left?.bytes ?? Buffer.alloc(0)) ?? []).length / 8_000;
    // Five seconds, less two of her voice, one of the spoken sentence, and the tone. Kept without her voice it would be 3.6.
    expect(seconds).toBeGreaterThan(0.6);
    expect(seconds).toBeLessThan(2.6);
  });

  test('who hangs up while the greeting is spoken leaves nothing, and is owed the callback', async () => {
    await call([...answered, { wait: 400 }, 'bye', { expect: 200 }]);
    await vi.waitFor(async () => expect(await owed()).toEqual([{ kind: 'callback', ownerId: world.ana }]), patience);
    await pause(500);
    expect(await attachments()).toEqual([]);
  });

  test('who says nothing more and never hangs up is hung up on', async () => {
    await call([...answered, 'expect bye']);
    expect(await calls()).toMatchObject([{ answeredAt: null, missedAt: expect.any(Date) }]);
    expect(await attachments()).toEqual([]);
  });

  const inTray = () =>
    db.database.kysely
      .selectFrom('trayItem')
      .innerJoin('trayAttachment', 'trayAttachment.trayItemId', 'trayItem.id')
      .innerJoin('blob', 'blob.sha256', 'trayAttachment.sha256')
      .select(['trayItem.id', 'party', 'fromPhone', 'text', 'dutyOwnerId', 'dueAt', 'bytes', 'contentType'])
      .execute();
  const leaves = [...answered, { say: voice }, { wait: 4_500 }, 'bye', { expect: 200 }] as const;

  test('a number nobody knows: where the front desk does not answer either, what is said lies in the tray, due when it was said', async () => {
    await call(leaves, STRANGER);
    await vi.waitFor(async () => expect(await inTray()).toHaveLength(1), patience);
    const [left] = await inTray();
    expect(phones.rung.at(-1)?.number).toBe('front');
    expect(left).toMatchObject({ fromPhone: STRANGER, contentType: 'audio/wav' });
    expect(left?.text).toMatch(/^Appel manqué .*Message vocal/);
    const samples = readWav(left?.bytes ?? Buffer.alloc(0)) ?? new Int16Array();
    expect(risingEdges(samples) / (samples.length / 8_000)).toBeCloseTo(440, -1);
    const [{ decision, ...row } = { decision: null }] = await calls();
    expect(row).toMatchObject({ answeredAt: null, answeredBy: null, customerId: null, trayItemId: left?.id });
    // What the machine said, to the second.
    const { fallback } = decision as unknown as CallDecision;
    expect(fallback).toMatchObject({ kind: 'voicemail', ownerId: left?.dutyOwnerId });
    expect(left?.dueAt).toEqual(new Date(Math.floor(fallback.dueAt / 1_000) * 1_000));
    expect(await attachments()).toEqual([]);
  });

  test('a withheld number: only who says something is owed something', async () => {
    await call([...answered, { wait: 400 }, 'bye', { expect: 200 }], 'anonymous');
    await vi.waitFor(async () => expect(await calls()).toMatchObject([{ missedAt: expect.any(Date) }]), patience);
    await pause(300);
    const { kysely } = db.database;
    expect(await kysely.selectFrom('trayItem').selectAll().execute()).toEqual([]);
    await kysely.deleteFrom('call').execute();
    await call(leaves, 'anonymous');
    await vi.waitFor(async () => expect(await inTray()).toHaveLength(1), patience);
    const [left] = await inTray();
    expect(left).toMatchObject({ fromPhone: null, party: 'Numéro masqué' });
    expect(left?.text).toMatch(/Message vocal/);
    // Somebody knows the voice: it goes with the call to the customer's timeline.
    const actor = { kind: 'staff', staffId: world.staff.ana, advisorId: world.ana, role: 'advisor' } as const;
    const [row] = await calls();
    expect(row).toMatchObject({ fromPhone: null, trayItemId: left?.id });
    await db.transact((tx) => sortTrayItem(tx, actor, { id: left?.id ?? '', customerId }));
    expect(await attachments()).toMatchObject([{ customerId, contentType: 'audio/wav', channel: 'call' }]);
  });

  test('who never wants to be rung back leaves a message that is answered, and is not called', async () => {
    const from = '+33639980055';
    const quiet = await addTestCustomer(db, world, { phone: from });
    await db.database.kysely.updateTable('customer').set({ ringBack: 'never' }).where('id', '=', quiet.id).execute();
    await call(leaves, from);
    await vi.waitFor(async () => expect(await attachments()).toMatchObject([{ customerId: quiet.id }]), patience);
    expect(await owed(quiet.id)).toEqual([{ kind: 'answer', ownerId: world.ana }]);
  });

  test('a message whose process was killed is kept when it is old enough, and silence is not', async () => {
    await call([...answered, { wait: 300 }, 'bye', { expect: 200 }]);
    const onTimeline = { customerId, missedAt: expect.any(Date), interactionId: expect.any(String) };
    await vi.waitFor(async () => expect(await calls()).toMatchObject([onTimeline]), patience);
    const [{ id } = { id: '' }] = await calls();
    const left = mkdtempSync(join(tmpdir(), 'visavis-left-'));
    const part = join(left, `${id}.8.g711.part`);
    writeFileSync(part, encodeG711(tone, 8));
    const house = { transact: db.transact, log: db.log };
    await takeRecordings(house, left);
    expect(await attachments()).toEqual([]);
    const old = new Date(Date.now() - 10 * 60_000);
    utimesSync(part, old, old);
    writeFileSync(join(left, `${id}.0.g711`), encodeG711(new Int16Array(24_000), 0));
    await takeRecordings(house, left);
    await takeRecordings(house, left);
    expect(await attachments()).toHaveLength(1);
    expect(readdirSync(left)).toEqual([]);
  });

  // The last: with it come back the calls of all tests above, from the same accounting.
  test('Visavis ends in the middle of it: the caller is hung up on, what they said is kept, and Kamailio’s accounting tells the rest', async () => {
    const left = call([...answered, { say: voice }, 'expect bye']);
    await vi.waitFor(async () => expect(await calls()).toMatchObject([{ missedAt: expect.any(Date) }]), patience);
    await pause(3_000);
    expect(await attachments()).toEqual([]);
    await board.stop();
    await left;
    await vi.waitFor(async () => expect(await kamailio.dialogs()).toBe(0), patience);
    const [kept, ...more] = await attachments();
    expect(more).toEqual([]);
    const samples = readWav(kept?.bytes ?? Buffer.alloc(0)) ?? new Int16Array();
    // Less the greeting and the tone.
    expect(samples.length / 8_000).toBeGreaterThan(1);
    expect(risingEdges(samples) / (samples.length / 8_000)).toBeCloseTo(440, -1);
    const { kysely } = db.database;
    await kysely.deleteFrom('callback').execute();
    await kysely.deleteFrom('call').execute();
    await kysely.deleteFrom('caseFile').execute();
    board = await startSwitchboard(db, door, SHORT_VOICE);
    const callback = [{ kind: 'callback', ownerId: world.ana }];
    await vi.waitFor(async () => expect(await owed()).toEqual(callback), patience);
    for (const each of await calls()) expect(each).toMatchObject({ answeredAt: null, missedAt: expect.any(Date) });
  });
});

function risingEdges(samples: Int16Array): number {
  let count = 0;
  for (let at = 1; at < samples.length; at++) if ((samples[at - 1] ?? 0) < 0 && (samples[at] ?? 0) >= 0) count += 1;
  return count;
}
