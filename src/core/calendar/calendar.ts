import { type Calendar, type Day, dayAfter, dayAt, type Opening } from './days.ts';

export type { Calendar, Opening } from './days.ts';

const MINUTE = 60_000;
/** A calendar without an opening for this long is a mistake that its maker should have caught (`hoursProblems`). */
const MOST_DAYS_CLOSED = 400;
/** Openings that follow each other over midnight count as one, up to this many. */
const MOST_OPENINGS_JOINED = 15;
/** About eleven years. No more days are walked through: further away, somebody has mistyped a year, and others wait. */
const MOST_DAYS_WALKED = 4_000;
/** When each opening ends, those that follow it without a gap included. */
const closings = new WeakMap<Opening, number>();

/** Whether the place is open at the instant; the closing instant itself is closed. */
export function isOpen(calendar: Calendar, at: number): boolean {
  const { openings } = dayAt(calendar, at);
  for (const opening of openings) if (opening.from <= at && at < opening.to) return true;
  return false;
}

/** The first instant from `at` on that is open: `at` itself when open. */
export function nextOpening(calendar: Calendar, at: number): number {
  return Math.max(at, openingFrom(calendar, at).from);
}

/**
 * When the opening that holds `at` ends; when closed, the end of the next opening. Openings that meet at midnight are
 * one; a place that never closes answers an end some two weeks ahead.
 */
export function closingOf(calendar: Calendar, at: number): number {
  const opening = openingFrom(calendar, at);
  let closing = closings.get(opening);
  if (closing === undefined) {
    closing = joinedEnd(calendar, opening);
    closings.set(opening, closing);
  }
  return closing;
}

function joinedEnd(calendar: Calendar, opening: Opening): number {
  let { to } = opening;
  for (let joined = 1; joined < MOST_OPENINGS_JOINED; joined += 1) {
    const next = openingFrom(calendar, to);
    if (next.from !== to) break;
    to = next.to;
  }
  return to;
}

/** The last closing of the local day that holds `at`, or undefined when that day has no opening. */
export function lastClosingOfDay(calendar: Calendar, at: number): number | undefined {
  return dayAt(calendar, at).openings.at(-1)?.to;
}

/** The first opening of a local day after the one that holds `at`. */
export function openingOfNextDay(calendar: Calendar, at: number): number {
  return openingFrom(calendar, dayAt(calendar, at).end).from;
}

/** How many local days lie between two instants: 0 on the same day, 1 from any time today to any time tomorrow. */
export function daysBetween(calendar: Calendar, from: number, to: number): number {
  return dayAt(calendar, to).number - dayAt(calendar, from).number;
}

/**
 * The instant at which `minutes` of opening time have passed since `at`. It always lies in an opening or on its end;
 * with 0 minutes it is the next opening.
 */
export function addWorkingMinutes(calendar: Calendar, at: number, minutes: number): number {
  if (!(minutes >= 0)) throw new RangeError(`working minutes must be 0 or more, not ${minutes}`);
  let left = Math.round(minutes * MINUTE);
  let closedDays = 0;
  let day = dayAt(calendar, at);
  for (let days = 0; closedDays <= MOST_DAYS_CLOSED && days <= MOST_DAYS_WALKED; days += 1) {
    closedDays = day.openings.length === 0 ? closedDays + 1 : 0;
    for (const opening of day.openings) {
      if (opening.to < at || (opening.to === at && left > 0)) continue;
      const start = Math.max(opening.from, at);
      if (start + left <= opening.to) return start + left;
      left -= opening.to - start;
    }
    day = dayAfter(calendar, day);
  }
  throw closedDays > MOST_DAYS_CLOSED ? neverOpen(calendar) : new RangeError(`${minutes} working minutes are too many`);
}

/** Minutes of opening time between two instants, of the first eleven years; 0 when `to` is not after `from`. */
export function workingMinutesBetween(calendar: Calendar, from: number, to: number): number {
  if (to <= from) return 0;
  let open = 0;
  let day = dayAt(calendar, from);
  for (let days = 0; day.start < to && days < MOST_DAYS_WALKED; days += 1) {
    for (const opening of day.openings) {
      open += Math.max(0, Math.min(opening.to, to) - Math.max(opening.from, from));
    }
    day = dayAfter(calendar, day);
  }
  return open / MINUTE;
}

/** The openings between two instants, cut to them; those of the first eleven years. */
export function openingsBetween(calendar: Calendar, from: number, to: number): Opening[] {
  const found: Opening[] = [];
  if (to <= from) return found;
  let day = dayAt(calendar, from);
  for (let days = 0; day.start < to && days < MOST_DAYS_WALKED; days += 1) {
    for (const opening of day.openings) {
      const cut = { from: Math.max(opening.from, from), to: Math.min(opening.to, to) };
      if (cut.from < cut.to) found.push(cut);
    }
    day = dayAfter(calendar, day);
  }
  return found;
}

/** The first opening that ends after `at`. */
function openingFrom(calendar: Calendar, at: number): Opening {
  let day: Day = dayAt(calendar, at);
  for (let days = 0; days <= MOST_DAYS_CLOSED; days += 1) {
    for (const opening of day.openings) if (opening.to > at) return opening;
    day = dayAfter(calendar, day);
  }
  throw neverOpen(calendar);
}

function neverOpen(calendar: Calendar): RangeError {
  return new RangeError(`the calendar in ${calendar.timeZone} has no opening within ${MOST_DAYS_CLOSED} days`);
}
