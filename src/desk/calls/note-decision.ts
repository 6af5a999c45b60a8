import type { CallDecision } from '../../core/routing/decision.ts';
import type { CallRequest } from '../../core/routing/request.ts';
import type { Situation } from '../../core/routing/situation.ts';
import type { Tx } from '../tx.ts';

interface Decided {
  situation: Situation;
  request: CallRequest;
  decision: CallDecision;
}

/**
 * Keeps with the call what was decided for it and from what, once; a second process that decided too changes nothing.
 * `houseStateId`: what everyone did is kept there already.
 */
export async function noteDecision(
  tx: Tx,
  callId: string,
  { situation, request, decision }: Decided,
  houseStateId: string | null = null,
): Promise<void> {
  const own = houseStateId ? { now: situation.now, calendar: situation.calendar } : situation;
  await tx.write(
    tx.db
      .updateTable('call')
      .set({
        policyVersion: decision.policyVersion,
        situation: JSON.stringify(own),
        houseStateId,
        request: JSON.stringify(request),
        decision: JSON.stringify(decision),
      })
      .where('id', '=', callId)
      .where('policyVersion', 'is', null),
  );
}

/** Keeps what everyone did at one moment, for all calls that were decided from it. */
export async function keepHouseState(tx: Tx, id: string, { now, ...state }: Situation): Promise<void> {
  await tx.insert('houseState', { id, at: new Date(now), state: JSON.stringify({ now, ...state }) });
}
