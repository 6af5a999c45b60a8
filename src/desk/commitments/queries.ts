import type { Kysely } from 'kysely';
import type { DB } from '../tables.ts';

/** Commitments that are neither kept, broken nor withdrawn. */
export function openCommitments(db: Kysely<DB>) {
  return db
    .selectFrom('commitment')
    .where('commitment.keptAt', 'is', null)
    .where('commitment.brokenAt', 'is', null)
    .where('commitment.withdrawnAt', 'is', null);
}
