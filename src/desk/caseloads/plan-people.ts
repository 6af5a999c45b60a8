import { type Kysely, sql } from 'kysely';
import type { CaseloadPlanPerson, DB } from '../tables.ts';
import { type PresentSeat, readSeats } from '../views/caseload-units.ts';

/** Whom a plan counts otherwise than as they are now. `part`: takes part in a design, together with all others named so. */
export interface PlanPerson {
  advisorId: string;
  cause: CaseloadPlanPerson['cause'];
  /** The part of a full post from then on, where it is not the one of now. */
  share?: number | undefined;
}

export interface TakingPart {
  /** Who looks after customers now, and everybody named. */
  present: PresentSeat[];
  /** Who does after the plan. */
  seats: PresentSeat[];
  leaves: ReadonlySet<string>;
}

/**
 * Who looks after customers before and after a plan. A design takes exactly those who take part, when any are named;
 * otherwise everyone with customers does, and who comes, but nobody who leaves or is away for long. Undefined: somebody is unknown.
 */
export async function whoTakesPart(
  db: Kysely<DB>,
  now: Date,
  people: readonly PlanPerson[],
): Promise<TakingPart | undefined> {
  const named = new Map(people.map((person) => [person.advisorId, person]));
  const present = await readSeats(db, [...named.keys()]);
  if ([...named.keys()].some((id) => !present.some(({ advisorId }) => advisorId === id))) return undefined;
  const withCause = (cause: PlanPerson['cause']) =>
    new Set(people.filter((person) => person.cause === cause).map(({ advisorId }) => advisorId));
  const [part, leaves, away] = [withCause('part'), withCause('leaves'), withCause('away')];
  const takes = (id: string) => (part.size > 0 ? part.has(id) : !leaves.has(id) && !away.has(id));
  const after = present
    .filter(({ advisorId }) => takes(advisorId))
    .map((seat) => ({ ...seat, share: named.get(seat.advisorId)?.share ?? seat.share }));
  const beside = await backupsBeside(db, now);
  return {
    present: present.map((seat) => ({ ...seat, validBackups: beside(seat.advisorId, new Set()) })),
    seats: after.map((seat) => ({ ...seat, validBackups: beside(seat.advisorId, new Set([...leaves, ...away])) })),
    leaves,
  };
}

/** How many backups of somebody are there, and never away on the same days; those in `gone` do not count. */
async function backupsBeside(
  db: Kysely<DB>,
  now: Date,
): Promise<(advisorId: string, gone: ReadonlySet<string>) => number> {
  const { rows } = await sql<{ advisorId: string; backupId: string }>`
    select backup.advisor_id as "advisorId", backup_advisor_id as "backupId" from backup
    join advisor on advisor.id = backup_advisor_id and left_at is null
    where not exists (select from absence one join absence other on tstzrange(one.starts_at, one.ends_at) && tstzrange(other.starts_at, other.ends_at)
      where one.advisor_id = backup.advisor_id and other.advisor_id = backup_advisor_id and least(one.ends_at, other.ends_at) > ${now}
        and one.ended_early_at is null and other.ended_early_at is null)`.execute(db);
  return (advisorId, gone) => rows.filter((row) => row.advisorId === advisorId && !gone.has(row.backupId)).length;
}
