import type { CallDecision } from '../../core/routing/decision.ts';
import type { Situation } from '../../core/routing/situation.ts';
import type { Tx } from '../tx.ts';

/** Keeps with the call what was decided for it and from what, once; a second process that decided too changes nothing. */
export async function noteDecision(
  tx: Tx,
  callId: string,
  { situation, decision }: { situation: Situation; decision: CallDecision },
): Promise<void> {
  await tx.write(
    tx.db
      .updateTable('call')
      .set({
        policyVersion: decision.policyVersion,
        situation: JSON.stringify(situation),
        decision: JSON.stringify(decision),
      })
      .where('id', '=', callId)
      .where('policyVersion', 'is', null),
  );
}
