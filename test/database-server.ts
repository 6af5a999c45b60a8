import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { loadTerritory } from '../src/desk/areas/load-territory.ts';
import { jobNames } from '../src/desk/tx.ts';
import { openDatabase } from '../src/platform/db/database.ts';
import { migrate } from '../src/platform/db/migrate.ts';
import { startJobs } from '../src/platform/jobs/jobs.ts';
import { createLog } from '../src/platform/log/log.ts';
import { startEmbeddedPostgres } from '../src/platform/postgres/embedded.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection string of the migrated template database; each test file clones it. */
    templateUrl: string;
  }
}

/** One real PostgreSQL for the whole run, with a migrated template that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-test-'));
  // The server's own user must be able to walk there, or the cluster would lie (and stay) under /var/lib.
  await chmod(folder, 0o755);
  const log = createLog('error');
  const external = process.env.VISAVIS_TEST_DATABASE_URL;
  // The suite proves behaviour, not the disk: the fault tests that kill the server run one of their own with fsync on.
  const server = external
    ? undefined
    : await startEmbeddedPostgres(folder, log, [
        'fsync=off',
        'synchronous_commit=off',
        'full_page_writes=off',
        'visavis.expendable=on',
      ]);
  const url = external ?? server?.url ?? '';
  await asAdmin(url, 'drop database if exists visavis_template with (force)');
  await asAdmin(url, 'create database visavis_template');
  const templateUrl = databaseNamed(url, 'visavis_template');
  await migrate(templateUrl);
  const jobs = await startJobs(templateUrl, jobNames, log);
  await jobs.stop();
  const database = openDatabase<never>(templateUrl, { most: 1 });
  await loadTerritory(database.pool);
  await database.close();
  await asAdmin(url, 'alter database visavis_template allow_connections false');
  await asAdmin(url, "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'visavis_template'");
  project.provide('templateUrl', templateUrl);
  return async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** The same server, another database. */
function databaseNamed(url: string, name: string): string {
  return url.replace(/\/[^/?]*(\?|$)/, `/${name}$1`);
}
