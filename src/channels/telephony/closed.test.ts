import { setTimeout as pause } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { hummingVoice, listen, PITCH, pitchOf } from '../../../test/servers/ear.ts';
import { startKamailio, type TestKamailio } from '../../../test/servers/kamailio.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { startPhones, type TestPhones } from '../../../test/servers/phones.ts';
import { type CallerStep, hangsUpAfter, isRefused, sippCall } from '../../../test/servers/sipp.ts';
import { phoneTime, startSwitchboard } from '../../../test/servers/switchboard.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { holidaysAround } from '../../desk/areas/holidays.ts';
import type { Telephony } from './open.ts';

const KAMAILIO = 17_660;
const PHONES = 17_670;
const CALLER = '+33639980161';
const patience = { timeout: 15_000, interval: 50 };
const HOUR_MS = 3_600_000;

suiteNeeding(['kamailio', 'sipp'], 'a call while everything is closed', () => {
  // Eight in the evening.
  const db = testDatabase(new Date(phoneTime().getTime() + 10 * HOUR_MS));
  const voice = hummingVoice(1);
  let world: World;
  let kamailio: TestKamailio;
  let phones: TestPhones;
  let board: Telephony | undefined;

  const connect = async (voicemail: boolean) => {
    await board?.stop();
    const door = { evapi: kamailio.evapi, phones: phones.address, fallback: `sip:front@${phones.address}`, voicemail };
    board = await startSwitchboard(db, door, voice.command);
    await board.prepare();
  };
  beforeAll(async () => {
    world = await buildWorld(db);
    await addTestCustomer(db, world, { phone: CALLER });
    phones = await startPhones(PHONES);
    kamailio = await startKamailio(KAMAILIO, { fallback: `sip:front@${phones.address}`, answerWithinMs: 3_000 });
  });
  afterEach(async () => {
    await vi.waitFor(async () => expect(await kamailio.dialogs()).toBe(0), patience);
    // The last events of a call come with its end.
    await pause(300);
    phones.clear();
    for (const table of ['callback', 'call', 'caseFile'] as const) await db.database.kysely.deleteFrom(table).execute();
  });
  afterAll(async () => {
    await board?.stop();
    await kamailio?.stop();
    phones?.stop();
  });

  const call = async (steps: readonly CallerStep[]) => {
    const ear = await listen();
    await sippCall(KAMAILIO, { from: CALLER, media: { port: ear.port, types: '8' } }, steps);
    ear.close();
    return ear;
  };
  /** Missed, no phone rung, and one callback owed by the own advisor soon after the doors open next. Returns its time. */
  const owedAtNextOpening = () =>
    vi.waitFor(async () => {
      const calls = await db.database.kysely.selectFrom('call').selectAll().execute();
      expect(calls).toMatchObject([{ answeredAt: null, missedAt: expect.any(Date) }]);
      const owed = await db.database.kysely.selectFrom('commitment').select(['kind', 'ownerId', 'dueAt']).execute();
      expect(owed).toMatchObject([{ kind: 'callback', ownerId: world.ana }]);
      expect(phones.rung).toEqual([]);
      const due = local(owed[0]?.dueAt ?? new Date(0));
      const opens = nextOpening(db.clock.now);
      expect(due.toPlainDate().toString()).toBe(opens.toPlainDate().toString());
      const minutes = opens.until(due, { largestUnit: 'minute' }).minutes;
      expect(minutes).toBeGreaterThan(0);
      expect(minutes).toBeLessThanOrEqual(120);
      return due;
    }, patience);
  /** As it is spoken: the day, then the hour. */
  const spoken = (due: Temporal.ZonedDateTime) => {
    const days = local(db.clock.now).toPlainDate().until(due.toPlainDate()).days;
    const day = days === 1 ? 'demain' : due.toLocaleString('fr-FR', { weekday: 'long' });
    return `fr: ${day} ${due.hour} heures${due.minute ? ` ${due.minute}` : ''}`;
  };

  test('the caller is told who calls back and when, and it is owed by then', async () => {
    await connect(false);
    const ear = await call(isRefused(480));
    const due = await owedAtNextOpening();
    expect(voice.said()).toContain('fr: Ana Perrin vous rappelle avant');
    expect(voice.said()).toContain(spoken(due));
    // All of it was heard: three parts of a second.
    expect(ear.packets.length).toBeGreaterThan(120);
    expect(Math.abs(pitchOf(ear) - PITCH.fr)).toBeLessThan(30);
  });

  test('who hangs up in the middle of that sentence is owed it all the same', async () => {
    await connect(false);
    await call(hangsUpAfter(183, 400));
    await owedAtNextOpening();
    expect(await db.database.kysely.selectFrom('callbackOffer').selectAll().execute()).toEqual([]);
  });

  test('with a voicemail it says the same before the tone, and what it says is owed though nobody speaks', async () => {
    await connect(true);
    const answered: CallerStep[] = [{ expect: 200, maybe: [100, 180, 183] }, 'ack'];
    await call([...answered, { wait: 1_500 }, 'bye', { expect: 200 }]);
    const due = await owedAtNextOpening();
    expect(voice.said()).toContain(spoken(due));
    expect(voice.said()).toContain('fr: Vous pouvez raccrocher, ou laisser un message après le bip.');
    expect(await db.database.kysely.selectFrom('attachment').selectAll().execute()).toEqual([]);
  });
});

const local = (at: Date) => Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO('Europe/Paris');

const holidays = new Set(holidaysAround('FR', new Date()));

/** Half past eight of the next working day. */
function nextOpening(now: Date): Temporal.ZonedDateTime {
  const day = local(now).add({ days: 1 });
  const isClosed = day.dayOfWeek > 5 || holidays.has(day.toPlainDate().toString());
  return isClosed ? nextOpening(new Date(day.epochMilliseconds)) : day.withPlainTime('08:30');
}
