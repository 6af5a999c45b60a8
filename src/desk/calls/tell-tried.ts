import { outsideQuietHours } from '../../core/sms/quiet-hours.ts';
import { spacedPhone } from '../../core/text/phone.ts';
import { newId } from '../id.ts';
import { mobileOf } from '../sms/mobile.ts';
import { triedLastSms, triedSms } from '../sms/words.ts';
import { writeSms } from '../sms/write.ts';
import type { Tx } from '../tx.ts';
import type { Roster } from '../views/roster.ts';
import type { CallRow } from './call-row.ts';
import { callbackLink } from './callback-link.ts';
import { openCallback } from './callback-row.ts';

export interface Tried {
  call: CallRow;
  customerId: string;
  caseFileId: string;
  ownerId: string;
  /** When they are called again, or hear in another way. */
  dueAt: Date;
  again: boolean;
}

/**
 * We called back and nobody answered: an SMS says who tried and when they try again, so that an unknown number on the
 * display has a name. Only to a mobile on file; it stands on the timeline.
 */
export async function tellTried(tx: Tx, { operator, advisors }: Roster, tried: Tried): Promise<void> {
  const { call, customerId, caseFileId, ownerId, dueAt, again } = tried;
  const to = await mobileOf(tx.db, customerId, call.toPhone);
  if (!to) return;
  const { locale } = await tx.db
    .selectFrom('customer')
    .where('id', '=', customerId)
    .select('locale')
    .executeTakeFirstOrThrow();
  const callback = again ? await openCallback(tx.db, { customerId }) : undefined;
  const link = callback ? callbackLink(tx, locale, callback.id) : undefined;
  const { name: operatorName, timeZone: zone } = operator;
  const name = advisors.get(ownerId)?.name ?? '';
  const facts = { name, operator: operatorName, before: dueAt, now: tx.now, zone };
  const text = again ? triedSms(locale, facts) : triedLastSms(locale, { ...facts, phone: spacedPhone(operator.phone) });
  const shown = link ? text.replace(/ (Changer|Change) ?:$/, '') : text;
  const interactionId = newId();
  await tx.insert('interaction', {
    id: interactionId,
    customerId,
    caseFileId,
    channel: 'sms',
    direction: 'out',
    at: tx.now,
    byAdvisor: ownerId,
    party: to,
    text: shown,
  });
  const leaveAfter = outsideQuietHours(tx.now, zone);
  const about = { customerId, caseFileId, interactionId, advisorId: ownerId, automatic: true, leaveAfter };
  await writeSms(tx, { kind: 'commitment', to, text: link ? text : shown, ...(link && { link }), ...about });
}
