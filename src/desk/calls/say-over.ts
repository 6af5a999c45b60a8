import type { Actor } from '../actor.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { LONGEST_CALL_MS } from '../views/on-the-phone.ts';
import { type CallChanges, type CallRow, lockCall } from './call-row.ts';
import { putOnTimeline } from './timeline.ts';

export type SaidOver = { ok: true } | { ok: false; why: 'not_allowed' | 'not_found' };

/**
 * Who talked says that the call is over though the phone system has told nobody, or (`over` false) that it goes on after
 * all. Its end is now; how long it was stays unknown, so that no figure counts it. Said twice, it changes nothing.
 */
export async function sayOver(
  tx: Tx,
  actor: Actor,
  { callId, over }: { callId: string; over: boolean },
): Promise<SaidOver> {
  if (!can(actor, 'work on case files') || actor.kind !== 'staff' || !actor.advisorId)
    return { ok: false, why: 'not_allowed' };
  const call = await lockCall(tx, callId);
  if (!call?.answeredAt || call.answeredBy !== actor.advisorId) return { ok: false, why: 'not_found' };
  // The phone system has told its end meanwhile: that stands.
  if (over ? call.endedAt : !call.saidOverAt) return { ok: true };
  const at = over ? tx.now : null;
  const changes = { endedAt: at, saidOverAt: at, ...(over ? {} : { wrappedAt: null }) };
  await putOnTimeline(tx, { ...call, ...changes }, { changes });
  const type = over ? 'call.said_over' : 'call.goes_on';
  await tx.record({ type, customerId: call.customerId, advisorId: actor.advisorId, facts: { callId } });
  return { ok: true };
}

/** The call ended then, as the phone system tells: in the place of what its advisor said, and to be written up from then. */
export const toldEnd = ({ saidOverAt }: CallRow, at: Date): CallChanges => ({
  endedAt: at,
  ...(saidOverAt && { saidOverAt: null, wrappedAt: null }),
});

/**
 * Whether an end the phone system tells at this time is news: there was none, or only the advisor's word. A call that
 * Kamailio gives up after its longest time did not end then.
 */
export function endIsNews({ endedAt, saidOverAt, answeredAt }: CallRow, at: Date): boolean {
  if (!endedAt) return true;
  return saidOverAt !== null && answeredAt !== null && at.getTime() - answeredAt.getTime() < LONGEST_CALL_MS;
}
