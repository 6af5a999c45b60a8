import type { CallDecision, Decision, WrittenDecision } from './decision.ts';
import { onRing } from './on-ring.ts';
import type { Policy } from './policy.ts';
import type { CallRequest, RoutingRequest, WrittenRequest } from './request.ts';
import type { Situation } from './situation.ts';
import { onWritten } from './written.ts';

/**
 * The one function that says who answers: for a call the phones to ring, the offer and the fallback; for anything
 * written the owner and the due time. Pure: the same facts give the same decision, live and in the simulator.
 */
export function decide(policy: Policy, situation: Situation, request: CallRequest): CallDecision;
export function decide(policy: Policy, situation: Situation, request: WrittenRequest): WrittenDecision;
export function decide(policy: Policy, situation: Situation, request: RoutingRequest): Decision;
export function decide(policy: Policy, situation: Situation, request: RoutingRequest): Decision {
  return request.channel === 'call' ? onRing(policy, situation, request) : onWritten(policy, situation, request);
}
