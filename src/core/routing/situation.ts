import type { Calendar } from '../calendar/calendar.ts';

export type AdvisorId = string;
export type PodId = string;

/** What an advisor is doing. Only `idle` and `message` (which pauses) let a call ring. */
export type Doing = 'idle' | 'ringing' | 'call' | 'wrapUp' | 'message' | 'off';

/** Why an advisor is not there, and when they are back (epoch milliseconds; null when nobody knows). */
export interface Away {
  readonly why: 'lunch' | 'absence' | 'hours';
  readonly backAt: number | null;
  /** The colleague named for this absence; null means the ranked backups in their order. */
  readonly coverId: AdvisorId | null;
}

/** When an advisor at work goes before the office closes (lunch, shorter hours, an absence), and is back today if so. */
export interface Leave {
  readonly at: number;
  readonly backAt: number | null;
}

export interface OpenCallback {
  readonly id: string;
  readonly dueAt: number;
  /** Not to be tried before: set after an unanswered attempt. */
  readonly notBefore: number;
}

export interface OpenMessage {
  readonly id: string;
  readonly receivedAt: number;
}

export interface AdvisorState {
  readonly podId: PodId;
  /** Fixed order, best first. */
  readonly backups: readonly AdvisorId[];
  /** Whom this advisor is a backup of. */
  readonly backsUp: readonly AdvisorId[];
  readonly doing: Doing;
  /** Since when, epoch milliseconds. */
  readonly since: number;
  /** Set while not at work, null while at work. */
  readonly away: Away | null;
  /** Where it is known and still to come today; without it the advisor stays until closing. */
  readonly leaves?: Leave | null;
  /** When this advisor last took a call: the one who has gone longest without comes first among equals. */
  readonly lastServedAt: number;
  /** Earliest promise first. */
  readonly callbacks: readonly OpenCallback[];
  /** Oldest first. */
  readonly messages: readonly OpenMessage[];
}

/** An advisor whose phone may ring now. */
export interface FreeAdvisor {
  readonly id: AdvisorId;
  readonly lastServedAt: number;
}

export interface WaitingCaller {
  readonly id: string;
  /** The caller's own advisor; null when we do not know who calls. */
  readonly ownId: AdvisorId | null;
  readonly since: number;
  /** Held for this advisor who is finishing; null for whoever is free first. */
  readonly heldFor: AdvisorId | null;
}

/**
 * Everything `decide` and `onFree` may know. It says nothing about who the customer is: no household, business or
 * town hall. Plain data; holds at least the advisors named by the request, their pods and `everyone`.
 */
export interface Situation {
  readonly now: number;
  /** Opening hours of the office. */
  readonly calendar: Calendar;
  readonly advisors: Readonly<Record<AdvisorId, AdvisorState>>;
  readonly pods: Readonly<Record<PodId, readonly AdvisorId[]>>;
  /** The last layer: all who may be rung when nobody named or in the pod is free. */
  readonly everyone: readonly AdvisorId[];
  /** Those of `everyone` who are free (`isFree`), in that order: for builders that keep the list; else it is worked out. */
  readonly free?: readonly FreeAdvisor[];
  /** `false`: nobody has a message, for builders that know; else everyone near is looked at. */
  readonly messagesWait?: boolean;
  readonly waiting: readonly WaitingCaller[];
  /** The lead on duty, who answers for everyone when nobody else can. */
  readonly leadId: AdvisorId;
}

/** The state of an advisor who must be in the situation; a missing one is a bug of its builder. */
export function stateOf(situation: Situation, advisorId: AdvisorId): AdvisorState {
  const state = situation.advisors[advisorId];
  if (!state) throw new Error(`advisor ${advisorId} is not in the situation`);
  return state;
}

/** Whether a call may ring there now. */
export function isFree(state: AdvisorState): boolean {
  return state.away === null && (state.doing === 'idle' || state.doing === 'message');
}

/** Those of `everyone` who are free, in that order. */
export function freeAmongEveryone({ free, everyone, advisors }: Situation): readonly FreeAdvisor[] {
  if (free) return free;
  const found: FreeAdvisor[] = [];
  for (const id of everyone) {
    const state = advisors[id];
    if (state && isFree(state)) found.push({ id, lastServedAt: state.lastServedAt });
  }
  return found;
}

const OFF_FOR_NOW: Away = { why: 'hours', backAt: null, coverId: null };

/** Why the advisor is not there, or null when at work, free or not. */
export function awayOf(state: AdvisorState): Away | null {
  return state.away ?? (state.doing === 'off' ? OFF_FOR_NOW : null);
}

/** Whether a caller who waits would be this advisor's next, whoever is free first apart. */
export function isAwaited(situation: Situation, advisorId: AdvisorId): boolean {
  for (const caller of situation.waiting) {
    if (caller.heldFor === advisorId || (caller.ownId === advisorId && caller.heldFor === null)) return true;
  }
  return false;
}
