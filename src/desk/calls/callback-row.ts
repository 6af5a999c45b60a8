import type { Kysely } from 'kysely';
import { prepared } from '../../platform/db/prepared.ts';
import { openCommitments } from '../commitments/queries.ts';
import type { DB } from '../tables.ts';

/** A callback that is still owed. */
export interface OpenCallbackRow {
  id: string;
  customerId: string;
  commitmentId: string;
  caseFileId: string;
  ownerId: string;
  phone: string;
  dueAt: Date;
}

/** The callback with this id, or the first this customer is owed; undefined when it is kept, broken or cancelled. */
export async function openCallback(
  db: Kysely<DB>,
  which: { id: string } | { customerId: string },
): Promise<OpenCallbackRow | undefined> {
  const [callback] = 'id' in which ? await callbackWith(db, which) : await callbacksOf(db, which);
  return callback;
}

const callbackWith = prepared((db: Kysely<DB>, given: { id: string }) =>
  openCallbacks(db).where('callback.id', '=', given.id),
);

const callbacksOf = prepared((db: Kysely<DB>, given: { customerId: string }) =>
  openCallbacks(db).where('callback.customerId', '=', given.customerId).orderBy('commitment.dueAt').limit(1),
);

function openCallbacks(db: Kysely<DB>) {
  return openCommitments(db)
    .innerJoin('callback', 'callback.commitmentId', 'commitment.id')
    .where('callback.cancelledAt', 'is', null)
    .select([
      'callback.id',
      'callback.customerId',
      'callback.commitmentId',
      'commitment.caseFileId',
      'commitment.ownerId',
      'callback.phone',
      'commitment.dueAt',
    ]);
}
