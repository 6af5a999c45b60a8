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

/** The commitment to show for a case file: the open one due first, else the last there was. Every case file has one. */
export async function commitmentShown(db: Kysely<DB>, caseFileId: string): Promise<{ id: string; dueAt: Date }> {
  const open = await openCommitments(db)
    .where('caseFileId', '=', caseFileId)
    .select(['id', 'dueAt'])
    .orderBy('dueAt')
    .executeTakeFirst();
  if (open) return open;
  return db
    .selectFrom('commitment')
    .where('caseFileId', '=', caseFileId)
    .select(['id', 'dueAt'])
    .orderBy('madeAt', 'desc')
    .executeTakeFirstOrThrow();
}
