import type { CallDecision } from '../../core/routing/decision.ts';
import type { Tx } from '../tx.ts';
import type { CallRow } from './call-row.ts';

/** What was decided for a call the last time; null where nothing was, as for one that followed a held list. */
export async function lastDecision(tx: Tx, call: CallRow): Promise<CallDecision | null> {
  const again = await tx.db
    .selectFrom('callAgain')
    .where('callId', '=', call.id)
    .select('decision')
    .orderBy('ask', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (again?.decision ?? call.decision) as CallDecision | null;
}
