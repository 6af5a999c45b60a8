import type { Actor } from '../actor.ts';
import { keepCommitment } from '../commitments/keep.ts';
import { makeCommitment } from '../commitments/make.ts';
import { openCommitments } from '../commitments/queries.ts';
import type { Tx } from '../tx.ts';
import { lockCaseFile } from './open.ts';

export type Waiting =
  | { ok: true; commitmentId: string }
  | { ok: false; why: 'not_found' | 'closed' | 'no_name' | 'in_the_past' };

/** Waits for a third party (infrastructure operator, technician, supplier); the customer has news by `nextNewsAt` all the same. */
export async function waitForThirdParty(
  tx: Tx,
  actor: Actor,
  input: { caseFileId: string; thirdParty: string; nextNewsAt: Date; words?: string },
): Promise<Waiting> {
  const thirdParty = input.thirdParty.trim();
  if (!thirdParty) return { ok: false, why: 'no_name' };
  if (input.nextNewsAt <= tx.now) return { ok: false, why: 'in_the_past' };
  const caseFile = await lockCaseFile(tx, input.caseFileId);
  if (!caseFile) return { ok: false, why: 'not_found' };
  if (caseFile.closedAt) return { ok: false, why: 'closed' };
  const earlier = await openCommitments(tx.db)
    .where('caseFileId', '=', caseFile.id)
    .where('kind', '=', 'nextNews')
    .select('id')
    .execute();
  const { id } = await makeCommitment(tx, actor, {
    customerId: caseFile.customerId,
    caseFileId: caseFile.id,
    kind: 'nextNews',
    ownerId: caseFile.ownerId,
    dueAt: input.nextNewsAt,
    words: input.words,
  });
  for (const news of earlier) await keepCommitment(tx, actor, { id: news.id });
  await tx.db
    .updateTable('caseFile')
    .set({ thirdParty, thirdPartySince: tx.now })
    .where('id', '=', caseFile.id)
    .execute();
  await tx.record({
    type: 'casefile.third_party',
    customerId: caseFile.customerId,
    advisorId: caseFile.ownerId,
    caseFileId: caseFile.id,
    facts: { nextNewsAt: input.nextNewsAt.toISOString() },
  });
  return { ok: true, commitmentId: id };
}
