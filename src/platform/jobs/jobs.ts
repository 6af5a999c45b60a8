import { CompiledQuery, type Transaction } from 'kysely';
import { type Job, type JobResult, PgBoss } from 'pg-boss';
import { sendAhead } from '../db/ahead.ts';
import type { Log } from '../log/log.ts';
import { type Committed, wakeInTurn } from './wake-in-turn.ts';

/** How one kind of job is run: its queue, and what to do with one job's data. */
export interface JobHandler {
  name: string;
  run(data: Record<string, unknown>): Promise<void>;
  /** Workers of this kind in one process. Default 2. */
  concurrency?: number;
  /** Jobs a worker takes at once and runs side by side. Default 1. */
  batch?: number;
  /** Cron line (time zone UTC) when the job also runs by itself. */
  schedule?: string;
  /** Somebody waits for it, whichever process it was left by: it begins within half a second. */
  soon?: boolean;
}

export interface NewJob {
  data: object;
  startAfter?: Date;
}

export interface Jobs {
  /** Writes jobs of one queue in the caller's transaction: they exist exactly when the transaction commits. */
  enqueue(tx: Transaction<never>, name: string, jobs: readonly NewJob[]): Promise<void>;
  /** Jobs of these queues have been committed. In this process those that are due begin at once, the others at their time. */
  wake(committed: readonly Committed[]): void;
  /** Starts working on jobs in this process. */
  work(handlers: readonly JobHandler[]): Promise<void>;
  /** Takes no more jobs, and waits for those at work, ten seconds at most. */
  stop(): Promise<void>;
}

const RETRY = { retryLimit: 12, retryDelay: 5, retryBackoff: true, retryDelayMax: 3600 };

/** Connects to the job queue in the same database, making its tables and the named queues on first use. */
export async function startJobs(url: string, names: readonly string[], log: Log): Promise<Jobs> {
  const boss = await connectQueue(url, names, log);
  const workers = new Map<string, readonly string[]>();
  const waker = wakeInTurn((name) => {
    for (const id of workers.get(name) ?? []) boss.notifyWorker(id);
  });
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
    wake: (committed) => {
      for (const job of committed) if (workers.has(job.name)) waker.wake(job);
    },
    work: async (handlers) => {
      for (const handler of handlers) workers.set(handler.name, await startWorkers(boss, handler, log));
    },
    stop: async () => {
      waker.stop();
      await boss.stop({ graceful: true, timeout: 10_000 });
    },
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

/**
 * How often a worker looks for jobs that other processes left, or whose time has come while this one did not run. Each look
 * costs the database as much as a caller's look-up, and there are thirty workers.
 */
const LOOKS_EVERY_S = { soon: 0.5, usually: 2, scheduled: 5 };

async function startWorkers(boss: PgBoss, handler: JobHandler, log: Log): Promise<string[]> {
  const every = handler.soon ? 'soon' : handler.schedule ? 'scheduled' : 'usually';
  const options = {
    batchSize: handler.batch ?? 1,
    pollingIntervalSeconds: LOOKS_EVERY_S[every],
    perJobResults: true,
  } as const;
  const startOne = async () => {
    let id = '';
    id = await boss.work<Record<string, unknown>>(handler.name, options, (jobs) => {
      // Where something was found there may be more.
      boss.notifyWorker(id);
      return Promise.all(jobs.map((job) => runJob(handler, job, log)));
    });
    return id;
  };
  const ids: string[] = [];
  for (let count = 0; count < (handler.concurrency ?? 2); count++) ids.push(await startOne());
  if (handler.schedule) await boss.schedule(handler.name, handler.schedule, {});
  return ids;
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
