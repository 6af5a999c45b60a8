import { clockTime, type DateStyle, daysBetween, dueTime, longDay } from '../../core/text/dates.ts';
import type { Say } from '../words/words.ts';

/** How long someone has waited: minutes up to an hour, then the clock, then the date. */
export function since(at: Date, now: Date, style: DateStyle, say: Say): string {
  const minutes = minutesBetween(at, now);
  if (minutes < 60) return say('waitsSince', { time: say('minutes', { n: Math.max(0, minutes) }) });
  return say('waitsSinceAt', { time: shortPast(at, now, style) });
}

/** When something is due: minutes up to an hour, then the clock, then the date. */
export function due(at: Date, now: Date, style: DateStyle, say: Say): string {
  const minutes = minutesBetween(now, at);
  if (minutes >= 0 && minutes < 60) return say('dueIn', { n: minutes });
  return dueTime(at, now, style);
}

/** A moment that has been: "14 h 05", "hier 14 h 05", "12 nov., 14 h 05". */
export function shortPast(at: Date, now: Date, style: DateStyle): string {
  const days = daysBetween(at, now, style.zone);
  const clock = clockTime(at, style);
  if (days === 0) return clock;
  const fr = style.locale === 'fr';
  if (days === 1) return fr ? `hier ${clock}` : `${clock} yesterday`;
  return `${shortDay(at, now, style)}, ${clock}`;
}

/** "12 nov.", with the year when it is another one. */
export function shortDay(at: Date, now: Date, { locale, zone }: DateStyle): string {
  const year = (date: Date) => new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: zone }).format(date);
  return new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    day: 'numeric',
    month: 'short',
    ...(year(at) === year(now) ? {} : { year: 'numeric' }),
    timeZone: zone,
  }).format(at);
}

/** "lundi 24 novembre à 14 h 05". */
export function fullMoment(at: Date, now: Date, style: DateStyle): string {
  return `${longDay(at, now, style)}, ${clockTime(at, style)}`;
}

export function minutesBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / 60_000);
}

/** The last day of an absence: one that ends at midnight ends with the day before. */
export function lastDay(until: Date, now: Date, style: DateStyle): string {
  return longDay(new Date(until.getTime() - 1), now, style);
}
