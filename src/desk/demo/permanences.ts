import { dateOf, everyWeeks, instantOf } from '../../core/calendar/local-dates.ts';
import type { Tx } from '../tx.ts';
import { insertAll } from './bulk.ts';
import { days, type MadeAdvisor, type MadeArea, type Making } from './world.ts';

const SITTING = 12;
const AHEAD_DAYS = 70;

/** Every other week some advisors sit in a town hall of their area; one of the dates was cancelled. */
export async function makePermanences(
  tx: Tx,
  { dice, now, calendar }: Making,
  advisors: readonly MadeAdvisor[],
  areas: readonly MadeArea[],
): Promise<void> {
  const rows = advisors.slice(0, SITTING).flatMap((advisor) => {
    const own = areas.filter((area) => area.advisorId === advisor.id && area.first);
    if (own.length === 0) return [];
    const area = dice.pick(own);
    const seriesId = dice.id(now);
    const first = new Date(now.getTime() + days(dice.int(1, 12)));
    const until = new Date(now.getTime() + days(AHEAD_DAYS));
    return everyWeeks(dateOf(calendar.timeZone, first), dateOf(calendar.timeZone, until), 2)
      .filter((date) => !calendar.holidays.includes(date) && worksOn(advisor, date))
      .map((date) => ({
        id: dice.id(now),
        seriesId,
        advisorId: advisor.id,
        communeInsee: area.insee,
        place: 'Mairie, salle du conseil',
        startsAt: instantOf(calendar.timeZone, date, '09:30') as Date,
        endsAt: instantOf(calendar.timeZone, date, '11:30') as Date,
        enteredAt: now,
        cancelledAt: null as Date | null,
        why: null as string | null,
        demo: true,
      }));
  });
  const called = rows[1];
  if (called) Object.assign(called, { cancelledAt: now, why: 'La salle du conseil est en travaux.' });
  if (rows.length > 0) await insertAll(tx, 'permanence', rows);
}

function worksOn({ hours }: MadeAdvisor, date: string): boolean {
  const weekday = (((new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7) + 1) as keyof typeof hours;
  return (hours[weekday] ?? []).length > 0;
}
