import { Temporal } from 'temporal-polyfill';

/** The instant of a local date (`YYYY-MM-DD`) and time (`HH:MM`) in a zone; undefined when it is no date or no time. */
export function instantOf(timeZone: string, date: string, time: string): Date | undefined {
  try {
    const local = Temporal.PlainDate.from(date, { overflow: 'reject' }).toPlainDateTime(Temporal.PlainTime.from(time));
    return new Date(local.toZonedDateTime(timeZone).epochMilliseconds);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The local date (`YYYY-MM-DD`) an instant falls on. */
export function dateOf(timeZone: string, at: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** The date itself and the same weekday every so many weeks, up to and including `until`; both `YYYY-MM-DD`. */
export function everyWeeks(first: string, until: string, weeks: number): string[] {
  const last = Temporal.PlainDate.from(until);
  const dates: string[] = [];
  for (
    let date = Temporal.PlainDate.from(first);
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ weeks })
  )
    dates.push(date.toString());
  return dates;
}
