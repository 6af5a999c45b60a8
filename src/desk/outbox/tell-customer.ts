import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';
import { mailInConversation } from './mail-in-conversation.ts';
import type { MailKind } from './write-mail.ts';

/**
 * Says something to the customer about a case file in its owner's name: on the timeline, and by mail when an address on
 * file works. Used when something of ours changes, not for answers people write.
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
  const address = await tx.db
    .selectFrom('contactPoint')
    .where('customerId', '=', caseFile.customerId)
    .where('kind', '=', 'mail')
    .where('failingSince', 'is', null)
    .select('value')
    .orderBy('id')
    .executeTakeFirst();
  const interactionId = newId();
  await tx.db
    .insertInto('interaction')
    .values({
      id: interactionId,
      customerId: caseFile.customerId,
      caseFileId: caseFile.id,
      channel: address ? 'mail' : 'message',
      direction: 'out',
      at: tx.now,
      byStaff: staffIdOf(actor),
      byAdvisor: caseFile.ownerId,
      party: address?.value ?? '',
      subject: caseFile.subject,
      text: input.text,
    })
    .execute();
  if (!address) return;
  await mailInConversation(tx, {
    kind: input.kind ?? 'commitment',
    to: address.value,
    text: input.text,
    advisorId: caseFile.ownerId,
    interactionId,
    caseFile,
    leavesAt: tx.now,
    automatic: actor.kind === 'system',
  });
}
