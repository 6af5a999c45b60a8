import { system } from '../actor.ts';
import { lockCaseFile } from '../casefiles/open.ts';
import { makeCommitment } from '../commitments/make.ts';
import type { Tx } from '../tx.ts';
import type { Roster } from '../views/roster.ts';
import type { OpenCallbackRow } from './callback-row.ts';
import { heardWords } from './callback-words.ts';

/** What a caller was told while a callback was owed to them already. */
interface Heard {
  call: { fromPhone: string };
  advisorId: string;
  before: Date;
  told: boolean;
}

/**
 * Another name, or an earlier time, than that of the callback already owed takes its place: the same callback, owed by
 * whom they heard, on the number they called from. A later time changes nothing, for the earlier one keeps both words.
 * True when something changed, which the caller of this then confirms.
 */
export async function makeTrue(
  tx: Tx,
  roster: Roster,
  known: OpenCallbackRow,
  { call, advisorId, before, told }: Heard,
): Promise<boolean> {
  const { customerId, caseFileId, commitmentId, ownerId } = known;
  if (!told || (ownerId === advisorId && known.dueAt <= before)) return false;
  await lockCaseFile(tx, caseFileId);
  const wanted = { customerId, caseFileId, kind: 'callback' as const, ownerId: advisorId, dueAt: before };
  await makeCommitment(tx, system, { ...wanted, replacesId: commitmentId }, roster);
  const { locale } = await tx.db
    .selectFrom('customer')
    .where('id', '=', customerId)
    .select('locale')
    .executeTakeFirstOrThrow();
  await tx.db
    .updateTable('commitment')
    .set({ withdrawnAt: tx.now, withdrawnWords: heardWords(locale) })
    .where('id', '=', commitmentId)
    .execute();
  await tx.db.updateTable('callback').set({ phone: call.fromPhone }).where('id', '=', known.id).execute();
  const about = { customerId, advisorId: ownerId, caseFileId };
  await tx.record({ type: 'commitment.withdrawn', ...about, facts: { commitmentId } });
  return true;
}
