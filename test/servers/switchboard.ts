import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { TelephonyDoor } from '../../src/channels/telephony/door.ts';
import { openTelephony, type Telephony } from '../../src/channels/telephony/open.ts';
import type { TestDatabase } from '../database.ts';

/** The telephone side of one Visavis process, on a test database. */
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
  const open = await openTelephony(house, { ...door, mediaAddress: '127.0.0.1', voice });
  // Until the connection to evapi stands.
  await pause(150);
  return open;
}
