import type { Tx } from '../tx.ts';

/** An advisor steps away from the phone for a while: no call rings there until they are back. */
export async function pauseCalls(tx: Tx, advisorId: string): Promise<void> {
  await tx.db
    .insertInto('advisorPause')
    .values({ advisorId, since: tx.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await tx.record({ type: 'presence.paused', advisorId });
}

/** Back at the phone. What was being written up counts as written up. */
export async function takeCalls(tx: Tx, advisorId: string): Promise<void> {
  await tx.db.deleteFrom('advisorPause').where('advisorId', '=', advisorId).execute();
  await tx.record({ type: 'presence.back', advisorId });
}
