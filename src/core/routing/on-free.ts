import { workingMinutesBetween } from '../calendar/calendar.ts';
import type { Policy } from './policy.ts';
import type { Reason } from './reasons.ts';
import {
  type AdvisorId,
  type AdvisorState,
  awayOf,
  type OpenCallback,
  type Situation,
  stateOf,
  type WaitingCaller,
} from './situation.ts';

const MINUTE = 60_000;

export type NextTask =
  | { readonly task: 'call'; readonly callerId: string; readonly reasons: readonly Reason[] }
  | {
      readonly task: 'callback';
      readonly callbackId: string;
      readonly ownerId: AdvisorId;
      readonly reasons: readonly Reason[];
    }
  | {
      readonly task: 'message';
      readonly messageId: string;
      readonly ownerId: AdvisorId;
      readonly reasons: readonly Reason[];
    }
  | { readonly task: 'nothing'; readonly reasons: readonly Reason[] };

const NOTHING: NextTask = { task: 'nothing', reasons: [{ code: 'nothing_waits' }] };

/** What an advisor who has just become free does next. */
export function onFree(policy: Policy, situation: Situation, advisorId: AdvisorId): NextTask {
  const me = stateOf(situation, advisorId);
  if (awayOf(me) !== null) return NOTHING;
  if (policy.people.answer === 'anyone') return nextOfHotline(policy, situation, advisorId, me);
  return (
    ownCaller(situation, advisorId) ??
    (policy.people.answer === 'own_only' ? null : otherCaller(policy, situation, advisorId, me)) ??
    ownCallback(situation, advisorId, me) ??
    lateCallback(policy, situation, me) ??
    ownMessage(advisorId, me) ??
    oldMessage(policy, situation, advisorId, me) ??
    NOTHING
  );
}

/** A hotline: who has waited longest, then the earliest callback whoever noted it, then what is written. */
function nextOfHotline(policy: Policy, situation: Situation, advisorId: AdvisorId, me: AdvisorState): NextTask {
  let first: WaitingCaller | null = null;
  for (const caller of situation.waiting) if (first === null || caller.since < first.since) first = caller;
  if (first) return take(situation, first, 'caller_waits', []);
  return (
    (policy.people.ringBack === 'anyone'
      ? earliestOf(situation, situation.everyone, Number.POSITIVE_INFINITY)
      : null) ??
    ownMessage(advisorId, me) ??
    oldMessage(policy, situation, advisorId, me) ??
    NOTHING
  );
}

function ownCaller(situation: Situation, advisorId: AdvisorId): NextTask | null {
  let first: WaitingCaller | null = null;
  for (const caller of situation.waiting) {
    const mine = caller.heldFor === advisorId || (caller.heldFor === null && caller.ownId === advisorId);
    if (mine && (first === null || caller.since < first.since)) first = caller;
  }
  return first && take(situation, first, 'own_caller_waits', []);
}

/** Longest waiting first, with a head start for callers I back up and for my pod's. */
function otherCaller(policy: Policy, situation: Situation, advisorId: AdvisorId, me: AdvisorState): NextTask | null {
  const owes = nextCallback(situation, me) !== null;
  let best: WaitingCaller | null = null;
  let bestMinutes = Number.NEGATIVE_INFINITY;
  let bestCode: CallerCode = 'caller_waits';
  const left: Reason[] = [];
  for (const caller of situation.waiting) {
    if (caller.heldFor !== null) continue;
    const code = relationTo(situation, caller, advisorId, me);
    const waited = (situation.now - caller.since) / MINUTE;
    if (owes && code === 'caller_waits' && waited < policy.onFree.strangerWaitsMinutes) {
      if (left.length === 0) left.push({ code: 'stranger_left_to_others' });
      continue;
    }
    const minutes = waited + seniority(policy, code);
    if (minutes > bestMinutes) {
      best = caller;
      bestMinutes = minutes;
      bestCode = code;
    }
  }
  return best && take(situation, best, bestCode, left);
}

type CallerCode = 'own_caller_waits' | 'backed_up_caller_waits' | 'pod_caller_waits' | 'caller_waits';

function relationTo(situation: Situation, caller: WaitingCaller, advisorId: AdvisorId, me: AdvisorState): CallerCode {
  const own = caller.ownId === null ? undefined : situation.advisors[caller.ownId];
  if (!own) return 'caller_waits';
  if (own.backups.includes(advisorId)) return 'backed_up_caller_waits';
  return own.podId === me.podId ? 'pod_caller_waits' : 'caller_waits';
}

