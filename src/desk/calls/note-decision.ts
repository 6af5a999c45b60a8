import type { Calendar } from '../../core/calendar/calendar.ts';
import type { CallDecision } from '../../core/routing/decision.ts';
import type { CallRequest } from '../../core/routing/request.ts';
import type { Situation } from '../../core/routing/situation.ts';
import type { Tx } from '../tx.ts';

/** What was decided for a call, and from what. */
export interface DecidedCall {
  /** The whole of it, or what differs from the state of the house that is named. */
  situation: Situation | { now: number; calendar?: Calendar; waiting?: Situation['waiting'] };
  houseStateId?: string | null;
  request: CallRequest;
  decision: CallDecision;
}

/** As columns of the call. */
export function decisionColumns({ situation, houseStateId, request, decision }: DecidedCall) {
  return {
    policyVersion: decision.policyVersion,
    situation: JSON.stringify(situation),
    houseStateId: houseStateId ?? null,
    request: JSON.stringify(request),
    decision: JSON.stringify(decision),
  };
}

/** Keeps with a call that is known already what was decided for it, once; a second process that decided too changes nothing. */
export async function noteDecision(tx: Tx, callId: string, decided: DecidedCall): Promise<void> {
  await tx.write(
    tx.db.updateTable('call').set(decisionColumns(decided)).where('id', '=', callId).where('policyVersion', 'is', null),
  );
}

/** Keeps what was decided when Kamailio asked again about the call: once for each question. */
export async function noteDecidedAgain(
  tx: Tx,
  { callId, ask, at }: { callId: string; ask: number; at: Date },
  decided: DecidedCall,
): Promise<void> {
  await tx.db
    .insertInto('callAgain')
    .values({ callId, ask, at, ...decisionColumns(decided) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Keeps what everyone did at one moment, for all calls that were decided from it. */
export async function keepHouseState(tx: Tx, state: { id: string; at: Date; packed: Buffer }): Promise<void> {
  await tx.insert('houseState', state);
}
