import type { Transact } from '../tx.ts';
import { followCall } from './follow.ts';

/** No phone system keeps a caller waiting longer than this before somebody answers. */
const SILENT_MS = 10 * 60_000;
const AT_ONCE = 50;

/**
 * A call of which nothing more was heard (an event was lost, the phone system was restarted) counts as missed: its caller
 * is owed an answer. Should the answer be reported later after all, it stands above this. Returns how many.
 */
export async function finishSilentCalls(transact: Transact): Promise<number> {
  const ids = await transact(async (tx) => {
    const rows = await tx.db
      .selectFrom('call')
      .where('invitedAt', '<', new Date(tx.now.getTime() - SILENT_MS))
      .where('answeredAt', 'is', null)
      .where('missedAt', 'is', null)
      .where('direction', '=', 'in')
      .select('id')
      .orderBy('invitedAt')
      .limit(AT_ONCE)
      .execute();
    return rows.map(({ id }) => id);
  });
  for (const callId of ids) await transact((tx) => followCall(tx, { callId, kind: 'missed', at: tx.now, attempt: -1 }));
  return ids.length;
}
