import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { DateTime } from 'luxon';
import { tzlib_get_ical_block as zoneRules } from 'timezones-ical-library';
import type { PermanenceRead } from '../../../desk/views/permanences.ts';

export interface CalendarAbout {
  name: string;
  /** Host name of this installation: part of what makes every date known again. */
  domain: string;
  timeZone: string;
  /** What one date is called: "Ana Perrin à Saint-Claude". */
  titleOf(permanence: PermanenceRead): string;
}

/**
 * Permanences as a calendar to subscribe to (RFC 5545): every date is an entry of its own with an id that stays, a
 * sequence that counts changes, and local times with the rules of their zone, so that nine o'clock stays nine o'clock in
 * winter. Cancelled dates say so.
 */
export function calendarOf(permanences: readonly PermanenceRead[], about: CalendarAbout): string {
  const calendar = ical({
    name: about.name,
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Visavis', product: 'permanences' },
    timezone: { name: about.timeZone, generator: (zone) => zoneRules(zone)[0] ?? null },
    ttl: 3600,
  });
  for (const permanence of permanences)
    calendar.createEvent({
      id: `${permanence.id}@${about.domain}`,
      sequence: permanence.sequence,
      stamp: DateTime.fromJSDate(permanence.changedAt, { zone: 'utc' }),
      // A plain Date would be written in this machine's own zone.
      start: DateTime.fromJSDate(permanence.startsAt, { zone: about.timeZone }),
      end: DateTime.fromJSDate(permanence.endsAt, { zone: about.timeZone }),
      timezone: about.timeZone,
      summary: about.titleOf(permanence),
      location: `${permanence.place}, ${permanence.commune.name}`,
      description: permanence.why,
      status: permanence.cancelledAt ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  return calendar.toString();
}
