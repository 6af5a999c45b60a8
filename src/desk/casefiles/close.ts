import { typeset } from '../../core/text/typeset.ts';
import { type Actor, staffIdOf } from '../actor.ts';
import { keepCommitment } from '../commitments/keep.ts';
import { makeCommitment } from '../commitments/make.ts';
import { openCommitments } from '../commitments/queries.ts';
import { tellCustomer } from '../outbox/tell-customer.ts';
import type { Tx } from '../tx.ts';
import { type CaseFileState, lockCaseFile, reopen } from './open.ts';

export type Closed = { ok: true; keptIds: string[] } | { ok: false; why: 'not_found' | 'closed' | 'no_words' };

/**
 * Closes a case file with words that say what was done: the customer reads them on their page, and by mail with `tell`.
 * What was still promised counts as kept now.
 */
export async function closeCaseFile(
  tx: Tx,
  actor: Actor,
  input: { caseFileId: string; words: string; tell: boolean },
): Promise<Closed> {
  const words = input.words.trim();
  if (!words) return { ok: false, why: 'no_words' };
  const caseFile = await lockCaseFile(tx, input.caseFileId);
  if (!caseFile) return { ok: false, why: 'not_found' };
  if (caseFile.closedAt) return { ok: false, why: 'closed' };
  if (input.tell) await tellDone(tx, actor, caseFile, words);
  await tx.db
    .updateTable('caseFile')
    .set({
      closedAt: tx.now,
      closedBy: staffIdOf(actor),
      closingWords: words,
      unansweredSince: null,
      thirdParty: null,
      thirdPartySince: null,
      lastAt: tx.now,
    })
    .where('id', '=', caseFile.id)
    .execute();
  const open = await openCommitments(tx.db).where('caseFileId', '=', caseFile.id).select('id').execute();
  for (const commitment of open) await keepCommitment(tx, actor, { id: commitment.id });
  await tx.record({
    type: 'casefile.closed',
    customerId: caseFile.customerId,
    advisorId: caseFile.ownerId,
    caseFileId: caseFile.id,
  });
  return { ok: true, keptIds: open.map((commitment) => commitment.id) };
}

/** The advisor's words, and how to say that it is not settled after all. */
async function tellDone(tx: Tx, actor: Actor, { id, customerId }: CaseFileState, words: string): Promise<void> {
  const { locale } = await tx.db
    .selectFrom('customer')
    .where('id', '=', customerId)
    .select('locale')
    .executeTakeFirstOrThrow();
  const ifNot =
    locale === 'fr'
      ? 'Si ce n’est pas réglé, répondez à ce message : je reprends votre demande.'
      : 'If it is not settled, reply to this message: I will take it up again.';
  await tellCustomer(tx, actor, { caseFileId: id, text: `${words}\n\n${typeset(ifNot, locale)}` });
}

export type Reopened = { ok: true } | { ok: false; why: 'not_found' | 'open' };

/** Opens a closed case file again, with a commitment to answer by the given time. */
export async function reopenCaseFile(
  tx: Tx,
  actor: Actor,
  input: { caseFileId: string; dueAt: Date },
): Promise<Reopened> {
  const caseFile = await lockCaseFile(tx, input.caseFileId);
  if (!caseFile) return { ok: false, why: 'not_found' };
  if (!caseFile.closedAt) return { ok: false, why: 'open' };
  await reopen(tx, caseFile);
  await makeCommitment(tx, actor, {
    customerId: caseFile.customerId,
    caseFileId: caseFile.id,
    kind: 'answer',
    ownerId: caseFile.ownerId,
    dueAt: input.dueAt,
  });
  return { ok: true };
}
