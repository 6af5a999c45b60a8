import type { House } from '../../src/desk/house.ts';
import { readConfig } from '../../src/platform/config/config.ts';
import { type TestDatabase, testKey } from '../database.ts';

/** A house on the test's database, configured as by these environment variables; ports are chosen by the system. */
export function testHouse(db: TestDatabase, environment: Record<string, string> = {}): House {
  return {
    config: readConfig({ VISAVIS_SMTP_PORT: '0', VISAVIS_DATA: '/nonexistent', ...environment }),
    log: db.log,
    clock: () => db.clock.now,
    db: db.database.kysely,
    transact: db.transact,
    events: db.events,
    signingKey: testKey,
    olderKeys: [],
  };
}
