import { absenceLimits, yearsAfter } from '../../core/commitments/absence-limits.ts';
import { type AbsenceFacts, checkAbsence } from '../../core/commitments/check-absence.ts';
import type { Absence } from '../../core/commitments/cover.ts';
import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { type Roster, readRoster } from '../views/roster.ts';

export interface NewAbsence {
  advisorId: string;
  startsAt: Date;
  endsAt: Date;
  /** The colleague who answers; without one, the ranked backups in their order. */
  coverAdvisorId?: string | undefined;
  /** What the cover must know, in writing. */
  handover: string;
}

export type AbsenceEntered =
  | { ok: true; id: string }
  | {
      ok: false;
      why:
        | 'not_allowed'
        | 'unknown_advisor'
        | 'unknown_cover'
        | 'own_cover'
        | 'no_handover'
        | 'ends_before_it_starts'
        | 'over_already'
        | 'starts_long_ago'
        | 'ends_too_far'
        | 'too_long';
    }
  | { ok: false; why: 'overlaps'; absenceId: string }
  /** Advisors who would cover each other in a ring, the absent one first. */
  | { ok: false; why: 'circle'; advisorIds: string[] }
  /** Opening hours in which nobody named would be at work, for this advisor or for an absent colleague they cover. */
  | { ok: false; why: 'nobody_present'; forAdvisorId: string; spans: { from: Date; to: Date }[] };

/**
 * Enters an absence with its handover. Refused when its dates cannot be meant, and when it would make covers answer for each other in a circle, or leave
 * an opening hour in which neither the cover nor a backup is at work. Nothing passes on before it begins.
 */
export async function enterAbsence(tx: Tx, actor: Actor, input: NewAbsence): Promise<AbsenceEntered> {
  if (!mayEnter(actor, input.advisorId)) return { ok: false, why: 'not_allowed' };
  // One absence at a time: two that are entered together could each count on the other.
  await tx.db.selectFrom('roster').select('version').forUpdate().execute();
  const roster = await readRoster(tx.db, tx.now);
  const refusal = plainRefusal(tx.now, roster, input) ?? overlap(roster, input) ?? uncovered(roster, input);
  if (refusal) return refusal;
  const id = newId();
  await tx.db
    .insertInto('absence')
    .values({
      id,
      advisorId: input.advisorId,
      startsAt: input.startsAt,
      endsAt: input.endsAt,
      coverAdvisorId: input.coverAdvisorId ?? null,
      handover: input.handover.trim(),
      enteredAt: tx.now,
      enteredBy: staffIdOf(actor),
    })
    .execute();
  await tx.record({
    type: 'absence.entered',
    advisorId: input.advisorId,
    facts: { absenceId: id, startsAt: input.startsAt.toISOString(), endsAt: input.endsAt.toISOString() },
  });
  await tx.enqueue('watch-absences', {}, input.startsAt);
  return { ok: true, id };
}

/** One's own, or anyone's for a lead. */
export function mayEnter(actor: Actor, advisorId: string): boolean {
  if (can(actor, 'enter any absence')) return true;
  return actor.kind === 'staff' && actor.advisorId === advisorId && can(actor, 'enter own absence');
}

function plainRefusal(now: Date, roster: Roster, input: NewAbsence): AbsenceEntered | undefined {
  if (!roster.advisors.has(input.advisorId)) return { ok: false, why: 'unknown_advisor' };
  if (!(input.startsAt < input.endsAt)) return { ok: false, why: 'ends_before_it_starts' };
  if (input.endsAt <= now) return { ok: false, why: 'over_already' };
  const { yearsLong, yearsAhead, yearsPast } = absenceLimits;
  if (input.startsAt < yearsAfter(now, -yearsPast)) return { ok: false, why: 'starts_long_ago' };
  if (input.endsAt > yearsAfter(now, yearsAhead)) return { ok: false, why: 'ends_too_far' };
  if (input.endsAt > yearsAfter(input.startsAt, yearsLong)) return { ok: false, why: 'too_long' };
  if (input.coverAdvisorId === input.advisorId) return { ok: false, why: 'own_cover' };
  if (input.coverAdvisorId && !roster.advisors.has(input.coverAdvisorId)) return { ok: false, why: 'unknown_cover' };
  if (!input.handover.trim()) return { ok: false, why: 'no_handover' };
  return undefined;
}

function overlap(roster: Roster, input: NewAbsence): AbsenceEntered | undefined {
  const { from, to } = spanOf(input);
  const other = roster.absences.find((each) => each.advisorId === input.advisorId && each.from < to && from < each.to);
  return other && { ok: false, why: 'overlaps', absenceId: other.id };
}

function uncovered(roster: Roster, input: NewAbsence): AbsenceEntered | undefined {
  const entered = spanOf(input);
  const absences = [...roster.absences, entered];
  const own = checkAbsence(entered, factsFor(roster, entered.advisorId, absences));
  if (own.circle.length > 0) return { ok: false, why: 'circle', advisorIds: [...own.circle] };
  if (own.uncovered.length > 0) return nobodyPresent(entered.advisorId, own.uncovered);
  for (const other of roster.absences) {
    if (other.advisorId === entered.advisorId || other.to <= entered.from || entered.to <= other.from) continue;
    const before = checkAbsence(other, factsFor(roster, other.advisorId, roster.absences), entered).uncovered.length;
    const after = checkAbsence(other, factsFor(roster, other.advisorId, absences), entered).uncovered;
    if (before === 0 && after.length > 0) return nobodyPresent(other.advisorId, after);
  }
  return undefined;
}

function nobodyPresent(forAdvisorId: string, spans: readonly { from: number; to: number }[]): AbsenceEntered {
  return {
    ok: false,
    why: 'nobody_present',
    forAdvisorId,
    spans: spans.map(({ from, to }) => ({ from: new Date(from), to: new Date(to) })),
  };
}

function factsFor(roster: Roster, advisorId: string, absences: readonly Absence[]): AbsenceFacts {
  const advisor = roster.advisors.get(advisorId);
  if (!advisor) throw new Error(`advisor ${advisorId} is not on the roster`);
  return {
    absences,
    backups: advisor.backups,
    calendar: advisor.calendar,
    workingHoursOf: (id) =>
      roster.advisors.get(id)?.workingHours ?? {
        ...advisor.workingHours,
        hours: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] },
      },
  };
}

function spanOf({ advisorId, startsAt, endsAt, coverAdvisorId }: NewAbsence): Absence {
  return { advisorId, from: startsAt.getTime(), to: endsAt.getTime(), coverId: coverAdvisorId ?? null };
}
