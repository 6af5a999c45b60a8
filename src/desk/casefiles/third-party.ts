import type { Actor } from '../actor.ts';
import { keepCommitment } from '../commitments/keep.ts';
import { makeCommitment } from '../commitments/make.ts';
import { openCommitments } from '../commitments/queries.ts';
import { tellCustomer } from '../outbox/tell-customer.ts';
import type { Tx } from '../tx.ts';
import { type CaseFileState, lockCaseFile } from './open.ts';

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
  const id = await promiseNews(tx, actor, caseFile, { dueAt: input.nextNewsAt, words: input.words });
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

export type Ended =
  | { ok: true }
  | { ok: false; why: 'not_found' | 'closed' | 'not_waiting' | 'no_words' | 'in_the_past' };

/**
 * The third party has done, or said, something: the customer is told in the advisor's words, the news that was promised
 * is kept, and what comes next has a date of its own. From then on the matter waits for nobody outside.
 */
export async function tellNews(
  tx: Tx,
  actor: Actor,
  input: { caseFileId: string; words: string; nextNewsAt: Date },
): Promise<Ended> {
  const words = input.words.trim();
  if (!words) return { ok: false, why: 'no_words' };
  if (input.nextNewsAt <= tx.now) return { ok: false, why: 'in_the_past' };
  const caseFile = await lockCaseFile(tx, input.caseFileId);
  if (!caseFile) return { ok: false, why: 'not_found' };
  if (caseFile.closedAt) return { ok: false, why: 'closed' };
  const ended = await tx.db
    .updateTable('caseFile')
    .set({ thirdParty: null, thirdPartySince: null, lastAt: tx.now })
    .where('id', '=', caseFile.id)
    .where('thirdParty', 'is not', null)
    .executeTakeFirst();
  if (ended.numUpdatedRows === 0n) return { ok: false, why: 'not_waiting' };
  await tellCustomer(tx, actor, { caseFileId: caseFile.id, text: words });
  await promiseNews(tx, actor, caseFile, { dueAt: input.nextNewsAt });
  await tx.record({
    type: 'casefile.third_party_done',
    customerId: caseFile.customerId,
    advisorId: caseFile.ownerId,
    caseFileId: caseFile.id,
    facts: { nextNewsAt: input.nextNewsAt.toISOString() },
  });
  return { ok: true };
}

/** Promises the next news; what was promised as news before is kept by this. Returns the id. */
async function promiseNews(
  tx: Tx,
  actor: Actor,
  { id: caseFileId, customerId, ownerId }: CaseFileState,
  news: { dueAt: Date; words?: string },
): Promise<string> {
  const earlier = await openCommitments(tx.db)
    .where('caseFileId', '=', caseFileId)
    .where('kind', '=', 'nextNews')
    .select('id')
    .execute();
  const { id } = await makeCommitment(tx, actor, { customerId, caseFileId, kind: 'nextNews', ownerId, ...news });
  for (const kept of earlier) await keepCommitment(tx, actor, { id: kept.id });
  return id;
}
