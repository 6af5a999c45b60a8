import type { CallDecision } from '../../core/routing/decision.ts';
import type { Tx } from '../tx.ts';
import { type CallRow, changeCall, lockCall } from './call-row.ts';
import { followMissed } from './follow.ts';
import { lastDecision } from './last-decision.ts';
import { acceptIfOffered } from './offer.ts';
import { promiseCallback } from './promise-callback.ts';

export interface CallOver {
  callId: string;
  at: Date;
  /** The caller hung up; false: nobody answered to the end. */
  hungUp: boolean;
  /** How much of what was being said was heard, if anything was. */
  playedMs: number | null;
  /** What the caller was told at the end, by the announcer or the voicemail: a callback, or an answer to a message. */
  told?: { kind: 'promise' | 'voicemail' | 'message'; advisorId: string; before: Date } | undefined;
  /** False: it was to be said at the end, and the caller did not hear it. It is owed all the same. */
  heard?: boolean;
}

/**
 * A call ends without an answer. Who hung up on an offer took it; who was promised a callback by the decision is owed
 * it; anyone else's missed call is owed an answer. Told twice, or after the call was answered, it changes nothing.
 * `locked`: the call as `lockCall` has just read it.
 */
export async function missCall(
  tx: Tx,
  { callId, at, hungUp, playedMs, told, heard = true }: CallOver,
  locked?: CallRow,
): Promise<void> {
  const call = locked ?? (await lockCall(tx, callId));
  if (!call || call.answeredAt) return;
  const taken = hungUp ? await acceptIfOffered(tx, callId, at, playedMs) : null;
  const hangsUp = hungUp && !call.cancelledAt ? { cancelledAt: at } : {};
  if (call.missedAt) return changeCall(tx, callId, hangsUp);
  const owed = taken ?? (told?.kind === 'message' ? null : (told ?? promisedBy(await lastDecision(tx, call))));
  const { fromPhone, customerId } = call;
  if (!owed || !fromPhone || !customerId) return followMissed(tx, call, { at, answerBefore: told?.before }, hangsUp);
  await tx.record({
    type: 'call.missed',
    customerId,
    advisorId: owed.advisorId,
    facts: { callId, accepted: taken !== null },
  });
  await promiseCallback(tx, {
    advisorId: owed.advisorId,
    before: owed.before,
    call: { ...call, missedAt: at, fromPhone, customerId },
    changes: { ...hangsUp, missedAt: at },
    accepted: taken !== null,
    playedMs: taken ? taken.playedMs : null,
    told: taken !== null || (told !== undefined && heard),
  });
}

/** What the decision promised in case nobody answers. */
function promisedBy(decision: CallDecision | null): { advisorId: string; before: Date } | null {
  if (decision?.fallback.kind !== 'promise') return null;
  return { advisorId: decision.fallback.ownerId, before: new Date(decision.fallback.dueAt) };
}
