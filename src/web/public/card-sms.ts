import { plainSms } from '../../core/sms/parts.ts';
import { outsideQuietHours } from '../../core/sms/quiet-hours.ts';
import { spacedPhone } from '../../core/text/phone.ts';
import { writeSms } from '../../desk/sms/write.ts';
import type { Tx } from '../../desk/tx.ts';
import type { AdvisorCard } from '../../desk/views/advisor-card.ts';
import type { Referred } from '../../desk/views/by-reference.ts';
import { hourLines } from '../ui/hours.ts';
import type { ShownOperator } from '../ui/operator.ts';
import { speak } from '../ui/words/words.ts';

const ONE_A_DAY_MS = 86_400_000;

/**
 * The card as an SMS: name, number and hours. Once a day, however often it is asked for, and never by night: who asks may
 * be somebody else.
 */
export async function textCard(
  tx: Tx,
  operator: ShownOperator,
  { customerId, locale }: Referred,
  card: AdvisorCard,
  to: string,
): Promise<void> {
  const text = speak(locale)('cardSms', {
    name: card.name,
    phone: spacedPhone(card.phone),
    hours: hourLines(card.hours, locale).join('. '),
    operator: operator.name,
  });
  const since = new Date(tx.now.getTime() - ONE_A_DAY_MS);
  const sent = await tx.db
    .selectFrom('outgoingSms')
    .where('toPhone', '=', to)
    .where('createdAt', '>', since)
    .where('text', '=', plainSms(text))
    .select('id')
    .executeTakeFirst();
  if (sent) return;
  const leaveAfter = outsideQuietHours(tx.now, operator.timeZone);
  await writeSms(tx, { kind: 'reply', to, text, customerId, advisorId: card.id, automatic: true, leaveAfter });
}
