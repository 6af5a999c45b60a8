import type { Actor } from '../actor.ts';
import type { CaseFileState } from '../casefiles/open.ts';
import { commitmentShown } from '../commitments/queries.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import type { Incoming, Received } from './incoming.ts';
import { writeInteraction } from './write-interaction.ts';

/**
 * Puts an automatic answer (an out-of-office note) on the timeline of the conversation it answers and changes nothing
 * else: it opens nothing again, nobody owes it an answer, and it gets no acknowledgement.
 */
export async function addQuietly(
  tx: Tx,
  actor: Actor,
  conversation: CaseFileState,
  incoming: Incoming,
): Promise<Received> {
  const { id: caseFileId, customerId, ownerId } = conversation;
  const id = await writeInteraction(tx, actor, conversation, incoming);
  const facts = { interactionId: id, channel: incoming.channel, automatic: true };
  await tx.record({ type: 'interaction.received', customerId, advisorId: ownerId, caseFileId, facts });
  const roster = await readRoster(tx.db, tx.now);
  const advisor = { id: ownerId, name: roster.advisors.get(ownerId)?.name ?? '' };
  const commitment = await commitmentShown(tx.db, caseFileId);
  return { kind: 'interaction', id, caseFileId, customerId, advisor, commitment, duplicate: false };
}
