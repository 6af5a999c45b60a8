import {
  addWorkingMinutes,
  type Calendar,
  closingOf,
  daysBetween,
  nextOpening,
  openingOfNextDay,
} from '../calendar/calendar.ts';
import type { Policy } from './policy.ts';
import type { Reason } from './reasons.ts';
import { type AdvisorId, type AdvisorState, awayOf, type Situation, stateOf } from './situation.ts';

const MINUTE = 60_000;

/** Who calls back before when, and why it is them. */
export interface CallbackPromise {
  readonly advisorId: AdvisorId;
  readonly before: number;
  /** The last one names the promise, those before say why it is not the own advisor's today. */
  readonly reasons: readonly Reason[];
}

/**
 * The callback we can promise during opening hours: the own advisor today, else when they are back if that is soon,
 * else the first backup with room today, else the own advisor on return within days, else on another day.
 */
export function promiseCallback(policy: Policy, situation: Situation, ownId: AdvisorId): CallbackPromise {
  const reasons: Reason[] = [];
  return (
    ownToday(policy, situation, ownId, reasons) ??
    ownBack(policy, situation, ownId, reasons, policy.offer.ownBackSoonMinutes) ??
    backupToday(policy, situation, ownId, reasons) ??
    ownBack(policy, situation, ownId, reasons, Number.POSITIVE_INFINITY) ??
    anotherDay(policy, situation, ownId, reasons)
  );
}

/** Whether someone away is back so soon, from lunch, that their own callback is worth more than a backup's. */
export function isBackSoon(policy: Policy, situation: Situation, state: AdvisorState): boolean {
  const backAt = awayOf(state)?.backAt ?? null;
  return backAt !== null && backAt <= situation.now + policy.offer.ownBackSoonMinutes * MINUTE;
}

/** The callback a hotline can promise today, by nobody in particular: noted with who owes the fewest. Null: too late. */
export function promiseByAnyone(policy: Policy, situation: Situation): CallbackPromise | null {
  let fewest: { readonly advisorId: AdvisorId; readonly state: AdvisorState } | null = null;
  for (const advisorId of situation.everyone) {
    const state = situation.advisors[advisorId];
    if (!state || awayOf(state) !== null || state.callbacks.length >= policy.offer.mostOpenCallbacks) continue;
    if (fewest === null || state.callbacks.length < fewest.state.callbacks.length) fewest = { advisorId, state };
  }
  if (fewest === null) return null;
  const { advisorId, state } = fewest;
  const wanted = minutesUntilCallback(policy, situation, state);
  const before = withinTheirDay(policy, situation, state, wanted);
  if (before === null) return null;
  return {
    advisorId,
    before,
    reasons: [{ code: 'callback_by_backup', advisorId, openCallbacks: state.callbacks.length, before }],
  };
}

/** The callback we can promise while closed: at the next opening, by the own advisor or who is there then. */
export function promiseAtOpening(policy: Policy, situation: Situation, ownId: AdvisorId): CallbackPromise {
  return onDayOf(policy, situation, ownId, nextOpening(situation.calendar, situation.now), 'callback_at_opening', []);
}

function ownToday(policy: Policy, situation: Situation, ownId: AdvisorId, reasons: Reason[]): CallbackPromise | null {
  const own = stateOf(situation, ownId);
  if (awayOf(own) !== null) return null;
  const openCallbacks = own.callbacks.length;
  if (openCallbacks >= policy.offer.mostOpenCallbacks) {
    reasons.push({ code: 'own_full', advisorId: ownId, openCallbacks });
    return null;
  }
  const wanted = minutesUntilCallback(policy, situation, own);
  const before = withinTheirDay(policy, situation, own, wanted);
  if (before === null) {
    reasons.push({ code: 'own_too_late', advisorId: ownId, before: situation.now + wanted * MINUTE });
    return null;
  }
  return { advisorId: ownId, before, reasons: [{ code: 'callback_by_own', advisorId: ownId, openCallbacks, before }] };
}

function backupToday(
  policy: Policy,
  situation: Situation,
  ownId: AdvisorId,
  reasons: Reason[],
): CallbackPromise | null {
  for (const advisorId of stateOf(situation, ownId).backups) {
    const backup = situation.advisors[advisorId];
    if (!backup || awayOf(backup) !== null || backup.callbacks.length >= policy.offer.mostOpenCallbacks) continue;
    const wanted = minutesUntilCallback(policy, situation, backup);
    const before = withinTheirDay(policy, situation, backup, wanted);
    if (before === null) continue;
    reasons.push({ code: 'callback_by_backup', advisorId, openCallbacks: backup.callbacks.length, before });
    return { advisorId, before, reasons };
  }
  return null;
}

/** The own advisor on return, if known, near enough and not after too many other callbacks. */
function ownBack(
  policy: Policy,
  situation: Situation,
  ownId: AdvisorId,
  reasons: Reason[],
  withinMinutes: number,
): CallbackPromise | null {
  const own = stateOf(situation, ownId);
  const backAt = awayOf(own)?.backAt ?? null;
  const { calendar, now } = situation;
  if (backAt === null || backAt > now + withinMinutes * MINUTE) return null;
  if (daysBetween(calendar, now, backAt) > policy.offer.ownBackWithinDays) return null;
  if (own.callbacks.length >= policy.offer.mostOpenCallbacks) return null;
  const start = nextOpening(calendar, Math.max(backAt, now));
  const today = daysBetween(calendar, now, start) === 0;
  const wanted = queueMinutes(policy, own);
  const before = today
    ? withinToday(policy, calendar, start, wanted)
    : workingAfter(policy, calendar, start, Math.max(policy.offer.nextOpeningMinutes, wanted));
  if (before === null) return null;
  reasons.push({ code: 'callback_when_back', advisorId: ownId, before });
  return { advisorId: ownId, before, reasons };
}

