import type { Locale } from '../../core/text/typeset.ts';
import { system } from '../actor.ts';
import { closeCaseFile } from '../casefiles/close.ts';
import { lockCaseFile } from '../casefiles/open.ts';
import { keepCommitment } from '../commitments/keep.ts';
import { promiseNews } from '../commitments/keep-answers.ts';
import { openCommitments } from '../commitments/queries.ts';
import type { Tx } from '../tx.ts';
import type { CallRow } from './call-row.ts';
import { spokeWords, triedWords } from './call-words.ts';
import { filesOfCallsOnly, type OnTimeline } from './timeline.ts';

/**
 * They have talked: the callback this was is kept, and so are the callbacks the one who talked owed this customer.
 * Matters that were missed calls and nothing else are closed, unless a colleague still owes a callback there.
 */
export async function settleTalk(tx: Tx, talk: CallRow, at: OnTimeline): Promise<void> {
  const { customerId } = at;
  const ofCalls = new Set((await filesOfCallsOnly(tx, customerId)).map(({ id }) => id));
  if (at.opened) ofCalls.add(at.caseFileId);
  const callbacks = await openCommitments(tx.db)
    .where('customerId', '=', customerId)
    .where('kind', '=', 'callback')
    .select(['id', 'caseFileId', 'ownerId'])
    .orderBy('caseFileId')
    .execute();
  for (const callback of callbacks) {
    if (callback.ownerId === talk.answeredBy || callback.id === talk.commitmentId)
      await keepCallback(tx, talk, { ...callback, customerId }, ofCalls.has(callback.caseFileId));
    else ofCalls.delete(callback.caseFileId);
  }
  const words = spokeWords(await localeOf(tx, customerId));
  for (const caseFileId of ofCalls) await closeCaseFile(tx, system, { caseFileId, words, tell: false });
}

/** A call of ours that nobody answered, and that nobody was promised, leaves a closed matter: nothing is owed. */
export async function settleTry(tx: Tx, { customerId, caseFileId, opened }: OnTimeline): Promise<void> {
  if (!opened) return;
  const words = triedWords(await localeOf(tx, customerId));
  await closeCaseFile(tx, system, { caseFileId, words, tell: false });
}

async function localeOf(tx: Tx, customerId: string): Promise<Locale> {
  const { locale } = await tx.db
    .selectFrom('customer')
    .where('id', '=', customerId)
    .select('locale')
    .executeTakeFirstOrThrow();
  return locale;
}

/** Its matter is closed right after (`closes`), has another date, or is given one: it never stands without. */
async function keepCallback(
  tx: Tx,
  talk: CallRow,
  callback: { id: string; caseFileId: string; customerId: string; ownerId: string },
  closes: boolean,
): Promise<void> {
  const { id, caseFileId, customerId, ownerId } = callback;
  await lockCaseFile(tx, caseFileId);
  const other = await openCommitments(tx.db)
    .where('caseFileId', '=', caseFileId)
    .where('id', '!=', id)
    .select('id')
    .limit(1)
    .executeTakeFirst();
  if (!other && !closes) await promiseNews(tx, system, { id: caseFileId, customerId }, ownerId);
  await keepCommitment(tx, system, { id, advisorId: talk.answeredBy });
}
