import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';

export type OwnershipReason = 'own' | 'absence' | 'return' | 'handover' | 'escalation' | 'departure';

export interface NewOwner {
  caseFileId: string;
  customerId: string;
  ownerId: string;
  reason: OwnershipReason;
  absenceId?: string;
  /** The written passing-on, for a handover. */
  summary?: string;
}

/** Makes an advisor the owner of a case file and of its open commitments, and keeps who it was and why. */
export async function passTo(tx: Tx, actor: Actor, input: NewOwner): Promise<void> {
  await tx.db.updateTable('caseFile').set({ ownerId: input.ownerId }).where('id', '=', input.caseFileId).execute();
  await tx.db
    .updateTable('commitment')
    .set({ ownerId: input.ownerId })
    .where('caseFileId', '=', input.caseFileId)
    .where('keptAt', 'is', null)
    .where('brokenAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .execute();
  await recordOwner(tx, actor, input);
}

/** Writes one line of who owns a case file from now on. */
export async function recordOwner(tx: Tx, actor: Actor, input: NewOwner): Promise<void> {
  await tx.insert('ownership', {
    id: newId(),
    customerId: input.customerId,
    caseFileId: input.caseFileId,
    ownerId: input.ownerId,
    at: tx.now,
    reason: input.reason,
    absenceId: input.absenceId ?? null,
    byStaff: staffIdOf(actor),
    summary: input.summary ?? null,
  });
  await tx.record({
    type: 'casefile.owner',
    customerId: input.customerId,
    advisorId: input.ownerId,
    caseFileId: input.caseFileId,
    facts: { reason: input.reason },
  });
}
