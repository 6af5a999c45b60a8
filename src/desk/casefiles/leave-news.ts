import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';

export interface News {
  /** Of the event on the advisor's live screen: `mail.bounced`. */
  type: string;
  /** In the operator's language: what happened, and what to do now. */
  text: string;
}

/**
 * Leaves Visavis's own internal note on the customer's timeline, and an event for the advisor's live screen. The same
 * words within a day are said once: nobody may flood an advisor by failing often.
 */
export async function leaveNews(
  tx: Tx,
  { customerId, caseFileId = null }: { customerId: string; caseFileId?: string | null },
  { type, text }: News,
): Promise<void> {
  const dayAgo = new Date(tx.now.getTime() - 86_400_000);
  const said = await tx.db
    .selectFrom('note')
    .where('customerId', '=', customerId)
    .where('at', '>', dayAgo)
    .where('byStaff', 'is', null)
    .where('text', '=', text)
    .select('id')
    .executeTakeFirst();
  if (said) return;
  const { advisorId } = await tx.db
    .selectFrom('customer')
    .where('id', '=', customerId)
    .select('advisorId')
    .executeTakeFirstOrThrow();
  const id = newId();
  await tx.db.insertInto('note').values({ id, customerId, caseFileId, at: tx.now, byStaff: null, text }).execute();
  await tx.record({ type, customerId, advisorId, caseFileId, facts: { noteId: id } });
}
