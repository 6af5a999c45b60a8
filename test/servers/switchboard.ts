import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import type { TelephonyDoor } from '../../src/channels/telephony/door.ts';
import { OLDEST_READING_MS } from '../../src/channels/telephony/line/recent.ts';
import { openTelephony, type Telephony } from '../../src/channels/telephony/open.ts';
import { holidaysAround } from '../../src/desk/areas/holidays.ts';
import type { TestDatabase } from '../database.ts';

/**
 * Where the clock of a test stands that real phones take part in: at ten in Paris on the next working day. What Kamailio
 * says carries real time, and no call of a test may lie in the future of the house, nor be of the minute before.
 */
export function phoneTime(): Date {
  const soonest = Temporal.Now.zonedDateTimeISO('Europe/Paris').add({ minutes: 10 });
  let day = soonest.withPlainTime('10:00');
  const closed = new Set(holidaysAround('FR', new Date()));
  while (
    Temporal.ZonedDateTime.compare(day, soonest) < 0 ||
    day.dayOfWeek > 5 ||
    closed.has(day.toPlainDate().toString())
  )
    day = day.add({ days: 1 });
  return new Date(day.epochMilliseconds);
}

/**
 * The telephone side of one Visavis process, on a test database. Once it is prepared, the next call is decided from what
 * everyone does now: a slow machine would decide it from what they did up to a second ago, as it may.
 */
export async function startSwitchboard(
  db: TestDatabase,
  door: TelephonyDoor,
  voice?: readonly string[],
): Promise<Telephony> {
  const house = {
    db: db.database.kysely,
    clock: () => db.clock.now,
    transact: db.transact,
    log: db.log,
    config: { dataFolder: mkdtempSync(join(tmpdir(), 'visavis-switchboard-')) },
  };
  const open = await openTelephony(house, {
    ...door,
    mediaAddress: '127.0.0.1',
    voice,
    databaseUrl: db.url,
    time: db.clock.time,
  });
  // Until the connection to evapi stands.
  await pause(150);
  return {
    ...open,
    prepare: async () => {
      await Promise.all([open.prepare(), pause(OLDEST_READING_MS)]);
    },
  };
}
