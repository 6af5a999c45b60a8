import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import type { DB } from '../src/desk/tables.ts';
import { createTransact } from '../src/desk/transact.ts';
import { jobNames, type Transact } from '../src/desk/tx.ts';
import { type Database, openDatabase } from '../src/platform/db/database.ts';
import { forgetNames } from '../src/platform/db/statement-names.ts';
import { followEvents, type LiveEvents } from '../src/platform/events/live.ts';
import { type Jobs, startJobs } from '../src/platform/jobs/jobs.ts';
import { createLog, type Log } from '../src/platform/log/log.ts';

/** Key of signatures in tests. */
export const testKey = Buffer.alloc(32, 7);

/** A real database of this test file's own, cloned from the migrated template, with everything a command needs. */
export interface TestDatabase {
  url: string;
  database: Database<DB>;
  jobs: Jobs;
  events: LiveEvents;
  log: Log;
  transact: Transact;
  /** The clock of every command in this file; set it to move time. */
  clock: SharedClock;
  /** Whether commands may count on SMS to leave. */
  sends: { smsLeaves: boolean };
}

/** A clock that stands until it is set, and that threads read too (`clockAt`). */
export class SharedClock {
  readonly time = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  readonly #milliseconds = new Float64Array(this.time);

  constructor(now: Date) {
    this.now = now;
  }

  get now(): Date {
    return new Date(this.#milliseconds[0] ?? 0);
  }

  set now(now: Date) {
    this.#milliseconds[0] = now.getTime();
  }
}

/** Call once at the top of a test file; the value is filled before the first test. */
export function testDatabase(now = new Date('2026-11-23T09:00:00Z')): TestDatabase {
  const test = {
    clock: new SharedClock(now),
    sends: { smsLeaves: false },
  } as TestDatabase;
  const template = inject('templateUrl');
  const name = `visavis_${randomUUID().replaceAll('-', '')}`;
  beforeAll(async () => {
    // Statements are planned as if no other file had run in this process before.
    forgetNames();
    await asAdmin(template, `create database ${name} template visavis_template`);
    test.url = template.replace('visavis_template', name);
    test.log = createLog(process.env.VISAVIS_TEST_LOG ?? 'silent');
    test.database = openDatabase<DB>(test.url);
    test.jobs = await startJobs(test.url, jobNames, test.log);
    test.events = await followEvents(test.url, test.database.pool, test.log);
    const own = { signingKey: testKey, olderKeys: [], origin: 'http://localhost:8080' };
    test.transact = createTransact(
      test.database.kysely,
      test.jobs,
      test.events,
      () => test.clock.now,
      Object.assign(test.sends, own),
    );
  });
  afterAll(async () => {
    await test.jobs?.stop();
    await test.events?.stop();
    await test.database?.close();
    await asAdmin(template, `drop database if exists ${name} with (force)`);
  });
  return test;
}

async function asAdmin(template: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: template.replace('visavis_template', 'postgres') });
  await client.connect();
  try {
    // Cloning needs the template to itself; other files clone at the same moment.
    await client.query('select pg_advisory_lock(7)');
    await client.query(statement);
  } finally {
    await client.end();
  }
}
