import { plainSms, smsParts } from '../../core/sms/parts.ts';
import { outsideQuietHours } from '../../core/sms/quiet-hours.ts';
import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import { type Way, wayToTell } from '../sms/tell.ts';
import { writeSms } from '../sms/write.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import { mailInConversation } from './mail-in-conversation.ts';
import type { MailKind } from './write-mail.ts';

/**
 * Says something to the customer about a case file in its owner's name: on the timeline, by SMS where they
 * phone or text, else by mail when an address on file works. Used when something of ours changes, not for answers people write.
 */
export async function tellCustomer(
  tx: Tx,
  actor: Actor,
  input: { caseFileId: string; text: string; kind?: MailKind },
): Promise<void> {
  const caseFile = await tx.db
    .selectFrom('caseFile')
    .where('id', '=', input.caseFileId)
    .select(['id', 'customerId', 'ownerId', 'subject'])
    .executeTakeFirstOrThrow();
  const way = await wayOf(tx, caseFile, input.text);
  const interactionId = newId();
  await tx.db
    .insertInto('interaction')
    .values({
      id: interactionId,
      customerId: caseFile.customerId,
      caseFileId: caseFile.id,
      channel: way === undefined ? 'message' : 'sms' in way ? 'sms' : 'mail',
      direction: 'out',
      at: tx.now,
      byStaff: staffIdOf(actor),
      byAdvisor: caseFile.ownerId,
      party: way === undefined ? '' : 'sms' in way ? way.sms : way.mail,
      subject: caseFile.subject,
      text: input.text,
    })
    .execute();
  if (!way) return;
  if ('sms' in way) {
    const { operator } = await readRoster(tx.db, tx.now);
    const leaveAfter = outsideQuietHours(tx.now, operator.timeZone);
    const about = { customerId: caseFile.customerId, caseFileId: caseFile.id, interactionId };
    const by = { advisorId: caseFile.ownerId, automatic: actor.kind === 'system', leaveAfter };
    await writeSms(tx, { kind: 'commitment', to: way.sms, text: input.text, ...about, ...by });
    return;
  }
  await mailInConversation(tx, {
    kind: input.kind ?? 'commitment',
    to: way.mail,
    text: input.text,
    advisorId: caseFile.ownerId,
    interactionId,
    caseFile,
    leavesAt: tx.now,
    automatic: actor.kind === 'system',
  });
}

/** Longer than this, it is a mail. */
const MOST_SMS_PARTS = 4;

/** As they reach us: who phones or texts reads an SMS, anybody else a mail. */
async function wayOf(
  tx: Tx,
  { id, customerId }: { id: string; customerId: string },
  text: string,
): Promise<Way | undefined> {
  const last = await tx.db
    .selectFrom('interaction')
    .where('caseFileId', '=', id)
    .where('direction', '=', 'in')
    .select(['channel', 'party'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  const short = smsParts(plainSms(text)).parts.length <= MOST_SMS_PARTS;
  const phones = short && (last?.channel === 'sms' || last?.channel === 'call');
  return wayToTell(tx, customerId, { preferred: last?.party, smsFirst: phones, sms: short });
}
