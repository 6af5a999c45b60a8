import type { Kysely, Transaction } from 'kysely';
import type { Clock } from '../platform/clock.ts';
import type { LiveEvents } from '../platform/events/live.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { DB } from './tables.ts';
import type { Transact, Tx } from './tx.ts';

/** Makes the one way commands reach the database: transaction, clock, jobs and event log together. */
export function createTransact(
  kysely: Kysely<DB>,
  jobs: Pick<Jobs, 'enqueue'>,
  events: Pick<LiveEvents, 'wake'>,
  clock: Clock,
  own: Pick<Tx, 'signingKey' | 'origin'>,
): Transact {
  return async (command) => {
    let recorded = false;
    const result = await kysely.transaction().execute((db) =>
      command({
        db,
        now: clock(),
        ...own,
        enqueue: (name, data, startAfter) => jobs.enqueue(db as unknown as Transaction<never>, name, data, startAfter),
        record: async (event) => {
          recorded = true;
          await db
            .insertInto('event')
            .values({
              at: clock(),
              type: event.type,
              customerId: event.customerId ?? null,
              advisorId: event.advisorId ?? null,
              caseFileId: event.caseFileId ?? null,
              facts: JSON.stringify(event.facts ?? {}),
            })
            .execute();
        },
      }),
    );
    if (recorded) events.wake();
    return result;
  };
}
