import type { Tx } from '../tx.ts';

/** An advisor's phone stopped ringing: answered, given up, or the caller is gone. Told twice, the first stands. */
export async function noteStopped(
  tx: Tx,
  { callId, advisorId, at }: { callId: string; advisorId: string; at: Date },
): Promise<void> {
  await tx.db
    .updateTable('callAttempt')
    .set({ stoppedAt: at })
    .where('callId', '=', callId)
    .where('advisorId', '=', advisorId)
    .where('stoppedAt', 'is', null)
    .where('rangAt', '<=', at)
    .execute();
}
