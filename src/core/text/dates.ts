import type { Locale } from './typeset.ts';

/** Where and for whom a date is written. */
export interface DateStyle {
  locale: Locale;
  /** IANA name of the territory's time zone. */
  zone: string;
}

const FIXED = '\u00a0';
const NARROW = '\u202f';

/** "14 h 05", "16 h" in French; "2:05 pm", "4 pm" in English. */
export function clockTime(at: Date, { locale, zone }: DateStyle): string {
  const { hour, minute } = parts(at, zone);
  if (locale === 'fr') return minute === 0 ? `${hour}${FIXED}h` : `${hour}${FIXED}h${FIXED}${two(minute)}`;
  return `${hour % 12 || 12}${minute === 0 ? '' : `:${two(minute)}`}${FIXED}${hour < 12 ? 'am' : 'pm'}`;
}

/** "lundi 24 novembre", "Monday 24 November"; with the year when it is not the one of `now`. */
export function longDay(at: Date, now: Date, { locale, zone }: DateStyle): string {
  const year = parts(at, zone).year === parts(now, zone).year ? undefined : 'numeric';
  return dayFormat(locale, zone, year)
    .format(at)
    .replace(',', '')
    .replace(/\b1 (?=\p{L})/u, locale === 'fr' ? '1er ' : '1 ');
}

/** Making a format takes a hundred times as long as using it. */
function dayFormat(locale: Locale, timeZone: string, year: 'numeric' | undefined): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${year}`;
  let format = formats.get(key);
  if (!format) {
    const name = locale === 'fr' ? 'fr-FR' : 'en-GB';
    format = new Intl.DateTimeFormat(name, { weekday: 'long', day: 'numeric', month: 'long', year, timeZone });
    formats.set(key, format);
  }
  return format;
}

/** The time something is owed by, to stand after "avant" or "before": "16 h", "demain 10 h", "mardi 24 novembre, 10 h". */
export function dueTime(at: Date, now: Date, style: DateStyle): string {
  const days = daysBetween(now, at, style.zone);
  const clock = clockTime(at, style);
  const fr = style.locale === 'fr';
  if (days === 0) return fr ? clock : `${clock} today`;
  if (days === 1) return fr ? `demain ${clock}` : `${clock} tomorrow`;
  return fr ? `${longDay(at, now, style)}, ${clock}` : `${clock} on ${longDay(at, now, style)}`;
}

/** The same for a letter or a mail, which is read on another day: "mardi 24 novembre à 10 h". */
export function dueTimeInWriting(at: Date, now: Date, style: DateStyle): string {
  const day = longDay(at, now, style);
  return style.locale === 'fr' ? `le ${day} à ${clockTime(at, style)}` : `${clockTime(at, style)} on ${day}`;
}

/** When something happened: relative up to an hour, then the clock, then the date. */
export function pastTime(at: Date, now: Date, style: DateStyle): string {
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  const fr = style.locale === 'fr';
  if (minutes >= 0 && minutes < 1) return fr ? 'à l’instant' : 'just now';
  if (minutes >= 1 && minutes < 60) return fr ? `il y a ${minutes}${NARROW}min` : `${minutes} min ago`;
  const days = daysBetween(at, now, style.zone);
  const clock = clockTime(at, style);
  if (days === 0) return fr ? `aujourd’hui à ${clock}` : `today at ${clock}`;
  if (days === 1) return fr ? `hier à ${clock}` : `yesterday at ${clock}`;
  return fr ? `${longDay(at, now, style)} à ${clock}` : `${longDay(at, now, style)} at ${clock}`;
}

/** Calendar days from one instant to another, as the territory counts them. */
export function daysBetween(from: Date, to: Date, zone: string): number {
  const midnight = (at: Date) => {
    const { year, month, day } = parts(at, zone);
    return Date.UTC(year, month - 1, day);
  };
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}

const formats = new Map<string, Intl.DateTimeFormat>();

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const MINUTE_MS = 60_000;
const MOST_MINUTES = 1_000;
const minutes = new Map<string, Parts>();

/** The same few minutes are written again and again on one page; every zone of today changes on whole minutes. */
function parts(at: Date, zone: string): Parts {
  const key = `${zone} ${Math.floor(at.getTime() / MINUTE_MS)}`;
  const known = minutes.get(key);
  if (known) return known;
  if (minutes.size >= MOST_MINUTES) minutes.clear();
  const found = partsOf(at, zone);
  minutes.set(key, found);
  return found;
}

function partsOf(at: Date, zone: string): Parts {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    });
    formats.set(zone, format);
  }
  const found = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return found as unknown as Parts;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
