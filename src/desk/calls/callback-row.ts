import type { Kysely } from 'kysely';
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
export function openCallback(
  db: Kysely<DB>,
  which: { id: string } | { customerId: string },
): Promise<OpenCallbackRow | undefined> {
  return openCommitments(db)
    .innerJoin('callback', 'callback.commitmentId', 'commitment.id')
    .where('callback.cancelledAt', 'is', null)
    .$if('id' in which, (query) => query.where('callback.id', '=', 'id' in which ? which.id : ''))
    .$if('customerId' in which, (query) =>
      query.where('callback.customerId', '=', 'customerId' in which ? which.customerId : ''),
    )
    .select([
      'callback.id',
      'callback.customerId',
      'callback.commitmentId',
      'commitment.caseFileId',
      'commitment.ownerId',
      'callback.phone',
      'commitment.dueAt',
    ])
    .orderBy('commitment.dueAt')
    .executeTakeFirst();
}
