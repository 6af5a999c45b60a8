import type pg from 'pg';
import type { PgBoss } from 'pg-boss';

/**
 * Jobs that were not done: waiting, to be tried again, or being worked on (what they had done by then was not
 * committed, so they are done again). Jobs that are done, and those given up, are history: what a job given up should
 * have done is still to be seen in its own table, by the sweeps and by the doctor.
 */
export const WAITING_JOBS = `select name, data, priority, start_after from pgboss.job
  where state in ('created', 'retry', 'active') and name not like '\\_\\_%'`;

/** The same as a table of a backup. */
export const WAITING_JOB_COLUMNS = {
  name: 'waiting_job',
  columns: ['name', 'data', 'priority', 'start_after'],
} satisfies {
  name: string;
  columns: [string, ...string[]];
};

/** A table for them that goes with the transaction. */
export const MAKE_WAITING_JOBS =
  'create temporary table waiting_job (name text, data jsonb, priority int, start_after timestamptz) on commit drop';

interface WaitingJob {
  name: string;
  data: object | null;
  priority: number;
  start_after: Date;
}

/** Puts what is in that table into the queue, in the transaction of this client. Returns how many there were. */
export async function enqueueWaitingJobs(boss: PgBoss, client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<WaitingJob>('select * from waiting_job order by name, start_after');
  const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
  for (const [name, jobs] of Map.groupBy(rows, (row) => row.name)) {
    const inserts = jobs.map(({ data, priority, start_after }) => ({
      ...(data ? { data } : {}),
      priority,
      startAfter: start_after,
    }));
    // A queue that only the backup's version knew.
    await boss.createQueue(name);
    await boss.insert(name, inserts, { db });
  }
  return rows.length;
}
