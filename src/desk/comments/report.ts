import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';
import type { Reason } from './moderate.ts';

export interface NewReport {
  commentId: string;
  reason: Reason;
  words: string;
  locale: 'fr' | 'en';
  mail: string | null;
  contentHash: Buffer;
}

/** Keeps a reader's report. Answers its reference, the same for a second submit of one form, and whether it is new. */
export async function reportComment(tx: Tx, report: NewReport): Promise<{ reference: string; fresh: boolean }> {
  const id = newId();
  const row = await tx.db
    .insertInto('commentReport')
    .values({ id, ...report, at: tx.now })
    .onConflict((conflict) => conflict.column('contentHash').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row) {
    await tx.record({ type: 'comment.reported', facts: { commentId: report.commentId, reason: report.reason } });
    return { reference: referenceOf(id), fresh: true };
  }
  const known = await tx.db
    .selectFrom('commentReport')
    .where('contentHash', '=', report.contentHash)
    .select('id')
    .executeTakeFirstOrThrow();
  return { reference: referenceOf(known.id), fresh: false };
}

/** Short enough to be read aloud. */
function referenceOf(id: string): string {
  return `S-${id.slice(-8).toUpperCase()}`;
}
