import { type HoursSpan, WEEKDAYS, type Weekday, type WeeklyHours } from './weekly-hours.ts';

/** What was typed for each weekday, or as it is shown to be typed over. */
export type TypedHours = Readonly<Record<Weekday, string>>;

/**
 * Hours as people type them, a line a weekday: "8h30-12h, 13h-18h", "08:30–12:00 13:00–18:00", nothing for a closed day.
 * Days that cannot be read are listed; the times themselves are judged by `hoursProblems`.
 */
export function readTypedHours(typed: TypedHours): { hours: WeeklyHours; unreadable: Weekday[] } {
  const unreadable: Weekday[] = [];
  const days = WEEKDAYS.map((weekday): [Weekday, HoursSpan[]] => {
    const spans = readDay(typed[weekday]);
    if (!spans) unreadable.push(weekday);
    return [weekday, spans ?? []];
  });
  return { hours: Object.fromEntries(days) as unknown as WeeklyHours, unreadable };
}

/** The hours of one weekday to type over: "08:30–12:00, 13:00–18:00"; empty for a closed day. */
export function typedDay(spans: readonly HoursSpan[]): string {
  return spans.map(({ from, to }) => `${from}–${to}`).join(', ');
}

const TIME = String.raw`(\d{1,2})(?:\s*[h:.]\s*(\d{2})?)?`;
const SPAN = new RegExp(String.raw`${TIME}\s*(?:[-–—]|à|to|until)\s*${TIME}`, 'giu');

function readDay(typed: string): HoursSpan[] | undefined {
  const spans: HoursSpan[] = [];
  const rest = typed.replace(SPAN, (_, fromHour: string, fromMinute = '', toHour: string, toMinute = '') => {
    spans.push({ from: clock(fromHour, fromMinute), to: clock(toHour, toMinute) });
    return '';
  });
  return /^[\s,;/&]*(et|and)?[\s,;/&]*$/iu.test(rest) ? spans : undefined;
}

function clock(hour: string, minute: string): string {
  return `${hour.padStart(2, '0')}:${(minute || '0').padStart(2, '0')}`;
}
