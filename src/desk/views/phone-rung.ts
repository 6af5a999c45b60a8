import type { ExpressionBuilder } from 'kysely';
import type { DB } from '../tables.ts';

/** The advisor whose phone was rung last for a call: theirs rings now, unless the caller waits. */
export function phoneRungLast(eb: ExpressionBuilder<DB, 'call'>) {
  return eb
    .selectFrom('callAttempt')
    .whereRef('callAttempt.callId', '=', 'call.id')
    .select('callAttempt.advisorId')
    .orderBy('callAttempt.rangAt', 'desc')
    .limit(1);
}
