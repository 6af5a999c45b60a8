import { addWorkingMinutes, isOpen, nextOpening } from '../calendar/calendar.ts';
import { type CallbackPromise, isBackSoon, promiseAtOpening, promiseByAnyone, promiseCallback } from './callback.ts';
import type { Attempt, CallDecision, Fallback, Offer } from './decision.ts';
import type { Policy } from './policy.ts';
import type { Reason } from './reasons.ts';
import type { CallRequest } from './request.ts';
import { addOthers, countFree, hasFreeBackup, ringListOfAnyone, whyRung } from './ring-list.ts';
import { type AdvisorId, type AdvisorState, awayOf, isAwaited, isFree, type Situation, stateOf } from './situation.ts';
import { writtenOwner } from './written.ts';

/** Whose phone rings, what is offered, what is promised. The rules of an incoming call. */
export function onRing(policy: Policy, situation: Situation, request: CallRequest): CallDecision {
  if (!isOpen(situation.calendar, situation.now)) return whileClosed(policy, situation, request);
  if (policy.people.answer === 'anyone') return ringAnyone(policy, situation, request);
  if (request.ownId === null) return fromSomeoneUnknown(policy, situation, request);
  if (policy.people.answer === 'own_only') return ringOwnOnly(policy, situation, request, request.ownId);
  const own = stateOf(situation, request.ownId);
  if (request.tried.includes(request.ownId)) return withoutOwn(policy, situation, request, request.ownId, 'no_answer');
  if (isFree(own)) return ringOwn(policy, situation, request, request.ownId, own);
  if (mayHold(policy, situation, request, request.ownId, own))
    return holdForOwn(policy, situation, request, request.ownId, own);
  return withoutOwn(policy, situation, request, request.ownId, 'not_free');
}

function ringOwn(
  policy: Policy,
  situation: Situation,
  request: CallRequest,
  ownId: AdvisorId,
  own: AdvisorState,
): CallDecision {
  const reasons: Reason[] = [{ code: own.doing === 'message' ? 'own_on_message' : 'own_free', advisorId: ownId }];
  const attempts: Attempt[] = [{ advisorId: ownId, seconds: policy.call.ringSeconds, how: 'ring', role: 'own' }];
  addOthers(attempts, [], policy, situation, ownId, request.tried, 'fewestCallbacks');
  return answer(policy, situation, request, { offer: null, attempts, reasons });
}

function mayHold(
  policy: Policy,
  situation: Situation,
  request: CallRequest,
  ownId: AdvisorId,
  own: AdvisorState,
): boolean {
  if (own.doing !== 'wrapUp' || own.away !== null || request.declined) return false;
  const left = wrapUpSecondsLeft(policy, situation, own);
  return left >= 0 && left <= policy.call.holdForOwnMostSeconds && !isAwaited(situation, ownId);
}

function wrapUpSecondsLeft(policy: Policy, situation: Situation, own: AdvisorState): number {
  return Math.ceil(policy.call.wrapUpSeconds - (situation.now - own.since) / 1000);
}

function holdForOwn(
  policy: Policy,
  situation: Situation,
  request: CallRequest,
  ownId: AdvisorId,
  own: AdvisorState,
): CallDecision {
  const secondsLeft = wrapUpSecondsLeft(policy, situation, own);
  const reasons: Reason[] = [{ code: 'own_finishing', advisorId: ownId, secondsLeft }];
  const seconds = policy.call.holdForOwnMostSeconds;
  const attempts: Attempt[] = [{ advisorId: ownId, seconds, how: 'hold', role: 'own' }];
  addOthers(attempts, [], policy, situation, ownId, request.tried, 'fewestCallbacks');
  return answer(policy, situation, request, { offer: null, attempts, reasons });
}

