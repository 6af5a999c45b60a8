import { newId } from '../../desk/id.ts';
import type { Tx } from '../../desk/tx.ts';
import { type MailNews, mailNewsWords } from './staff-words.ts';

/**
 * Leaves Visavis's own internal note on the customer's timeline, and an event for the advisor's live screen. The same
 * words within a day are said once: nobody may flood an advisor by failing often.
 */
export async function tellStaff(
  tx: Tx,
  about: { customerId: string; caseFileId?: string | null },
  news: MailNews,
): Promise<void> {
  const operator = await tx.db.selectFrom('operator').select('locale').executeTakeFirst();
  const text = mailNewsWords(news, operator?.locale ?? 'fr');
  const dayAgo = new Date(tx.now.getTime() - 86_400_000);
  const said = await tx.db
    .selectFrom('note')
    .where('customerId', '=', about.customerId)
    .where('at', '>', dayAgo)
    .where('byStaff', 'is', null)
    .where('text', '=', text)
    .select('id')
    .executeTakeFirst();
  if (said) return;
  const { advisorId } = await tx.db
    .selectFrom('customer')
    .where('id', '=', about.customerId)
    .select('advisorId')
    .executeTakeFirstOrThrow();
  const id = newId();
  const caseFileId = about.caseFileId ?? null;
  await tx.db
    .insertInto('note')
    .values({ id, customerId: about.customerId, caseFileId, at: tx.now, byStaff: null, text })
    .execute();
  await tx.record({
    type: `mail.${news.kind}`,
    customerId: about.customerId,
    advisorId,
    caseFileId,
    facts: { noteId: id },
  });
}
