import type { Kysely, Transaction } from 'kysely';
import type { Clock } from '../platform/clock.ts';
import { sendAhead } from '../platform/db/ahead.ts';
import { insertAhead } from '../platform/db/insert.ts';
import type { LiveEvents } from '../platform/events/live.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { DB } from './tables.ts';
import type { NewEvent, Transact, Tx } from './tx.ts';

/** Makes the one way commands reach the database: transaction, clock, jobs and event log together. */
export function createTransact(
  kysely: Kysely<DB>,
  jobs: Pick<Jobs, 'enqueue'>,
  events: Pick<LiveEvents, 'wake'>,
  clock: Clock,
  own: Pick<Tx, 'signingKey' | 'olderKeys' | 'origin'>,
): Transact {
  return async (command) => {
    const recorded: NewEvent[] = [];
    const result = await kysely.transaction().execute(async (db) => {
      const done = await command({
        db,
        now: clock(),
        ...own,
        write: (statement) => sendAhead(db, statement),
        insert: (table, row) => insertAhead<DB, typeof table>(db, table, [row]),
        enqueue: (name, data, startAfter) => jobs.enqueue(db as unknown as Transaction<never>, name, data, startAfter),
        record: async (event) => void recorded.push(event),
      });
      await writeEvents(db, clock(), recorded);
      return done;
    });
    if (recorded.length > 0) events.wake();
    return result;
  };
}

const EVENTS_AT_ONCE = 1_000;

/** The lines of the event log that one transaction leaves, in their order. */
async function writeEvents(db: Transaction<DB>, at: Date, recorded: readonly NewEvent[]): Promise<void> {
  for (let from = 0; from < recorded.length; from += EVENTS_AT_ONCE)
    await insertAhead<DB, 'event'>(
      db,
      'event',
      recorded.slice(from, from + EVENTS_AT_ONCE).map((event) => ({
        at,
        type: event.type,
        customerId: event.customerId ?? null,
        advisorId: event.advisorId ?? null,
        caseFileId: event.caseFileId ?? null,
        facts: JSON.stringify(event.facts ?? {}),
      })),
    );
}
