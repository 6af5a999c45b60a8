import { type Actor, staffIdOf } from '../actor.ts';
import { lockCaseFile } from '../casefiles/open.ts';
import { tellCustomer } from '../outbox/tell-customer.ts';
import type { Tx } from '../tx.ts';
import { makeCommitment } from './make.ts';
import { openCommitments } from './queries.ts';

export type Withdrawn = { ok: true } | { ok: false; why: 'not_open' | 'no_words' | 'last_one' };

/**
 * Takes a commitment back with words that the customer reads. The last open one of an open case file needs another in
 * its place (`instead`), since nobody is ever left without a date.
 */
export async function withdrawCommitment(
  tx: Tx,
  actor: Actor,
  input: {
    id: string;
    words: string;
    instead?: { kind: 'answer' | 'callback' | 'nextNews' | 'visit'; dueAt: Date; words?: string };
  },
): Promise<Withdrawn> {
  const words = input.words.trim();
  if (!words) return { ok: false, why: 'no_words' };
  const found = await lockOpen(tx, input.id);
  if (!found) return { ok: false, why: 'not_open' };
  if (input.instead) await makeCommitment(tx, actor, { ...found, ...input.instead, replacesId: input.id });
  else if (!(await anotherOpen(tx, found.caseFileId, input.id))) return { ok: false, why: 'last_one' };
  await tx.db
    .updateTable('commitment')
    .set({ withdrawnAt: tx.now, withdrawnBy: staffIdOf(actor), withdrawnWords: words })
    .where('id', '=', input.id)
    .execute();
  await tellCustomer(tx, actor, { caseFileId: found.caseFileId, text: words });
  await tx.record({
    type: 'commitment.withdrawn',
    customerId: found.customerId,
    advisorId: found.ownerId,
    caseFileId: found.caseFileId,
    facts: { commitmentId: input.id },
  });
  return { ok: true };
}

/** The case file first, as everybody who works on one does. */
async function lockOpen(tx: Tx, id: string) {
  const its = openCommitments(tx.db).where('id', '=', id).select(['customerId', 'caseFileId', 'ownerId']);
  const known = await its.executeTakeFirst();
  if (!known) return undefined;
  await lockCaseFile(tx, known.caseFileId);
  return its.forUpdate().executeTakeFirst();
}

async function anotherOpen(tx: Tx, caseFileId: string, id: string): Promise<boolean> {
  const other = await openCommitments(tx.db)
    .where('caseFileId', '=', caseFileId)
    .where('id', '!=', id)
    .select('id')
    .executeTakeFirst();
  return other !== undefined;
}
