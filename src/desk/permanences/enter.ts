import { dateOf, everyWeeks, instantOf } from '../../core/calendar/local-dates.ts';
import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';

export interface NewPermanence {
  advisorId: string;
  communeInsee: string;
  /** Where in the commune, in words: "Mairie, salle du conseil". */
  place: string;
  /** First date, `YYYY-MM-DD`, and local times, `HH:MM`. */
  date: string;
  from: string;
  to: string;
  /** 0: this date alone. */
  everyWeeks: 0 | 1 | 2 | 4;
  /** Last possible date of a series, `YYYY-MM-DD`. */
  until: string;
}

export type PermanenceProblem = 'no_place' | 'bad_date' | 'past_date' | 'bad_times' | 'bad_until' | 'taken';

export type Entered =
  | { ok: true; seriesId: string; dates: string[] /** Public holidays that were left out. */; leftOut: string[] }
  | { ok: false; why: PermanenceProblem };

const MOST_PLACE = 200;
/** A year and a day: what is planned further ahead is not kept anyway. */
const MOST_DAYS = 366;
const DAY_MS = 86_400_000;

/** Says when an advisor sits in a town hall: one date, or the same weekday until a date, without public holidays. */
export async function enterPermanence(tx: Tx, actor: Actor, input: NewPermanence): Promise<Entered> {
  const roster = await readRoster(tx.db, tx.now);
  const advisor = roster.advisors.get(input.advisorId);
  if (!advisor) throw new Error(`advisor ${input.advisorId} is not on the roster`);
  const zone = roster.operator.timeZone;
  const why = problemOf(input, zone, tx.now);
  if (why) return { ok: false, why };
  const all = input.everyWeeks === 0 ? [input.date] : everyWeeks(input.date, input.until, input.everyWeeks);
  const dates = all.filter((date) => !advisor.calendar.holidays.includes(date));
  const times = dates.map((date) => ({ from: instantOf(zone, date, input.from), to: instantOf(zone, date, input.to) }));
  if (await isTaken(tx, input.advisorId, times)) return { ok: false, why: 'taken' };
  const seriesId = newId();
  for (const { from, to } of times) {
    const id = newId();
    await tx.insert('permanence', {
      id,
      seriesId,
      advisorId: input.advisorId,
      communeInsee: input.communeInsee,
      place: input.place.trim().slice(0, MOST_PLACE),
      startsAt: from as Date,
      endsAt: to as Date,
      enteredAt: tx.now,
      enteredBy: staffIdOf(actor),
    });
    await tx.record({ type: 'permanence.entered', advisorId: input.advisorId, facts: { permanenceId: id } });
  }
  return { ok: true, seriesId, dates, leftOut: all.filter((date) => !dates.includes(date)) };
}

function problemOf(input: NewPermanence, zone: string, now: Date): PermanenceProblem | null {
  if (!input.place.trim()) return 'no_place';
  const from = instantOf(zone, input.date, input.from);
  const to = instantOf(zone, input.date, input.to);
  if (!instantOf(zone, input.date, '12:00')) return 'bad_date';
  if (!from || !to || to <= from) return 'bad_times';
  if (from <= now) return 'past_date';
  if (input.everyWeeks === 0) return null;
  const last = instantOf(zone, input.until, '12:00');
  if (!last || input.until < input.date || last.getTime() - now.getTime() > MOST_DAYS * DAY_MS) return 'bad_until';
  return null;
}

/** Whether the advisor already sits somewhere at one of these times. */
async function isTaken(
  tx: Tx,
  advisorId: string,
  times: readonly { from: Date | undefined; to: Date | undefined }[],
): Promise<boolean> {
  const [first, last] = [times[0]?.from, times.at(-1)?.to];
  if (!first || !last) return false;
  const known = await tx.db
    .selectFrom('permanence')
    .where('advisorId', '=', advisorId)
    .where('cancelledAt', 'is', null)
    .where('endsAt', '>', first)
    .where('startsAt', '<', last)
    .select(['startsAt', 'endsAt'])
    .execute();
  return known.some(({ startsAt, endsAt }) =>
    times.some(({ from, to }) => from && to && startsAt < to && from < endsAt),
  );
}

/** Today in the territory, `YYYY-MM-DD`: the first date that can be entered. */
export function todayIn(zone: string, now: Date): string {
  return dateOf(zone, now);
}
