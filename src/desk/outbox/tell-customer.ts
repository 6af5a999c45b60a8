import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import { type MailKind, writeMail } from './write-mail.ts';

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
  const { operator, advisors } = await readRoster(tx.db, tx.now);
  await writeMail(tx, {
    kind: input.kind ?? 'commitment',
    to: address.value,
    subject: caseFile.subject,
    text: `${input.text.trimEnd()}\n\n${advisors.get(caseFile.ownerId)?.name ?? ''}\n${operator.name}\n`,
    advisorId: caseFile.ownerId,
    customerId: caseFile.customerId,
    caseFileId: caseFile.id,
    interactionId,
    automatic: actor.kind === 'system',
  });
}
