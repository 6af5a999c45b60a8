import { spansOf, WEEKDAYS, type Weekday, type WeeklyHours } from '../../core/calendar/weekly-hours.ts';
import type { Locale } from '../../core/text/typeset.ts';
import { type Say, speak, type WordKey } from './words/words.ts';

const dayKeys: Record<Weekday, WordKey> = {
  1: 'mondays',
  2: 'tuesdays',
  3: 'wednesdays',
  4: 'thursdays',
  5: 'fridays',
  6: 'saturdays',
  7: 'sundays',
};

/** Weekly hours as lines to read: days that follow each other with the same hours are joined; closed days are left out. */
export function hourLines(hours: WeeklyHours, locale: Locale): string[] {
  const say = speak(locale);
  return runsOf(hours).map(({ first, last, spans }) => {
    const days =
      first === last ? say(dayKeys[first]) : say('dayRange', { first: say(dayKeys[first]), last: say(dayKeys[last]) });
    return `${sentenceCase(days)}, ${spans.map((span) => spanWords(span, locale, say)).join(', ')}`;
  });
}

interface Run {
  first: Weekday;
  last: Weekday;
  spans: { from: number; to: number }[];
}

function runsOf(hours: WeeklyHours): Run[] {
  const runs: Run[] = [];
  for (const day of WEEKDAYS) {
    const spans = spansOf(hours, day);
    const before = runs.at(-1);
    if (spans.length === 0) continue;
    if (before && before.last === day - 1 && JSON.stringify(before.spans) === JSON.stringify(spans)) before.last = day;
    else runs.push({ first: day, last: day, spans });
  }
  return runs;
}

function spanWords({ from, to }: { from: number; to: number }, locale: Locale, say: Say): string {
  return say('hourRange', { from: minuteWords(from, locale), to: minuteWords(to, locale) });
}

function minuteWords(minute: number, locale: Locale): string {
  const [hour, rest] = [Math.floor(minute / 60), String(minute % 60).padStart(2, '0')];
  if (locale === 'fr') return rest === '00' ? `${hour}\u00a0h` : `${hour}\u00a0h\u00a0${rest}`;
  return `${hour % 12 || 12}${rest === '00' ? '' : `:${rest}`}\u00a0${hour % 24 < 12 ? 'am' : 'pm'}`;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
