import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import type { Policy } from './policy.ts';
import type { RoutingRequest } from './request.ts';
import type { AdvisorId, Situation } from './situation.ts';

/** A decision as it was taken: what was known, what was asked, what came out. */
export interface Recorded {
  readonly situation: Situation;
  readonly request: RoutingRequest;
  readonly decision: Decision;
}

/** What a decision does first, for a table. `offer_…`: the callback that is offered before any phone rings. */
export const DECISION_KINDS = [
  'ring_own',
  'hold_own',
  'offer_own',
  'offer_other',
  'ring_backup',
  'ring_pod',
  'ring_anyone',
  'wait',
  'promise',
  'voicemail',
  'written_own',
  'written_other',
] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** One decision beside the one a draft would have taken. */
export interface Replayed {
  readonly before: Decision;
  readonly after: Decision;
  readonly kinds: readonly [before: DecisionKind, after: DecisionKind];
  /** Whose phone rings first; null when none does at once. */
  readonly first: readonly [before: AdvisorId | null, after: AdvisorId | null];
  /** Minutes by which what is told to the caller comes later (below 0: earlier); null unless both tell a time. */
  readonly laterMinutes: number | null;
  /** Anything but the name of the policy and the reasons. */
  readonly changed: boolean;
  /** Changed, but only in what follows when nobody answers: the order of later phones, the promise at the end. */
  readonly onlyAfterwards: boolean;
}

/** Asks the draft what was asked then, with what was known then. Pure; what would have followed is not guessed. */
export function replay(draft: Policy, { situation, request, decision }: Recorded): Replayed {
  const after = decide(draft, situation, request);
  const [told, wouldTell] = [toldTime(decision), toldTime(after)];
  const kinds = [kindOf(decision, request), kindOf(after, request)] as const;
  const first = [firstRung(decision), firstRung(after)] as const;
  const changed = !isSameOutcome(decision, after);
  const callback = (each: Decision) => (each.channel === 'call' ? (each.offer?.advisorId ?? null) : null);
  const atOnce = kinds[0] !== kinds[1] || first[0] !== first[1] || told !== wouldTell;
  return {
    before: decision,
    after,
    kinds,
    first,
    laterMinutes: told === null || wouldTell === null ? null : (wouldTell - told) / 60_000,
    changed,
    onlyAfterwards: changed && !atOnce && callback(decision) === callback(after),
  };
}

/** Whether two decisions do the same, whatever the name of the policy and the words that explain it. */
export function isSameOutcome(one: Decision, other: Decision): boolean {
  return canonical(outcome(one)) === canonical(outcome(other));
}

/** The value as text with its fields in alphabetical order: stored JSON comes back in another order than it was written. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

function outcome(decision: Decision): unknown {
  const { policyVersion: _version, reasons: _reasons, ...rest } = decision;
  return rest;
}

function kindOf(decision: Decision, { ownId }: RoutingRequest): DecisionKind {
  if (decision.channel === 'written') return decision.ownerId === ownId ? 'written_own' : 'written_other';
  const { offer, attempts, waitSeconds, fallback } = decision;
  if (offer) return offer.advisorId === ownId ? 'offer_own' : 'offer_other';
  const [first] = attempts;
  if (first?.how === 'hold') return 'hold_own';
  if (first) return `ring_${first.role}`;
  return waitSeconds > 0 ? 'wait' : fallback.kind;
}

function firstRung(decision: Decision): AdvisorId | null {
  return decision.channel === 'call' ? (decision.attempts[0]?.advisorId ?? null) : decision.ownerId;
}

/** The time the caller or writer hears: of the offer, else of the promise where no phone rings, else of the answer. */
function toldTime(decision: Decision): number | null {
  if (decision.channel === 'written') return decision.dueAt;
  if (decision.offer) return decision.offer.before;
  return decision.attempts.length === 0 && decision.fallback.kind === 'promise' ? decision.fallback.dueAt : null;
}