/** The own advisor cannot take it: offer a callback where that helps, and ring who is free for whoever stays. */
function withoutOwn(
  policy: Policy,
  situation: Situation,
  request: CallRequest,
  ownId: AdvisorId,
  because: 'no_answer' | 'not_free',
): CallDecision {
  const own = stateOf(situation, ownId);
  const reasons: Reason[] = [
    because === 'no_answer' ? { code: 'own_not_answering', advisorId: ownId } : whyNotOwn(ownId, own),
  ];
  const offers = policy.people.ringBack === 'own_first' || request.ringBack === 'always';
  const wantsCallback = offers && mayPromise(request) && !request.declined;
  const promise = wantsCallback ? usefulPromise(policy, situation, request, ownId, own) : null;
  if (request.declined) reasons.push({ code: 'declined_offer' });
  if (!request.numberOnFile) reasons.push({ code: 'number_not_on_file' });
  if (request.ringBack !== 'ask') {
    reasons.push({ code: request.ringBack === 'always' ? 'always_ring_back' : 'never_ring_back' });
  }
  if (promise) reasons.push(...promise.reasons);
  if (promise && request.ringBack === 'always') return ringBackAtOnce(policy, promise, reasons);
  const attempts: Attempt[] = [];
  const order = awayOf(own) !== null && !request.declined ? 'fixed' : 'fewestCallbacks';
  addOthers(attempts, reasons, policy, situation, ownId, request.tried, order);
  const offer = promise && { advisorId: promise.advisorId, before: promise.before };
  return answer(policy, situation, request, { offer, attempts, reasons, promise });
}

/**
 * No callback where a named backup could simply answer: in another's name than the own advisor's, with the own advisor
 * away for longer than a lunch, or under a policy that promises nothing of today, which leaves only another day. None
 * either where the policy would rather have a free colleague answer.
 */
function usefulPromise(
  policy: Policy,
  situation: Situation,
  request: CallRequest,
  ownId: AdvisorId,
  own: AdvisorState,
): CallbackPromise | null {
  const { mostFreeOthers, mostOpenCallbacks } = policy.offer;
  if (mostFreeOthers < situation.everyone.length && countFree(situation, request.tried) > mostFreeOthers) return null;
  const backupFree = hasFreeBackup(situation, own, request.tried);
  if (backupFree && mostOpenCallbacks === 0) return null;
  if (backupFree && awayOf(own) !== null && !isBackSoon(policy, situation, own)) return null;
  const promise = promiseCallback(policy, situation, ownId);
  return backupFree && promise.advisorId !== ownId ? null : promise;
}

function whyNotOwn(ownId: AdvisorId, own: AdvisorState): Reason {
  const away = awayOf(own);
  if (away) return { code: 'own_away', advisorId: ownId, why: away.why, backAt: away.backAt };
  if (own.doing === 'ringing') return { code: 'own_ringing', advisorId: ownId };
  return { code: own.doing === 'wrapUp' ? 'own_wrapping_up' : 'own_on_call', advisorId: ownId, since: own.since };
}

function ringBackAtOnce(policy: Policy, promise: CallbackPromise, reasons: readonly Reason[]): CallDecision {
  return {
    channel: 'call',
    policyVersion: policy.version,
    offer: null,
    attempts: [],
    waitSeconds: 0,
    fallback: { kind: 'promise', ownerId: promise.advisorId, dueAt: promise.before },
    reasons,
  };
}

function fromSomeoneUnknown(policy: Policy, situation: Situation, request: CallRequest): CallDecision {
  const reasons: Reason[] = [{ code: 'caller_unknown' }];
  const attempts: Attempt[] = [];
  addOthers(attempts, reasons, policy, situation, null, request.tried, 'fixed');
  return answer(policy, situation, request, { offer: null, attempts, reasons });
}