function seniority(policy: Policy, code: CallerCode): number {
  if (code === 'backed_up_caller_waits') return policy.onFree.backupSeniorityMinutes;
  return code === 'pod_caller_waits' ? policy.onFree.podSeniorityMinutes : 0;
}

function take(situation: Situation, caller: WaitingCaller, code: CallerCode, others: readonly Reason[]): NextTask {
  const seconds = Math.round((situation.now - caller.since) / 1000);
  return { task: 'call', callerId: caller.id, reasons: [{ code, seconds }, ...others] };
}

function ownCallback(situation: Situation, advisorId: AdvisorId, me: AdvisorState): NextTask | null {
  const next = nextCallback(situation, me);
  if (!next) return null;
  const reasons: Reason[] = [{ code: 'own_callback_due', dueAt: next.dueAt }];
  return { task: 'callback', callbackId: next.id, ownerId: advisorId, reasons };
}

/** The earliest promise that may be tried now. */
function nextCallback(situation: Situation, state: AdvisorState): OpenCallback | null {
  for (const callback of state.callbacks) if (callback.notBefore <= situation.now) return callback;
  return null;
}

function lateCallback(policy: Policy, situation: Situation, me: AdvisorState): NextTask | null {
  return earliestOf(situation, me.backsUp, situation.now - policy.onFree.lateCallbackMinutes * MINUTE);
}

/** The earliest promise of these advisors that may be tried now and was for before that instant. */
function earliestOf(situation: Situation, owners: readonly AdvisorId[], dueBy: number): NextTask | null {
  let first: OpenCallback | null = null;
  let firstOwner: AdvisorId | null = null;
  for (const ownerId of owners) {
    const owner = situation.advisors[ownerId];
    const callback = owner ? nextCallback(situation, owner) : null;
    if (!callback || callback.dueAt > dueBy || (first !== null && first.dueAt <= callback.dueAt)) continue;
    first = callback;
    firstOwner = ownerId;
  }
  if (first === null || firstOwner === null) return null;
  const reasons: Reason[] = [{ code: 'late_callback_of', advisorId: firstOwner, dueAt: first.dueAt }];
  return { task: 'callback', callbackId: first.id, ownerId: firstOwner, reasons };
}

function ownMessage(advisorId: AdvisorId, me: AdvisorState): NextTask | null {
  const [message] = me.messages;
  if (!message) return null;
  const reasons: Reason[] = [{ code: 'own_message_waits', receivedAt: message.receivedAt }];
  return { task: 'message', messageId: message.id, ownerId: advisorId, reasons };
}

/** The oldest message that has waited too long: sooner for those I back up than for the rest of my pod. */
function oldMessage(policy: Policy, situation: Situation, advisorId: AdvisorId, me: AdvisorState): NextTask | null {
  if (situation.messagesWait === false) return null;
  const { backedUpMessageMinutes, podMessageMinutes } = policy.onFree;
  return (
    oldestOf(situation, me.backsUp, advisorId, backedUpMessageMinutes) ??
    oldestOf(situation, situation.pods[me.podId] ?? [], advisorId, podMessageMinutes)
  );
}

function oldestOf(
  situation: Situation,
  owners: readonly AdvisorId[],
  advisorId: AdvisorId,
  minutes: number,
): NextTask | null {
  let ownerOfOldest: AdvisorId | null = null;
  let oldest = Number.POSITIVE_INFINITY;
  for (const ownerId of owners) {
    const message = situation.advisors[ownerId]?.messages[0];
    if (ownerId !== advisorId && message && message.receivedAt < oldest) {
      ownerOfOldest = ownerId;
      oldest = message.receivedAt;
    }
  }
  const message = ownerOfOldest === null ? undefined : situation.advisors[ownerOfOldest]?.messages[0];
  if (!message || ownerOfOldest === null || !hasWaited(situation, oldest, minutes)) return null;
  const reasons: Reason[] = [{ code: 'old_message_of', advisorId: ownerOfOldest, receivedAt: oldest }];
  return { task: 'message', messageId: message.id, ownerId: ownerOfOldest, reasons };
}

/** Working minutes: what came in the night is not old in the morning. */
function hasWaited(situation: Situation, since: number, minutes: number): boolean {
  if (situation.now - since < minutes * MINUTE) return false;
  return workingMinutesBetween(situation.calendar, since, situation.now) >= minutes;
}
