import { createHash } from 'node:crypto';
import { spacedPhone } from '../../core/text/phone.ts';
import type { Actor } from '../../desk/actor.ts';
import { storeBlob } from '../../desk/interactions/blobs.ts';
import { receiveInteraction } from '../../desk/interactions/receive.ts';
import { writeMail } from '../../desk/outbox/write-mail.ts';
import { mobileOf } from '../../desk/sms/mobile.ts';
import type { Tx } from '../../desk/tx.ts';
import { type AdvisorCard, readAdvisorCard } from '../../desk/views/advisor-card.ts';
import { findByReference, type Referred } from '../../desk/views/by-reference.ts';
import { hourLines } from '../ui/hours.ts';
import type { ShownOperator } from '../ui/operator.ts';
import { speak } from '../ui/words/words.ts';
import { textCard } from './card-sms.ts';
import { vcard } from './vcard.ts';

/**
 * Sends the card of the customer's own contact to every mail address on file; with none, by SMS to a mobile on file where
 * SMS leave from here; else asks the contact for a letter.
 */
export async function sendCardTo(tx: Tx, actor: Actor, operator: ShownOperator, reference: string): Promise<void> {
  const referred = await findByReference(tx.db, reference);
  const card = referred && (await readAdvisorCard(tx.db, tx.now, referred.advisorId));
  if (!card) return;
  for (const to of referred.mails) await mailCard(tx, operator, referred, card, to);
  if (referred.mails.length > 0) return;
  const mobile = tx.smsLeaves ? await mobileOf(tx.db, referred.customerId) : undefined;
  if (mobile) await textCard(tx, operator, referred, card, mobile);
  else await askForLetter(tx, actor, referred, card);
}

async function mailCard(
  tx: Tx,
  operator: ShownOperator,
  { customerId, locale }: Referred,
  card: AdvisorCard,
  to: string,
): Promise<void> {
  const say = speak(locale);
  const page = `${tx.origin}/${locale}/contact/${card.id}`;
  const sha256 = await storeBlob(tx, Buffer.from(vcard(card, operator.name, page)));
  const { name, street, postcode, commune } = card.office;
  await writeMail(tx, {
    kind: 'card',
    to,
    customerId,
    advisorId: card.id,
    automatic: true,
    subject: say('cardMailSubject', { name: card.name }),
    text: say('cardMailText', {
      name: card.name,
      phone: spacedPhone(card.phone),
      mail: card.mail,
      hours: hourLines(card.hours, locale).join('\n'),
      office: `${name}\n${street}\n${postcode} ${commune}`,
      page,
      operator: operator.name,
    }),
    attachments: [{ filename: 'contact.vcf', contentType: 'text/vcard', sha256 }],
  });
}

/** One letter a day is enough, however often it is asked for. */
async function askForLetter(tx: Tx, actor: Actor, { customerId }: Referred, card: AdvisorCard): Promise<void> {
  // What the staff reads is in the operator's language; the letter itself is in the customer's.
  const operator = await tx.db.selectFrom('operator').select('locale').executeTakeFirstOrThrow();
  const say = speak(operator.locale);
  const day = tx.now.toISOString().slice(0, 10);
  await receiveInteraction(tx, actor, {
    channel: 'message',
    at: tx.now,
    from: { customerId },
    proven: false,
    subject: say('cardLetterSubject', { name: card.name }),
    text: say('cardLetterText'),
    contentHash: createHash('sha256').update(`card:${customerId}:${day}`).digest(),
    acknowledge: false,
  });
}
