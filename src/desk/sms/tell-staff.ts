import { leaveNews } from '../casefiles/leave-news.ts';
import type { Tx } from '../tx.ts';
import { type SmsNews, smsNewsWords } from './staff-words.ts';
import type { SmsKind } from './write.ts';

/** Tells the customer's advisor that an SMS never left or never arrived. Of the word that confirms STOP nobody is told. */
export async function tellStaffOfSms(
  tx: Tx,
  sms: { kind: string; customerId: string; caseFileId: string | null; toPhone: string; text: string },
  news: SmsNews,
): Promise<void> {
  if (sms.kind === ('stop' satisfies SmsKind)) return;
  const operator = await tx.db.selectFrom('operator').select('locale').executeTakeFirst();
  const text = smsNewsWords(news, sms, operator?.locale ?? 'fr');
  await leaveNews(tx, sms, { type: `sms.${news.kind}`, text });
}
