import { dateOf, instantOf } from '../calendar/local-dates.ts';

const FROM = '21:00';
const UNTIL = '08:00';

/** When an SMS nobody is waiting for may leave: now, or at 8 in the morning for one of the night (21 h to 8 h). */
export function outsideQuietHours(at: Date, zone: string): Date {
  const today = dateOf(zone, at);
  const morning = instantOf(zone, today, UNTIL);
  const evening = instantOf(zone, today, FROM);
  if (!morning || !evening) return at;
  if (at < morning) return morning;
  if (at < evening) return at;
  return instantOf(zone, dateOf(zone, new Date(evening.getTime() + 6 * 3_600_000)), UNTIL) ?? at;
}
