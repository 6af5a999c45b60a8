import { leaveNews } from '../../desk/casefiles/leave-news.ts';
import type { Tx } from '../../desk/tx.ts';
import { type MailNews, mailNewsWords } from './staff-words.ts';

/** Tells the customer's advisor what became of a mail, in the operator's language. */
export async function tellStaff(
  tx: Tx,
  about: { customerId: string; caseFileId?: string | null },
  news: MailNews,
): Promise<void> {
  const operator = await tx.db.selectFrom('operator').select('locale').executeTakeFirst();
  await leaveNews(tx, about, { type: `mail.${news.kind}`, text: mailNewsWords(news, operator?.locale ?? 'fr') });
}
