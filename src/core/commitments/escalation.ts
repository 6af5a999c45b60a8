import { addWorkingMinutes, type Calendar } from '../calendar/calendar.ts';
import type { Policy } from '../routing/policy.ts';
import type { AdvisorId } from '../routing/situation.ts';
import { remindAt } from './due.ts';

/** How often a matter was passed on because a commitment broke: 0 not yet, 1 to the backup, 2 to the lead. */
export type Escalation = 0 | 1 | 2;

export interface OpenCommitment {
  readonly ownerId: AdvisorId;
  readonly madeAt: number;
  readonly dueAt: number;
  readonly remindedAt: number | null;
  readonly escalation: Escalation;
}

export interface EscalationFacts {
  readonly calendar: Calendar;
  /** Who stands in for the owner now (`coverAt`), or null when the operator has nobody else. */
  readonly backupId: AdvisorId | null;
  readonly leadId: AdvisorId;
}

/** The commitment that takes the place of a broken one. */
export interface NextCommitment {
  readonly ownerId: AdvisorId;
  readonly escalation: Escalation;
  readonly dueAt: number;
}

export type NextStep =
  | { readonly step: 'wait'; readonly until: number }
  | { readonly step: 'remind'; readonly ownerId: AdvisorId }
  /** Break this one and make the next in the same transaction: no case file is ever without an open commitment. */
  | { readonly step: 'break'; readonly next: NextCommitment };

/**
 * What is due for an open commitment at `now`: a reminder once three quarters of the working time have passed; when
 * the due time has passed, a new commitment of the backup, and when that breaks, of the lead, again and again.
 */
export function nextStep(
  commitment: OpenCommitment,
  now: number,
  policy: Pick<Policy, 'commitments'>,
  facts: EscalationFacts,
): NextStep {
  if (now > commitment.dueAt) return { step: 'break', next: nextCommitment(commitment, now, policy, facts) };
  if (commitment.remindedAt !== null) return { step: 'wait', until: commitment.dueAt };
  const reminder = remindAt(facts.calendar, commitment.madeAt, commitment.dueAt, policy.commitments);
  return now >= reminder ? { step: 'remind', ownerId: commitment.ownerId } : { step: 'wait', until: reminder };
}

function nextCommitment(
  broken: OpenCommitment,
  now: number,
  policy: Pick<Policy, 'commitments'>,
  facts: EscalationFacts,
): NextCommitment {
  const { backupWithinMinutes, leadWithinMinutes } = policy.commitments;
  const { backupId, leadId, calendar } = facts;
  if (broken.escalation === 0 && backupId !== null && backupId !== broken.ownerId && backupId !== leadId) {
    return { ownerId: backupId, escalation: 1, dueAt: addWorkingMinutes(calendar, now, backupWithinMinutes) };
  }
  return { ownerId: leadId, escalation: 2, dueAt: addWorkingMinutes(calendar, now, leadWithinMinutes) };
}
