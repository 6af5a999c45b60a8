import { type Actor, staffIdOf } from '../actor.ts';
import type { Tx } from '../tx.ts';

/** Marks a commitment as kept. False when it is no longer open. */
export async function keepCommitment(
  tx: Tx,
  actor: Actor,
  input: { id: string; advisorId?: string | null },
): Promise<boolean> {
  const kept = await tx.db
    .updateTable('commitment')
    .set({ keptAt: tx.now, keptBy: staffIdOf(actor) })
    .where('id', '=', input.id)
    .where('keptAt', 'is', null)
    .where('brokenAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .returning(['customerId', 'caseFileId', 'ownerId', 'kind', 'dueAt', 'madeAt'])
    .executeTakeFirst();
  if (!kept) return false;
  await tx.record({
    type: 'commitment.kept',
    customerId: kept.customerId,
    advisorId: input.advisorId ?? kept.ownerId,
    caseFileId: kept.caseFileId,
    facts: { commitmentId: input.id, kind: kept.kind, inTime: tx.now <= kept.dueAt, madeAt: kept.madeAt.toISOString() },
  });
  return true;
}
