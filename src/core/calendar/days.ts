import { Temporal } from 'temporal-polyfill';
import { type MinuteSpan, spansOf, WEEKDAYS, type WeeklyHours } from './weekly-hours.ts';

/**
 * When a place is open: hours of the week in the local time of a zone, less the holidays. Plain data, so that a
 * situation holding it can be stored and replayed.
 */
export interface Calendar {
  /** IANA name, such as Europe/Paris. */
  readonly timeZone: string;
  readonly hours: WeeklyHours;
  /** Closed dates, `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
}

/** An uninterrupted opening, in epoch milliseconds: open from `from` on, closed from `to` on. */
export interface Opening {
  readonly from: number;
  readonly to: number;
}

/** A local day: its bounds in epoch milliseconds (23 to 25 hours apart) and its openings in order. */
export interface Day {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly openings: readonly Opening[];
}

const DAY_MS = 86_400_000;
/** About eleven years: a process that lives long must not grow. */
const MOST_DAYS_KEPT = 4_000;
const NO_OPENINGS: readonly Opening[] = [];
const EPOCH = new Temporal.PlainDate(1970, 1, 1);

interface Compiled {
  readonly holidays: ReadonlySet<string>;
  /** Monday first. */
  readonly spans: readonly (readonly MinuteSpan[])[];
  readonly days: Map<number, Day>;
  /** The day asked for last: most questions are about one day. */
  latest: Day | null;
}

/** Zone arithmetic is slow: each calendar's days are worked out once. Keep one calendar object, do not copy it. */
const compiled = new WeakMap<Calendar, Compiled>();
/** The calendar asked for last. */
let latest: { readonly calendar: Calendar; readonly known: Compiled } | null = null;

/** The local day that holds the instant. */
export function dayAt(calendar: Calendar, at: number): Day {
  const known = compiledOf(calendar);
  if (known.latest !== null && known.latest.start <= at && at < known.latest.end) return known.latest;
  if (!Number.isFinite(at)) throw new RangeError(`not an instant: ${at}`);
  let day = dayNumbered(calendar, known, Math.floor(at / DAY_MS));
  while (at < day.start) day = dayNumbered(calendar, known, day.number - 1);
  while (at >= day.end) day = dayNumbered(calendar, known, day.number + 1);
  known.latest = day;
  return day;
}

/** The local day after. */
export function dayAfter(calendar: Calendar, day: Day): Day {
  return dayNumbered(calendar, compiledOf(calendar), day.number + 1);
}

function compiledOf(calendar: Calendar): Compiled {
  if (latest?.calendar === calendar) return latest.known;
  let known = compiled.get(calendar);
  if (!known) {
    const spans = WEEKDAYS.map((weekday) => spansOf(calendar.hours, weekday));
    known = { holidays: new Set(calendar.holidays), spans, days: new Map(), latest: null };
    compiled.set(calendar, known);
  }
  latest = { calendar, known };
  return known;
}

function dayNumbered(calendar: Calendar, known: Compiled, number: number): Day {
  let day = known.days.get(number);
  if (!day) {
    if (known.days.size >= MOST_DAYS_KEPT) known.days.clear();
    day = workOutDay(calendar, known, number);
    known.days.set(number, day);
  }
  return day;
}

function workOutDay(calendar: Calendar, known: Compiled, number: number): Day {
  const date = EPOCH.add({ days: number });
  const start = startOf(date, calendar.timeZone);
  const end = startOf(date.add({ days: 1 }), calendar.timeZone);
  const spans = known.holidays.has(date.toString()) ? [] : (known.spans[date.dayOfWeek - 1] ?? []);
  if (spans.length === 0) return { number, start, end, openings: NO_OPENINGS };
  const instantOf = (minute: number): number =>
    minute === 0 ? start : minute === 1440 ? end : wallTime(date, minute, calendar.timeZone);
  const openings = spans
    .map((span) => ({ from: instantOf(span.from), to: instantOf(span.to) }))
    // An opening that lies in the hour skipped in spring does not take place.
    .filter((opening) => opening.from < opening.to);
  return { number, start, end, openings };
}

function startOf(date: Temporal.PlainDate, timeZone: string): number {
  return date.toZonedDateTime({ timeZone }).epochMilliseconds;
}

/** A wall time that a clock change skips means the hour after, one that comes twice the first (Temporal's default). */
function wallTime(date: Temporal.PlainDate, minute: number, timeZone: string): number {
  const time = new Temporal.PlainTime(Math.floor(minute / 60), minute % 60);
  return date.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
}
