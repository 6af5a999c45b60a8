import type { Tx } from '../tx.ts';

/** The advisor has written up their last call: the next one may ring. */
export async function endWrapUp(tx: Tx, advisorId: string): Promise<void> {
  await tx.db
    .updateTable('call')
    .set({ wrappedAt: tx.now })
    .where('answeredBy', '=', advisorId)
    .where('endedAt', 'is not', null)
    .where('wrappedAt', 'is', null)
    .where('endedAt', '>', new Date(tx.now.getTime() - LONGEST_WRAP_UP_MS))
    .execute();
  await tx.record({ type: 'presence.back', advisorId });
}

const LONGEST_WRAP_UP_MS = 3_600_000;

const FREE_WITHIN_MS = 60_000;

/** Who talks will be free within a minute: a caller of theirs may be held that long. */
export async function sayFinishing(tx: Tx, advisorId: string): Promise<void> {
  await tx.db
    .updateTable('call')
    .set({ finishingAt: new Date(tx.now.getTime() + FREE_WITHIN_MS) })
    .where('answeredBy', '=', advisorId)
    .where('endedAt', 'is', null)
    .execute();
  await tx.record({ type: 'presence.finishing', advisorId });
}