function anotherDay(policy: Policy, situation: Situation, ownId: AdvisorId, reasons: Reason[]): CallbackPromise {
  const opening = openingOfNextDay(situation.calendar, situation.now);
  return onDayOf(policy, situation, ownId, opening, 'callback_another_day', reasons);
}

/** The first of own advisor, backups and pod who is there on the day of that opening; else the lead on duty. */
function onDayOf(
  policy: Policy,
  situation: Situation,
  ownId: AdvisorId,
  opening: number,
  code: 'callback_another_day' | 'callback_at_opening',
  reasons: Reason[],
): CallbackPromise {
  const { calendar } = situation;
  const own = stateOf(situation, ownId);
  const isThere = (advisorId: AdvisorId): boolean => {
    const state = situation.advisors[advisorId];
    const backAt = state ? startOn(calendar, state, opening) : null;
    return backAt !== null && daysBetween(calendar, opening, backAt) <= 0;
  };
  const advisorId =
    [ownId, ...own.backups].find(isThere) ?? situation.pods[own.podId]?.find(isThere) ?? situation.leadId;
  const state = situation.advisors[advisorId];
  const start = (state && isThere(advisorId) && startOn(calendar, state, opening)) || opening;
  const wanted = Math.max(policy.offer.nextOpeningMinutes, state ? queueMinutes(policy, state) : 0);
  const before = workingAfter(policy, calendar, start, wanted);
  reasons.push({ code, advisorId, before });
  return { advisorId, before, reasons };
}

/** When the advisor starts on or after that opening; null when nobody knows. Who goes home tonight is back then. */
function startOn(calendar: Calendar, state: AdvisorState, opening: number): number | null {
  const away = awayOf(state);
  if (away === null || (away.backAt === null && away.why !== 'absence')) return opening;
  return away.backAt === null ? null : nextOpening(calendar, Math.max(opening, away.backAt));
}

/**
 * d = max(15, 10 + 1.5 × (expected residual + 1.3 × handle time × open callbacks)), with the policy's numbers; no more
 * than "soon" where the callback is expected early enough for it.
 */
function minutesUntilCallback(policy: Policy, situation: Situation, state: AdvisorState): number {
  return queueMinutes(policy, state, residualMinutes(policy, situation, state));
}

function queueMinutes(policy: Policy, state: AdvisorState, residual = 0): number {
  const { shortestMinutes, baseMinutes, factor, handlesPerCallback, soonMinutes, soonExpectedMinutes } = policy.offer;
  const expected = residual + handlesPerCallback * policy.handle.meanMinutes * state.callbacks.length;
  const safe = Math.max(shortestMinutes, baseMinutes + factor * expected);
  return expected <= soonExpectedMinutes ? Math.min(safe, soonMinutes) : safe;
}

function residualMinutes(policy: Policy, situation: Situation, state: AdvisorState): number {
  if (state.doing === 'call') return policy.handle.residualMinutes;
  if (state.doing === 'ringing') return policy.handle.meanMinutes;
  if (state.doing !== 'wrapUp') return 0;
  return Math.max(0, policy.call.wrapUpSeconds / 60 - (situation.now - state.since) / MINUTE);
}

/** The instant these minutes from now while the advisor is there: lunch does not count, and nobody is promised who has gone. */
function withinTheirDay(
  policy: Policy,
  { now, calendar }: Situation,
  { leaves }: AdvisorState,
  minutes: number,
): number | null {
  if (!leaves || leaves.at < now || now + minutes * MINUTE <= leaves.at) {
    return withinToday(policy, calendar, now, minutes);
  }
  if (leaves.backAt === null || daysBetween(calendar, now, leaves.backAt) > 0) return null;
  return withinToday(policy, calendar, leaves.backAt, minutes - (leaves.at - now) / MINUTE);
}

/** The instant `minutes` after `from`, if we still work then: a little past closing, or the same day over lunch. */
function withinToday(policy: Policy, calendar: Calendar, from: number, minutes: number): number | null {
  const due = roundUp(policy, from + minutes * MINUTE);
  if (due <= closingOf(calendar, from) + policy.offer.pastClosingMinutes * MINUTE) return due;
  const working = workingAfter(policy, calendar, from, minutes);
  return daysBetween(calendar, from, working) === 0 ? working : null;
}

function workingAfter(policy: Policy, calendar: Calendar, from: number, minutes: number): number {
  const due = addWorkingMinutes(calendar, from, minutes);
  const rounded = roundUp(policy, due);
  return rounded <= closingOf(calendar, due - 1) ? rounded : due;
}

function roundUp(policy: Policy, at: number): number {
  const step = policy.offer.roundUpToMinutes * MINUTE;
  return step > 0 ? Math.ceil(at / step) * step : at;
}
