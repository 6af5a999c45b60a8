import { remindAt } from '../../core/commitments/due.ts';
import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';
import { type Roster, readRoster } from '../views/roster.ts';

export type CommitmentKind = 'answer' | 'callback' | 'nextNews' | 'visit';

export interface NewCommitment {
  customerId: string;
  caseFileId: string;
  kind: CommitmentKind;
  ownerId: string;
  dueAt: Date;
  words?: string;
  escalation?: 0 | 1 | 2;
  replacesId?: string;
}

/** Commits an advisor to something by a time, with a reminder once most of the working time has passed. */
export async function makeCommitment(
  tx: Tx,
  actor: Actor,
  input: NewCommitment,
  known?: Roster,
): Promise<{ id: string; dueAt: Date }> {
  const roster = known ?? (await readRoster(tx.db, tx.now));
  const owner = roster.advisors.get(input.ownerId);
  if (!owner) throw new Error(`advisor ${input.ownerId} is not on the roster`);
  const id = newId();
  const reminder = remindAt(owner.calendar, tx.now.getTime(), input.dueAt.getTime(), roster.policy.commitments);
  await tx.insert('commitment', {
    id,
    customerId: input.customerId,
    caseFileId: input.caseFileId,
    kind: input.kind,
    ownerId: input.ownerId,
    words: input.words ?? '',
    madeAt: tx.now,
    madeBy: staffIdOf(actor),
    dueAt: input.dueAt,
    remindAt: new Date(reminder),
    escalation: input.escalation ?? 0,
    replacesId: input.replacesId ?? null,
  });
  await tx.record({
    type: 'commitment.made',
    customerId: input.customerId,
    advisorId: input.ownerId,
    caseFileId: input.caseFileId,
    facts: { commitmentId: id, kind: input.kind, dueAt: input.dueAt.toISOString(), escalation: input.escalation ?? 0 },
  });
  return { id, dueAt: input.dueAt };
}
