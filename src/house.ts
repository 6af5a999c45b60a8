import { randomBytes } from 'node:crypto';
import { loadTerritory } from './desk/areas/load-territory.ts';
import type { House } from './desk/house.ts';
import type { DB } from './desk/tables.ts';
import { createTransact } from './desk/transact.ts';
import { jobNames } from './desk/tx.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config/config.ts';
import { type Database, openDatabase } from './platform/db/database.ts';
import { assertDurable } from './platform/db/durable.ts';
import { migrate } from './platform/db/migrate.ts';
import { followEvents } from './platform/events/live.ts';
import { type Jobs, startJobs } from './platform/jobs/jobs.ts';
import { createLog } from './platform/log/log.ts';
import { startEmbeddedPostgres } from './platform/postgres/embedded.ts';

/** A house with its doors to the database open, and the way to close them. */
export interface OpenHouse {
  house: House;
  jobs: Jobs;
  database: Database<DB>;
  /** For threads, which have connections of their own. */
  databaseUrl: string;
  /** Closes everything this process opened; the embedded PostgreSQL too, unless another process works on it. */
  close(): Promise<void>;
}

/**
 * Starts or reaches the database, brings it to this version, and puts the product together. `meanwhile` is done while an
 * embedded database starts: it may be called more than once, or never.
 */
export async function openHouse(config: Config, meanwhile?: () => void): Promise<OpenHouse> {
  const log = createLog(config.logLevel);
  const embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres(config.dataFolder, log, [], meanwhile);
  const url = config.databaseUrl ?? embedded?.url ?? '';
  await migrate(url);
  const database = openDatabase<DB>(url);
  await assertDurable(database.pool);
  await loadTerritory(database.pool);
  const jobs = await startJobs(url, jobNames, log);
  const events = await followEvents(url, database.pool, log);
  const { signingKey, olderKeys } = await readKeys(config, database);
  const house: House = {
    config,
    log,
    clock: systemClock,
    db: database.kysely,
    transact: createTransact(database.kysely, jobs, events, systemClock, {
      signingKey,
      olderKeys,
      origin: config.origin,
      smsLeaves: config.sms !== undefined,
    }),
    events,
    signingKey,
    olderKeys,
  };
  return {
    house,
    jobs,
    database,
    databaseUrl: url,
    close: async () => {
      await jobs.stop();
      await events.stop();
      await database.close();
      await embedded?.stopUnlessUsed();
    },
  };
}

/** The key that signs, and those that did: the operator's, or the installation's own. */
async function readKeys(config: Config, database: Database<DB>): Promise<Pick<House, 'signingKey' | 'olderKeys'>> {
  const older = config.olderSecrets.map((secret) => Buffer.from(secret));
  if (!config.secret) return { signingKey: await makeStoredKey(database), olderKeys: older };
  const stored = await storedKey(database);
  return { signingKey: Buffer.from(config.secret), olderKeys: stored ? [...older, stored] : older };
}

/** The installation's own key, made once by whichever process comes first. */
async function makeStoredKey(database: Database<DB>): Promise<Buffer> {
  const made = [randomBytes(32)];
  await database.pool.query('insert into installation (signing_key) values ($1) on conflict do nothing', made);
  const key = await storedKey(database);
  if (!key) throw new Error('The installation has no signing key.');
  return key;
}

async function storedKey({ pool }: Database<DB>): Promise<Buffer | undefined> {
  const { rows } = await pool.query<{ signing_key: Buffer }>('select signing_key from installation');
  return rows[0]?.signing_key;
}
