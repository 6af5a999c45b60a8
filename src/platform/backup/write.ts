import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { connect } from '../db/connect.ts';
import { MIGRATION_LOCK } from '../db/migrate.ts';
import { WAITING_JOB_COLUMNS, WAITING_JOBS } from '../jobs/carry-over.ts';
import { copyTarget, estimateRows, readSequences, readTables, settle } from './catalogue.ts';
import { BACKUP_FORMAT, type BackupTable, countRows, type Manifest } from './file.ts';
import { NothingToBackUp, nothingToBackUp } from './words.ts';

export interface BackupOrder {
  /** Of the database. */
  url: string;
  /** The file to write. It must not exist. */
  file: string;
  now: Date;
  /** Of this program. */
  version: string;
  /** Told now and then: rows written so far, and about how many there are. */
  say(rows: number, of: number): void;
}

export interface Written {
  tables: number;
  rows: number;
  bytes: number;
}

/**
 * Writes everything the database holds to one compressed file, as of one moment, while the product goes on working.
 * The file has its name only once it is complete and on disk.
 */
export async function writeBackup(order: BackupOrder): Promise<Written> {
  const unfinished = `${order.file}.unfinished`;
  const client = await connect(order.url, 'visavis-backup');
  try {
    await settle(client);
    const tables = await beginSnapshot(client);
    const written = { tables: 0, rows: 0 };
    await pipeline(
      () => textOf(client, tables, order, written),
      createGzip({ level: constants.Z_BEST_SPEED }),
      createWriteStream(unfinished, { mode: 0o600, flush: true }),
    );
    await rename(unfinished, order.file);
    await syncFolder(dirname(order.file));
    return { ...written, bytes: (await stat(order.file)).size };
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

/**
 * One moment for all tables. Migrations are kept out only until each table is held as it is: a start of the product that
 * has nothing to migrate does not wait for the backup.
 */
async function beginSnapshot(client: pg.Client): Promise<BackupTable[]> {
  await client.query('select pg_advisory_lock_shared($1)', [MIGRATION_LOCK]);
  await client.query('begin isolation level repeatable read read only');
  const tables = await readTables(client);
  if (!tables.length) throw new NothingToBackUp(nothingToBackUp);
  const names = tables.map(({ name }) => client.escapeIdentifier(name)).join(', ');
  await client.query(`lock table ${names} in access share mode`);
  await client.query('select pg_advisory_unlock_shared($1)', [MIGRATION_LOCK]);
  return tables;
}

async function* textOf(
  client: pg.Client,
  tables: readonly BackupTable[],
  { now, version, say }: BackupOrder,
  written: { tables: number; rows: number },
): AsyncGenerator<string | Buffer> {
  const skeleton = createHash('sha256');
  const line = (text: string) => {
    skeleton.update(`${text}\n`);
    return `${text}\n`;
  };
  const of = await estimateRows(client);
  yield line(`-- visavis-backup ${JSON.stringify(await manifest(client, now, version))}`);
  for (const { table, query } of await copies(client, tables)) {
    yield line(`-- table ${JSON.stringify(table)}`);
    yield line(`COPY ${copyTarget(client, table)} FROM stdin;`);
    const counted = countRows();
    for await (const bytes of client.query(copyTo(query)) as AsyncIterable<Buffer>) {
      counted.add(bytes);
      yield bytes;
      say(written.rows + counted.soFar(), of);
    }
    yield '\\.\n';
    const result = counted.result();
    yield line(`-- rows ${JSON.stringify(result)}`);
    written.tables += 1;
    written.rows += result.rows;
  }
  const sequences = await readSequences(client);
  yield `-- end ${JSON.stringify({ ...written, sequences, sha256: skeleton.digest('hex') })}\n`;
}

/** Every table, and the jobs that were not done at that moment. */
async function copies(
  client: pg.Client,
  tables: readonly BackupTable[],
): Promise<{ table: BackupTable; query: string }[]> {
  const all = tables.map((table) => ({ table, query: `copy ${copyTarget(client, table)} to stdout` }));
  const queue = await client.query("select to_regclass('pgboss.job') is not null as there");
  if (!queue.rows[0]?.there) return all;
  return [...all, { table: WAITING_JOB_COLUMNS, query: `copy (${WAITING_JOBS}) to stdout` }];
}

async function manifest(client: pg.Client, now: Date, version: string): Promise<Manifest> {
  const { rows } = await client.query<{ number: number }>('select number from migration order by number');
  const { rows: server } = await client.query<{ version: string }>(
    "select current_setting('server_version') as version",
  );
  return {
    format: BACKUP_FORMAT,
    product: 'visavis',
    version,
    madeAt: now.toISOString(),
    migrations: rows.map((row) => row.number),
    postgres: server[0]?.version ?? '',
  };
}

/** The new name in the folder is on disk too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}
