import { hoursProblems, type WeeklyHours } from '../../core/calendar/weekly-hours.ts';
import { normalisePhone } from '../../core/identity/phone.ts';
import type { Actor } from '../actor.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { holidayRegions } from './holidays.ts';

export interface OfficeSaid {
  officeId: string;
  name: string;
  street: string;
  postcode: string;
  phone: string;
  openingHours: WeeklyHours;
  holidayRegion: string;
}

export type OfficeEdited =
  | { ok: true }
  | {
      ok: false;
      why: 'not_allowed' | 'unknown_office' | 'name_missing' | 'phone_unreadable' | 'hours_unusable' | 'unknown_region';
    };

/** Changes what is said of an office, its hours and its public holidays. Due times follow at once. */
export async function editOffice(tx: Tx, actor: Actor, input: OfficeSaid): Promise<OfficeEdited> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  if (!input.name.trim()) return { ok: false, why: 'name_missing' };
  if (hoursProblems(input.openingHours).length > 0) return { ok: false, why: 'hours_unusable' };
  const phone = input.phone.trim() ? normalisePhone(input.phone) : null;
  if (phone === undefined) return { ok: false, why: 'phone_unreadable' };
  if (!holidayRegions.includes(input.holidayRegion)) return { ok: false, why: 'unknown_region' };
  const changed = await tx.db
    .updateTable('office')
    .set({
      name: input.name.trim(),
      street: input.street.trim(),
      postcode: input.postcode.trim(),
      phone,
      openingHours: JSON.stringify(input.openingHours),
      holidayRegion: input.holidayRegion,
    })
    .where('id', '=', input.officeId)
    .returning('id')
    .executeTakeFirst();
  if (!changed) return { ok: false, why: 'unknown_office' };
  await recordChange(tx, actor, {
    action: 'change office',
    event: 'office.changed',
    facts: { officeId: input.officeId, holidayRegion: input.holidayRegion },
  });
  return { ok: true };
}

export type PodRenamed = { ok: true } | { ok: false; why: 'not_allowed' | 'unknown_pod' | 'name_missing' };

/** Gives a pod another name. */
export async function renamePod(
  tx: Tx,
  actor: Actor,
  { podId, name }: { podId: string; name: string },
): Promise<PodRenamed> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  if (!name.trim()) return { ok: false, why: 'name_missing' };
  const changed = await tx.db
    .updateTable('pod')
    .set({ name: name.trim().slice(0, 80) })
    .where('id', '=', podId)
    .returning('id')
    .executeTakeFirst();
  if (!changed) return { ok: false, why: 'unknown_pod' };
  await recordChange(tx, actor, { action: 'rename pod', event: 'pod.renamed', facts: { podId } });
  return { ok: true };
}
