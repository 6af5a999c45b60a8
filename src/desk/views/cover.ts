import { isOpen } from '../../core/calendar/calendar.ts';
import { absentUntil, type Cover, coverAt } from '../../core/commitments/cover.ts';
import type { Roster } from './roster.ts';

/** Who answers for an advisor at an instant (epoch milliseconds): themselves unless absent, else whoever stands in. */
export function coverNow(roster: Roster, advisorId: string, now: number): Cover {
  const everyone = [...roster.advisors.values()];
  const colleagues = {
    backups: Object.fromEntries(everyone.map((each) => [each.id, each.backups])),
    pods: Object.fromEntries(everyone.map((each) => [each.id, roster.pods[each.podId] ?? []])),
    leadId: leadOnDuty(roster, now),
  };
  const isWorking = (id: string, at: number) => {
    const hours = roster.advisors.get(id)?.workingHours;
    return hours !== undefined && isOpen(hours, at);
  };
  return coverAt(advisorId, now, roster.absences, colleagues, isWorking);
}

/**
 * Who answers for everyone when nobody else can, and sorts the tray: the first lead who is not absent; while all leads
 * are absent, the first advisor who is not; while everybody is, the first lead.
 */
export function leadOnDuty(roster: Roster, now: number): string {
  const isThere = (id: string) => absentUntil(id, now, roster.absences) === null;
  const onDuty = roster.leadIds.find(isThere) ?? [...roster.advisors.keys()].find(isThere) ?? roster.leadIds[0];
  if (!onDuty) throw new Error('the roster has no lead');
  return onDuty;
}
