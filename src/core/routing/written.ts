import { addWorkingMinutes, nextOpening } from '../calendar/calendar.ts';
import { dueAt } from '../commitments/due.ts';
import { type StandIn, standInFor } from '../commitments/stand-in.ts';
import type { WrittenDecision } from './decision.ts';
import type { Policy } from './policy.ts';
import type { Reason } from './reasons.ts';
import type { WrittenRequest } from './request.ts';
import { type AdvisorId, awayOf, type Situation, stateOf } from './situation.ts';

/** Who answers something written, in whose place, and by when. */
export function onWritten(policy: Policy, situation: Situation, request: WrittenRequest): WrittenDecision {
  if (request.ownId === null) return toTray(policy, situation);
  const due = dueAt(situation.calendar, situation.now, request);
  const owner = writtenOwner(situation, request.ownId, due);
  const until = awayOf(stateOf(situation, request.ownId))?.backAt ?? null;
  const why: Reason =
    owner.via === 'own'
      ? { code: 'own_advisor', advisorId: request.ownId }
      : { code: 'covers', advisorId: owner.advisorId, forId: request.ownId, via: owner.via, until };
  return {
    channel: 'written',
    policyVersion: policy.version,
    ownerId: owner.advisorId,
    inPlaceOf: owner.via === 'own' ? null : { advisorId: request.ownId, until },
    dueAt: due,
    tray: false,
    reasons: [why, { code: 'due_by_service_level', minutes: request.answerWithinMinutes, dueAt: due }],
  };
}

type WrittenOwner = StandIn | { readonly advisorId: AdvisorId; readonly via: 'own' };

/** The own advisor, or whoever stands in while they are absent, or off until after the due time. */
export function writtenOwner(situation: Situation, ownId: AdvisorId, due: number): WrittenOwner {
  const starts = nextOpening(situation.calendar, situation.now);
  const isPresent = (advisorId: AdvisorId): boolean => {
    const state = situation.advisors[advisorId];
    if (!state) return false;
    const away = awayOf(state);
    if (away === null) return true;
    if (away.why === 'absence') return away.backAt !== null && away.backAt <= starts;
    return away.backAt === null || away.backAt < due;
  };
  if (isPresent(ownId)) return { advisorId: ownId, via: 'own' };
  return standInFor(ownId, {
    isPresent,
    coverIdOf: (advisorId) => situation.advisors[advisorId]?.away?.coverId ?? null,
    backupsOf: (advisorId) => situation.advisors[advisorId]?.backups ?? [],
    podOf: (advisorId) => situation.pods[situation.advisors[advisorId]?.podId ?? ''] ?? [],
    leadId: situation.leadId,
  });
}

function toTray(policy: Policy, situation: Situation): WrittenDecision {
  const due = addWorkingMinutes(situation.calendar, situation.now, policy.written.trayWithinMinutes);
  return {
    channel: 'written',
    policyVersion: policy.version,
    ownerId: situation.leadId,
    inPlaceOf: null,
    dueAt: due,
    tray: true,
    reasons: [{ code: 'writer_unknown', advisorId: situation.leadId, dueAt: due }],
  };
}
