import { stat } from 'node:fs/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { connect } from '../db/connect.ts';
import { applyMigrations, knownMigrations, lockMigrations, UNFINISHED_RESTORE } from '../db/migrate.ts';
import { enqueueWaitingJobs, MAKE_WAITING_JOBS, WAITING_JOB_COLUMNS } from '../jobs/carry-over.ts';
import { connectQueue } from '../jobs/jobs.ts';
import type { Log } from '../log/log.ts';
import { copyTarget, readTables, settle } from './catalogue.ts';
import { requireEmpty } from './empty.ts';
import { type BackupEnd, type BackupVisitor, type Manifest, walkBackup } from './file.ts';
import { putRulesAside } from './rules.ts';
import { BackupUnusable, newerVersion, unknownTable } from './words.ts';

export interface RestoreOrder {
  file: string;
  /** Of the empty database. */
  url: string;
  /** Queues of the product. */
  queues: readonly string[];
  log: Log;
  /** Told now and then what is being done, and how much of it, from 0 to 1. */
  say(what: 'check' | 'load' | 'index', share: number): void;
}

export interface Restored {
  madeAt: Date;
  tables: number;
  rows: number;
  jobs: number;
}

/** Reads the whole file and changes nothing. Throws BackupUnusable when this program could not restore it. */
export async function checkBackup(
  file: string,
  say: (share: number) => void,
): Promise<{ manifest: Manifest; end: BackupEnd }> {
  const { size } = await stat(file);
  const visitor: BackupVisitor = { begin: requireKnown, table: () => undefined };
  return walkBackup(file, visitor, (read) => say(read / size));
}

/**
 * Fills an empty database from a backup: its tables as they were at the backup's version, in one transaction, so that
 * after any interruption there is nothing but a mark that keeps the product from starting, and the restore can be run
 * again. The database is not yet brought to this program's version. Throws BackupUnusable or DatabaseNotEmpty.
 */
export async function restoreBackup({ file, url, queues, log, say }: RestoreOrder): Promise<Restored> {
  const { manifest, end } = await checkBackup(file, (share) => say('check', share));
  const client = await connect(url, 'visavis-restore');
  try {
    await settle(client);
    await lockMigrations(client);
    await requireEmpty(client);
    await client.query(
      `create table if not exists ${UNFINISHED_RESTORE} (begun_at timestamptz not null default now())`,
    );
    const boss = await connectQueue(url, queues, log);
    try {
      await client.query('begin');
      await load(client, file, say);
      const jobs = await enqueueWaitingJobs(boss, client);
      await client.query(`drop table ${UNFINISHED_RESTORE}`);
      await client.query('commit');
      await client.query('analyze');
      return { madeAt: new Date(manifest.madeAt), tables: end.tables, rows: end.rows, jobs };
    } finally {
      await boss.stop({ graceful: false });
    }
  } finally {
    await client.end();
  }
}

/** Everything between begin and commit. */
async function load(client: pg.Client, file: string, say: RestoreOrder['say']): Promise<void> {
  const { size } = await stat(file);
  let putBack: () => Promise<void> = async () => undefined;
  const missing = new Map<string, Set<string>>();
  const visitor: BackupVisitor = {
    begin: async ({ migrations }) => {
      await applyMigrations(client, migrations);
      const tables = await readTables(client);
      for (const { name, columns } of tables) missing.set(name, new Set(columns));
      putBack = await putRulesAside(
        client,
        tables.map(({ name }) => name),
      );
      await client.query(MAKE_WAITING_JOBS);
      missing.set(WAITING_JOB_COLUMNS.name, new Set(WAITING_JOB_COLUMNS.columns));
    },
    table: (table) => {
      const columns = missing.get(table.name);
      if (!columns || table.columns.length !== columns.size || !table.columns.every((each) => columns.has(each)))
        throw new BackupUnusable(unknownTable(table.name));
      return client.query(copyFrom(`copy ${copyTarget(client, table)} from stdin`));
    },
  };
  const { end } = await walkBackup(file, visitor, (read) => say('load', read / size));
  for (const { name, value, called } of end.sequences)
    await client.query('select setval($1::regclass, $2::bigint, $3)', [client.escapeIdentifier(name), value, called]);
  say('index', 1);
  await putBack();
}

async function requireKnown({ migrations }: Manifest): Promise<void> {
  const known = new Set(await knownMigrations());
  const [newest, mine] = [Math.max(...migrations), Math.max(...known)];
  if (!migrations.every((number) => known.has(number))) throw new BackupUnusable(newerVersion(newest, mine));
}