/** A hotline: whoever has gone longest without a call; with nobody free, perhaps the offer of a callback by anyone. */
function ringAnyone(policy: Policy, situation: Situation, request: CallRequest): CallDecision {
  const attempts = ringListOfAnyone(policy, situation, request.tried);
  const reasons: Reason[] = [whyRung(attempts[0])];
  const mayOffer = policy.people.ringBack === 'anyone' && request.ringBack === 'ask' && mayPromise(request);
  const promise = mayOffer && attempts.length === 0 && !request.declined ? promiseByAnyone(policy, situation) : null;
  if (promise) reasons.push(...promise.reasons);
  const offer = promise && { advisorId: promise.advisorId, before: promise.before };
  return answer(policy, situation, request, { offer, attempts, reasons, promise });
}

/** Queues of one: nobody but the own advisor, however long it takes. */
function ringOwnOnly(policy: Policy, situation: Situation, request: CallRequest, ownId: AdvisorId): CallDecision {
  const own = stateOf(situation, ownId);
  const free = isFree(own) && !request.tried.includes(ownId);
  const reasons: Reason[] = [free ? { code: 'own_free', advisorId: ownId } : whyNotOwn(ownId, own)];
  const attempts: Attempt[] = free
    ? [{ advisorId: ownId, seconds: policy.call.ringSeconds, how: 'ring', role: 'own' }]
    : [];
  return answer(policy, situation, request, { offer: null, attempts, reasons });
}

function whileClosed(policy: Policy, situation: Situation, request: CallRequest): CallDecision {
  const reasons: Reason[] = [{ code: 'closed', opensAt: nextOpening(situation.calendar, situation.now) }];
  const promise =
    request.ownId !== null && mayPromise(request) ? promiseAtOpening(policy, situation, request.ownId) : null;
  if (promise) return ringBackAtOnce(policy, promise, [...reasons, ...promise.reasons]);
  const decision = answer(policy, situation, request, { offer: null, attempts: [], reasons });
  const { ownerId, dueAt } = decision.fallback;
  return {
    ...decision,
    waitSeconds: 0,
    reasons: [...reasons, { code: 'voicemail_to', advisorId: ownerId, before: dueAt }],
  };
}

function mayPromise(request: CallRequest): boolean {
  return request.ownId !== null && request.numberOnFile && request.ringBack !== 'never';
}

interface Answer {
  readonly offer: Offer | null;
  readonly attempts: readonly Attempt[];
  readonly reasons: readonly Reason[];
  readonly promise?: CallbackPromise | null;
}

function answer(policy: Policy, situation: Situation, request: CallRequest, found: Answer): CallDecision {
  return {
    channel: 'call',
    policyVersion: policy.version,
    offer: found.offer,
    attempts: found.attempts,
    waitSeconds: someoneMayBecomeFree(policy, situation, request) ? policy.call.waitMostSeconds : 0,
    fallback: fallbackOf(policy, situation, request, found.promise ?? null),
    reasons: found.reasons,
  };
}

/** Nobody waits for those who have gone, or whose phone has rung for this call in vain. */
function someoneMayBecomeFree(policy: Policy, situation: Situation, request: CallRequest): boolean {
  if (policy.people.answer === 'own_only') return true;
  return situation.everyone.some((advisorId) => {
    const state = situation.advisors[advisorId];
    return state !== undefined && awayOf(state) === null && !request.tried.includes(advisorId);
  });
}

/** Someone and a time, always: a callback for who can be rung back, else a message that is answered by then. */
function fallbackOf(
  policy: Policy,
  situation: Situation,
  request: CallRequest,
  known: CallbackPromise | null,
): Fallback {
  if (request.ownId !== null && mayPromise(request)) {
    const promise = known ?? promiseCallback(policy, situation, request.ownId);
    return { kind: 'promise', ownerId: promise.advisorId, dueAt: promise.before };
  }
  const dueAt = addWorkingMinutes(situation.calendar, situation.now, policy.written.trayWithinMinutes);
  const ownerId = request.ownId === null ? situation.leadId : writtenOwner(situation, request.ownId, dueAt).advisorId;
  return { kind: 'voicemail', ownerId, dueAt };
}
