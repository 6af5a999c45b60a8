import { type Calendar, type Opening, openingsBetween } from '../calendar/calendar.ts';
import { intersectSpans, subtractSpans } from '../calendar/spans.ts';
import type { AdvisorId } from '../routing/situation.ts';
import type { Absence } from './cover.ts';

export interface AbsenceFacts {
  /** Absences of everyone, with or without the new one. */
  readonly absences: readonly Absence[];
  /** Ranked backups of the advisor who goes away. */
  readonly backups: readonly AdvisorId[];
  /** Opening hours of the office. */
  readonly calendar: Calendar;
  /** Working hours of an advisor. */
  readonly workingHoursOf: (advisorId: AdvisorId) => Calendar;
}

export interface AbsenceCheck {
  /** Opening hours in which nobody named is at work: the pod, then the lead on duty would answer. */
  readonly uncovered: readonly Opening[];
  /** Advisors who would cover each other in a ring, the absent one first; empty when there is none. */
  readonly circle: readonly AdvisorId[];
}

/**
 * What is wrong with an absence about to be entered. Nothing is when both lists are empty. Hours are looked at in
 * `within` only, so that an absence stored without an end in sight costs no more than any other.
 */
export function checkAbsence(
  absence: Absence,
  facts: AbsenceFacts,
  within: Pick<Absence, 'from' | 'to'> = absence,
): AbsenceCheck {
  const known: AbsenceFacts = { ...facts, absences: facts.absences.filter((other) => !isSame(other, absence)) };
  const open = openingsBetween(known.calendar, Math.max(absence.from, within.from), Math.min(absence.to, within.to));
  const named = absence.coverId === null ? known.backups : [absence.coverId, ...known.backups];
  const covered = named.flatMap((advisorId) => atWork(advisorId, open, known, [absence.advisorId]));
  return { uncovered: subtractSpans(open, covered), circle: circleFrom(absence, known.absences) };
}

/** When, within `spans`, this advisor is at work, or the colleague named for their own absence. */
function atWork(
  advisorId: AdvisorId,
  spans: readonly Opening[],
  facts: AbsenceFacts,
  seen: readonly AdvisorId[],
): Opening[] {
  if (seen.includes(advisorId)) return [];
  const hours = facts.workingHoursOf(advisorId);
  const working = spans.flatMap((span) => openingsBetween(hours, span.from, span.to));
  const absences = facts.absences.filter((absence) => absence.advisorId === advisorId);
  const passedOn = absences.flatMap((absence) =>
    absence.coverId === null
      ? []
      : atWork(absence.coverId, intersectSpans(spans, [absence]), facts, [...seen, advisorId]),
  );
  return [...subtractSpans(working, absences), ...passedOn];
}

/** Follows the named covers through absences that overlap, back to the first one. */
function circleFrom(absence: Absence, absences: readonly Absence[]): AdvisorId[] {
  const walk = (path: readonly AdvisorId[], coverId: AdvisorId | null, span: Opening): AdvisorId[] => {
    if (coverId === null) return [];
    if (coverId === absence.advisorId) return [...path];
    if (path.includes(coverId)) return [];
    for (const next of absences) {
      if (next.advisorId !== coverId) continue;
      const [overlap] = intersectSpans([span], [next]);
      const circle = overlap ? walk([...path, coverId], next.coverId, overlap) : [];
      if (circle.length > 0) return circle;
    }
    return [];
  };
  return walk([absence.advisorId], absence.coverId, absence);
}

function isSame(a: Absence, b: Absence): boolean {
  return a.advisorId === b.advisorId && a.from === b.from && a.to === b.to;
}
