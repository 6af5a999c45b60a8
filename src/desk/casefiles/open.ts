import type { Actor } from '../actor.ts';
import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';
import { recordOwner } from './owner.ts';

export interface CaseFileState {
  id: string;
  customerId: string;
  ownerId: string;
  closedAt: Date | null;
}

const MOST_SUBJECT = 200;

/** Opens a case file. Its commitment must follow in the same transaction, or the database refuses both. */
export async function openCaseFile(
  tx: Tx,
  actor: Actor,
  input: {
    customerId: string;
    subject: string;
    ownerId: string;
    lineId: string | null;
    at: Date;
    covering: boolean;
    unansweredSince?: Date;
  },
): Promise<CaseFileState> {
  const id = newId();
  await tx.insert('caseFile', {
    id,
    customerId: input.customerId,
    subject: input.subject.slice(0, MOST_SUBJECT),
    lineId: input.lineId,
    ownerId: input.ownerId,
    openedAt: tx.now,
    lastAt: input.at,
    unansweredSince: input.unansweredSince ?? null,
  });
  await recordOwner(tx, actor, {
    caseFileId: id,
    customerId: input.customerId,
    ownerId: input.ownerId,
    reason: input.covering ? 'absence' : 'own',
  });
  await tx.record({ type: 'casefile.opened', customerId: input.customerId, advisorId: input.ownerId, caseFileId: id });
  return { id, customerId: input.customerId, ownerId: input.ownerId, closedAt: null };
}

/** Opens a closed case file again, with the owner it had. Its commitment must follow in the same transaction. */
export async function reopen(tx: Tx, caseFile: CaseFileState): Promise<void> {
  await tx.db
    .updateTable('caseFile')
    .set({ closedAt: null, closedBy: null, closingWords: null })
    .where('id', '=', caseFile.id)
    .execute();
  await tx.record({
    type: 'casefile.reopened',
    customerId: caseFile.customerId,
    advisorId: caseFile.ownerId,
    caseFileId: caseFile.id,
  });
}

/** The case file with a lock on it, or undefined when there is none. */
export async function lockCaseFile(
  tx: Tx,
  id: string,
): Promise<(CaseFileState & { subject: string; unansweredSince: Date | null }) | undefined> {
  return tx.db
    .selectFrom('caseFile')
    .where('id', '=', id)
    .select(['id', 'customerId', 'ownerId', 'closedAt', 'subject', 'unansweredSince'])
    .forUpdate()
    .executeTakeFirst();
}
