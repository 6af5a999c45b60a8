import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';
import type { Incoming } from './incoming.ts';

/** Writes what a customer said, with its attachments, on their timeline. Returns its id. */
export async function writeInteraction(
  tx: Tx,
  actor: Actor,
  caseFile: { id: string; customerId: string },
  incoming: Incoming,
): Promise<string> {
  const id = newId();
  await tx.insert('interaction', {
    id,
    customerId: caseFile.customerId,
    caseFileId: caseFile.id,
    channel: incoming.channel,
    direction: 'in',
    at: incoming.at,
    byStaff: staffIdOf(actor),
    party: incoming.from.mail ?? incoming.from.phone ?? incoming.from.name ?? '',
    subject: incoming.subject ?? '',
    text: incoming.text,
    html: incoming.html ?? null,
    messageId: incoming.messageId ?? null,
    contentHash: incoming.contentHash ?? null,
    caution: incoming.caution ?? null,
  });
  const attachments = incoming.attachments ?? [];
  if (attachments.length > 0)
    await tx.write(
      tx.db.insertInto('attachment').values(
        attachments.map((each, position) => ({
          id: newId(),
          customerId: caseFile.customerId,
          interactionId: id,
          position,
          filename: each.filename,
          contentType: each.contentType,
          contentId: each.contentId ?? null,
          sha256: each.sha256,
        })),
      ),
    );
  return id;
}
