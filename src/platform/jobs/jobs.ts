import { CompiledQuery, type Transaction } from 'kysely';
import { type Job, type JobResult, PgBoss } from 'pg-boss';
import { sendAhead } from '../db/ahead.ts';
import type { Log } from '../log/log.ts';

/** How one kind of job is run: its queue, and what to do with one job's data. */
export interface JobHandler {
  name: string;
  run(data: Record<string, unknown>): Promise<void>;
  /** Workers of this kind in one process. Default 2. */
  concurrency?: number;
  /**
   * Jobs a worker takes at once and runs side by side. With more than 1 it goes on without a pause while there are
   * more; with 1 (the default) it does two a second at most.
   */
  batch?: number;
  /** Cron line (time zone UTC) when the job also runs by itself. */
  schedule?: string;
}

export interface NewJob {
  data: object;
  startAfter?: Date;
}

export interface Jobs {
  /** Writes jobs of one queue in the caller's transaction: they exist exactly when the transaction commits. */
  enqueue(tx: Transaction<never>, name: string, jobs: readonly NewJob[]): Promise<void>;
  /** Starts working on jobs in this process. */
  work(handlers: readonly JobHandler[]): Promise<void>;
  /** How many jobs of each queue are waiting or failed. */
  stop(): Promise<void>;
}

const RETRY = { retryLimit: 12, retryDelay: 5, retryBackoff: true, retryDelayMax: 3600 };

/** Connects to the job queue in the same database, making its tables and the named queues on first use. */
export async function startJobs(url: string, names: readonly string[], log: Log): Promise<Jobs> {
  const boss = await connectQueue(url, names, log);
  return {
    enqueue: async (tx, name, jobs) => {
      const db = {
        executeSql: async (text: string, values?: unknown[]) => {
          await sendAhead(tx, { compile: () => CompiledQuery.raw(text, values) });
          return { rows: [] };
        },
      };
      await boss.insert(name, [...jobs], { db });
    },
    work: async (handlers) => {
      for (const handler of handlers) await startWorker(boss, handler, log);
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  };
}

/** The queue itself, for those who need more of it than the product does. */
export async function connectQueue(url: string, names: readonly string[], log: Log): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString: url, max: 4, application_name: 'visavis-jobs' });
  boss.on('error', (error) => log.error({ error: String(error) }, 'job queue'));
  await boss.start();
  for (const name of names) await boss.createQueue(name, RETRY);
  return boss;
}

async function startWorker(boss: PgBoss, handler: JobHandler, log: Log): Promise<void> {
  const options = {
    localConcurrency: handler.concurrency ?? 2,
    batchSize: handler.batch ?? 1,
    burstWhenBatchFull: true,
    pollingIntervalSeconds: 0.5,
    perJobResults: true,
  } as const;
  await boss.work<Record<string, unknown>>(handler.name, options, (jobs) =>
    Promise.all(jobs.map((job) => runJob(handler, job, log))),
  );
  if (handler.schedule) await boss.schedule(handler.name, handler.schedule, {});
}

/** One failed job is tried again by itself; the others of its batch are done. */
async function runJob(handler: JobHandler, job: Job<Record<string, unknown>>, log: Log): Promise<JobResult> {
  try {
    await handler.run(job.data ?? {});
    return { id: job.id, status: 'completed' };
  } catch (error) {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.error({ job: handler.name, id: job.id, error: said }, 'a job failed and will be tried again');
    return { id: job.id, status: 'failed', output: { error: said.slice(0, 1000) } };
  }
}
