import { sql } from 'kysely';
import { type Opening, openingsBetween } from '../../../core/calendar/calendar.ts';
import { intersectSpans, subtractSpans } from '../../../core/calendar/spans.ts';
import { checkAbsence } from '../../../core/commitments/check-absence.ts';
import { type Roster, type RosterAdvisor, readRoster } from '../roster.ts';
import type { Check } from './finding.ts';
import { finding, rowsCheck } from './rows.ts';

const AHEAD_MS = 14 * 86_400_000;

/** Invariant 1: one advisor for everyone at every instant, with backups, and someone named in every opening hour. */
export const peopleChecks: readonly Check[] = [
  rowsCheck(
    'tenure',
    () => sql`select c.id from customer c left join tenure t on t.customer_id = c.id and t.until is null
      where t.advisor_id is distinct from c.advisor_id`,
  ),
  rowsCheck(
    'tenureGaps',
    () => sql`select distinct customer_id as id from (
      select customer_id, since, lag(until) over each as before, row_number() over each as place
      from tenure window each as (partition by customer_id order by since)) steps
      where place > 1 and before is distinct from since`,
  ),
  rowsCheck(
    'advisorLeft',
    () => sql`select c.reference as id from customer c join advisor a on a.id = c.advisor_id
      where a.left_at is not null and c.erased_at is null`,
  ),
  // Invariant 6. Counted for each pair of names, as the two tables have clocks of their own.
  rowsCheck(
    'changeUntold',
    () => sql`select c.reference as id from (
        select before.customer_id, before.advisor_id as from_id, after.advisor_id as to_id, count(*) as times
        from tenure before join tenure after on after.customer_id = before.customer_id and after.since = before.until
        where before.advisor_id <> after.advisor_id group by 1, 2, 3) as changed
      join customer c on c.id = changed.customer_id and c.erased_at is null
      where changed.times > (select count(*) from advisor_change a where a.customer_id = changed.customer_id
        and a.from_advisor_id = from_id and a.to_advisor_id = to_id and a.handover <> '')`,
  ),
  rowsCheck(
    'areaAdvisorLeft',
    () =>
      sql`select area.commune_insee as id from area join advisor a on a.id = area.advisor_id where a.left_at is not null`,
  ),
  rowsCheck(
    'backups',
    () => sql`select a.given_name || ' ' || a.family_name as id from advisor a where a.left_at is null
      and (select count(*) from backup b join advisor other on other.id = b.backup_advisor_id and other.left_at is null where b.advisor_id = a.id)
        < least(2, (select count(*) - 1 from advisor where left_at is null))`,
  ),
  {
    name: 'cover',
    run: async ({ db, now }) => {
      if (!(await db.selectFrom('operator').select('name').executeTakeFirst())) return undefined;
      const roster = await readRoster(db, now);
      const uncovered = [...roster.advisors.values()].flatMap((advisor) => {
        const [first] = uncoveredHours(roster, advisor, now.getTime());
        return first ? `${advisor.fullName} (${new Date(first.from).toISOString().slice(0, 16)}Z)` : [];
      });
      return finding('cover', uncovered);
    },
  },
];

/** Opening hours of the next 14 days in which neither the advisor nor anybody named is at work. */
function uncoveredHours(roster: Roster, advisor: RosterAdvisor, now: number): Opening[] {
  const open = openingsBetween(advisor.calendar, now, now + AHEAD_MS);
  const absences = roster.absences.filter((absence) => absence.advisorId === advisor.id);
  const working = open.flatMap((span) => openingsBetween(advisor.workingHours, span.from, span.to));
  const without = subtractSpans(open, subtractSpans(working, absences));
  const facts = {
    absences: roster.absences,
    backups: advisor.backups,
    calendar: advisor.calendar,
    workingHoursOf: (id: string) => roster.advisors.get(id)?.workingHours ?? advisor.calendar,
  };
  return without.flatMap((span) => {
    const coverId = absences.find((absence) => intersectSpans([span], [absence]).length > 0)?.coverId ?? null;
    return checkAbsence({ advisorId: advisor.id, from: span.from, to: span.to, coverId }, facts).uncovered;
  });
}
