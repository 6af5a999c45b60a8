import type { Kysely, Transaction } from 'kysely';
import type { Clock } from '../platform/clock.ts';
import { sendAhead } from '../platform/db/ahead.ts';
import { insertAhead } from '../platform/db/insert.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import type { LiveEvents } from '../platform/events/live.ts';
import type { Jobs, NewJob } from '../platform/jobs/jobs.ts';
import type { DB } from './tables.ts';
import { commitInOne, commitTogether, NotTogether, type RunAll } from './together.ts';
import type { Command, JobName, NewEvent, Transact, Tx } from './tx.ts';

/**
 * Tables of which every message fills a row, those first that others refer to: rows of several commands in one
 * transaction go into each in one statement.
 */
export const tablesOfMessages: readonly (keyof DB)[] = [
  'caseFile',
  'ownership',
  'interaction',
  'decision',
  'commitment',
  'callback',
  'outgoingMail',
  'outgoingSms',
  'idempotency',
  'event',
];

/** Makes the one way commands reach the database: transaction, clock, jobs and event log together. */
export function createTransact(
  kysely: Kysely<DB>,
  jobs: Pick<Jobs, 'enqueue' | 'wake'>,
  events: Pick<LiveEvents, 'wake'>,
  clock: Clock,
  own: Pick<Tx, 'signingKey' | 'olderKeys' | 'origin' | 'smsLeaves'>,
): Transact {
  const runAll: RunAll = async (commands, lockWaitMs) => {
    const leaving = commands.map((): Leaving => ({ events: [], jobs: [] }));
    const results = await inTransaction(kysely, async (db) => {
      if (lockWaitMs !== undefined)
        await sendAhead(db, { sql: `set local lock_timeout = ${lockWaitMs}`, parameters: [] });
      const keepApart = apartFrom(commands.length);
      const done = await allOrNone(
        commands.map((command, index) =>
          command({
            db,
            now: clock(),
            ...own,
            ...writingTo(db, leaving[index] as Leaving),
            keepApart: keepApart(index),
          }),
        ),
      );
      for (const { events } of leaving) await writeEvents(db, clock(), events);
      await writeJobs(
        db,
        jobs,
        leaving.flatMap((each) => each.jobs),
      );
      return done;
    });
    if (leaving.some((each) => each.events.length > 0)) events.wake();
    for (const each of leaving) jobs.wake(each.jobs);
    return results;
  };
  const transact = async <Result>(command: Command<Result>): Promise<Result> => {
    const [result] = await runAll([command]);
    return result as Result;
  };
  return Object.assign(transact, {
    together: commitTogether(runAll),
    inOne: (commands: readonly Command<unknown>[]) => commitInOne(runAll, commands),
  });
}

/** What one command leaves behind when its transaction commits. */
interface Leaving {
  events: NewEvent[];
  jobs: (NewJob & { name: JobName })[];
}

function writingTo(db: Transaction<DB>, leaving: Leaving): Pick<Tx, 'write' | 'insert' | 'enqueue' | 'record'> {
  return {
    write: (statement) => sendAhead(db, statement),
    insert: (table, row) => insertAhead<DB, typeof table>(db, table, row, placeOf(table)),
    enqueue: async (name, data, startAfter) => void leaving.jobs.push({ name, data, startAfter }),
    record: async (event) => void leaving.events.push(event),
  };
}

/** Lets each thing be named by one of those who share a transaction; who is alone has nobody to be kept apart from. */
function apartFrom(commands: number): (command: number) => Tx['keepApart'] {
  const namedBy = new Map<string, number>();
  return (command) => (what) => {
    const other = namedBy.get(what) ?? command;
    if (commands > 1 && other !== command) throw new NotTogether(what);
    namedBy.set(what, command);
  };
}

function placeOf(table: keyof DB): number | undefined {
  const place = tablesOfMessages.indexOf(table);
  return place < 0 ? undefined : place;
}

/** Waits for all, so that none is still at work on the connection when the transaction ends. */
async function allOrNone<Result>(commands: readonly Promise<Result>[]): Promise<Result[]> {
  const ended = await Promise.allSettled(commands);
  return ended.map((each) => {
    if (each.status === 'fulfilled') return each.value;
    throw commands.length === 1 ? each.reason : new NotTogether('one of them failed', { cause: each.reason });
  });
}

/** The lines of the event log that one transaction leaves, in their order. */
async function writeEvents(db: Transaction<DB>, at: Date, recorded: readonly NewEvent[]): Promise<void> {
  for (const event of recorded)
    await insertAhead<DB, 'event'>(
      db,
      'event',
      {
        at,
        type: event.type,
        customerId: event.customerId ?? null,
        advisorId: event.advisorId ?? null,
        caseFileId: event.caseFileId ?? null,
        facts: JSON.stringify(event.facts ?? {}),
      },
      placeOf('event'),
    );
}

async function writeJobs(db: Transaction<DB>, jobs: Pick<Jobs, 'enqueue'>, leaving: Leaving['jobs']): Promise<void> {
  for (const [name, ofQueue] of Map.groupBy(leaving, (job) => job.name)) {
    const each = ofQueue.map(({ data, startAfter }) => ({ data, startAfter }));
    await jobs.enqueue(db as unknown as Transaction<never>, name, name === 'send-mail' ? togetherByStart(each) : each);
  }
}

/** Mails of one job: few enough that one slow server does not hold up many. */
const MOST_OF_ONE_JOB = 8;

/**
 * Mails that one transaction leaves and that go at the same time are one job: a row of the queue costs the database as
 * much as the mail itself.
 */
function togetherByStart(jobs: readonly NewJob[]): NewJob[] {
  const byStart = Map.groupBy(jobs, ({ startAfter }) => startAfter?.getTime());
  return [...byStart.values()].flatMap((same) => {
    const ids = same.map(({ data }) => (data as { id: string }).id);
    const parts = Array.from({ length: Math.ceil(ids.length / MOST_OF_ONE_JOB) }, (_, part) =>
      ids.slice(part * MOST_OF_ONE_JOB, (part + 1) * MOST_OF_ONE_JOB),
    );
    return parts.map((part) => ({ data: { ids: part }, startAfter: same[0]?.startAfter }));
  });
}
