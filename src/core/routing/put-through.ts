import type { Attempt, CallDecision } from './decision.ts';
import type { Policy } from './policy.ts';
import type { Reason } from './reasons.ts';
import { type AdvisorId, type Situation, stateOf } from './situation.ts';

/**
 * The decision for a caller who waited, once `onFree` has named the advisor who takes them: that phone rings first, then
 * whoever else is free by now. No offer any more: they were waiting for exactly this.
 */
export function putThroughTo(
  policy: Policy,
  situation: Situation,
  decided: CallDecision,
  call: { readonly ownId: AdvisorId | null; readonly advisorId: AdvisorId; readonly since: number },
): CallDecision {
  const { ownId, advisorId, since } = call;
  const role = roleOf(situation, ownId, advisorId);
  const first: Attempt = { advisorId, seconds: policy.call.ringSeconds, how: 'ring', role };
  const others = decided.attempts.filter((each) => each.how === 'ring' && each.advisorId !== advisorId);
  const reason: Reason = { code: WHY[role], seconds: Math.round((situation.now - since) / 1000) };
  return { ...decided, offer: null, attempts: [first, ...others], reasons: [reason] };
}

const WHY = {
  own: 'own_caller_waits',
  backup: 'backed_up_caller_waits',
  pod: 'pod_caller_waits',
  anyone: 'caller_waits',
} as const;

function roleOf(situation: Situation, ownId: AdvisorId | null, advisorId: AdvisorId): Attempt['role'] {
  if (ownId === null) return 'anyone';
  if (ownId === advisorId) return 'own';
  const own = stateOf(situation, ownId);
  if (own.backups.includes(advisorId)) return 'backup';
  return own.podId === situation.advisors[advisorId]?.podId ? 'pod' : 'anyone';
}
