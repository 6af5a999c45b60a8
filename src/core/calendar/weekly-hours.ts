/** ISO weekday: Monday 1 to Sunday 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** One opening of a day in local wall time, `HH:MM`; `to` may be `24:00`. */
export interface HoursSpan {
  readonly from: string;
  readonly to: string;
}

/** Opening or working hours of a week, as stored in jsonb. A missing weekday is a closed one. */
export type WeeklyHours = Readonly<Record<Weekday, readonly HoursSpan[]>>;

export const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** A week that is closed all along. */
export const CLOSED_WEEK: WeeklyHours = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] };

/** Minutes after midnight, half open: from ≤ minute < to. */
export interface MinuteSpan {
  readonly from: number;
  readonly to: number;
}

export type HoursProblem =
  | { readonly code: 'not_a_time'; readonly weekday: Weekday; readonly value: string }
  | { readonly code: 'ends_before_it_starts'; readonly weekday: Weekday; readonly span: HoursSpan }
  | { readonly code: 'overlap'; readonly weekday: Weekday; readonly span: HoursSpan }
  | { readonly code: 'never_open' };

/** What is wrong with hours that someone typed; an empty list when they can be used. */
export function hoursProblems(hours: WeeklyHours): HoursProblem[] {
  const problems = WEEKDAYS.flatMap((weekday) => dayProblems(weekday, hours[weekday] ?? []));
  if (problems.length === 0 && WEEKDAYS.every((weekday) => (hours[weekday] ?? []).length === 0)) {
    return [{ code: 'never_open' }];
  }
  return problems;
}

/** The spans of one weekday in order, touching or overlapping ones joined. Throws RangeError on a malformed time. */
export function spansOf(hours: WeeklyHours, weekday: Weekday): MinuteSpan[] {
  const sorted = (hours[weekday] ?? [])
    .map((span) => ({ from: minuteOrThrow(span.from), to: minuteOrThrow(span.to) }))
    .filter((span) => span.from < span.to)
    .sort((a, b) => a.from - b.from);
  const joined: MinuteSpan[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last && span.from <= last.to) joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else joined.push(span);
  }
  return joined;
}

function dayProblems(weekday: Weekday, spans: readonly HoursSpan[]): HoursProblem[] {
  const problems: HoursProblem[] = [];
  const taken: MinuteSpan[] = [];
  for (const span of spans) {
    const from = minuteOf(span.from);
    const to = minuteOf(span.to);
    if (from === undefined) problems.push({ code: 'not_a_time', weekday, value: span.from });
    if (to === undefined) problems.push({ code: 'not_a_time', weekday, value: span.to });
    if (from === undefined || to === undefined) continue;
    if (from >= to) problems.push({ code: 'ends_before_it_starts', weekday, span });
    else if (taken.some((other) => from < other.to && other.from < to)) {
      problems.push({ code: 'overlap', weekday, span });
    }
    taken.push({ from, to });
  }
  return problems;
}

function minuteOf(time: string): number | undefined {
  const match = /^(\d{2}):(\d{2})$/.exec(time);
  if (!match) return undefined;
  const minute = Number(match[1]) * 60 + Number(match[2]);
  return Number(match[2]) < 60 && minute <= 1440 ? minute : undefined;
}

function minuteOrThrow(time: string): number {
  const minute = minuteOf(time);
  if (minute === undefined) throw new RangeError(`not a time of day: ${time}`);
  return minute;
}
