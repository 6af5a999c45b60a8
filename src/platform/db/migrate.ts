import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { projectRoot } from '../root.ts';
import { connect } from './connect.ts';
import {
  DatabaseIsNewer,
  failedMigration,
  MigrationFailed,
  newerDatabase,
  oldServer,
  ServerIsTooOld,
  UnfinishedRestore,
  unfinishedRestore,
} from './words.ts';

const folderOfMigrations = join(projectRoot, 'migrations');

/** A table that is there from the beginning of a restore until its end. */
export const UNFINISHED_RESTORE = 'unfinished_restore';

/** Held while tables change. */
export const MIGRATION_LOCK = 0x7669_7361; // any constant that other programs on the database do not use ("visa")

/**
 * Brings the database to this program's version: numbered SQL files, each in a transaction of its own, one process at a
 * time. Returns the numbers applied. Throws the errors of ./words.ts.
 */
export async function migrate(url: string, folder = folderOfMigrations): Promise<number[]> {
  const files = await readMigrations(folder);
  const client = await connect(url, 'visavis-migrate');
  try {
    await lockMigrations(client);
    await refuseUnfinishedRestore(client);
    await client.query(MIGRATION_TABLE);
    const done = await client.query<{ number: number }>('select number from migration');
    const applied = new Set(done.rows.map((row) => row.number));
    const newest = files.at(-1)?.number ?? 0;
    const ahead = Math.max(0, ...applied);
    if (ahead > newest) throw new DatabaseIsNewer(newerDatabase(ahead, newest));
    const missing = files.filter((file) => !applied.has(file.number));
    for (const file of missing) await apply(client, file);
    return missing.map((file) => file.number);
  } finally {
    await client.end();
  }
}

const MIGRATION_TABLE =
  'create table if not exists migration (number int primary key, name text not null, at timestamptz not null default now())';

/** Waits until nobody else changes tables, and keeps others from it until this connection ends. */
export async function lockMigrations(client: pg.Client): Promise<void> {
  await requireVersion(client);
  await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
}

/** Numbers of the migrations this program has. */
export async function knownMigrations(): Promise<number[]> {
  return (await readMigrations(folderOfMigrations)).map(({ number }) => number);
}

/** Makes the tables of these migrations in the client's transaction, in an empty database. */
export async function applyMigrations(client: pg.Client, numbers: readonly number[]): Promise<void> {
  await client.query(MIGRATION_TABLE);
  for (const { number, name, sql } of await readMigrations(folderOfMigrations)) {
    if (!numbers.includes(number)) continue;
    await client.query(sql);
    await client.query('insert into migration (number, name) values ($1, $2)', [number, name]);
  }
}

async function refuseUnfinishedRestore(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
    UNFINISHED_RESTORE,
  ]);
  if (rows[0]?.there) throw new UnfinishedRestore(unfinishedRestore);
}

const OLDEST_MAJOR = 15;

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string }>("select current_setting('server_version_num') as version");
  const major = Math.floor(Number(rows[0]?.version) / 10_000);
  if (major < OLDEST_MAJOR) throw new ServerIsTooOld(oldServer(major, OLDEST_MAJOR));
}

interface Migration {
  number: number;
  name: string;
  sql: string;
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-.+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({
      number: Number(name.slice(0, 4)),
      name,
      sql: await readFile(join(folder, name), 'utf8'),
    })),
  );
}

async function apply(client: pg.Client, { number, name, sql }: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query('insert into migration (number, name) values ($1, $2)', [number, name]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new MigrationFailed(failedMigration(name, (error as Error).message), { cause: error });
  }
}
