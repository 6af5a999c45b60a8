import { hoursProblems, type WeeklyHours } from '../../core/calendar/weekly-hours.ts';
import { normalisePhone } from '../../core/identity/phone.ts';
import type { Actor } from '../actor.ts';
import { newId } from '../id.ts';
import { isDemo } from '../operator.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { holidayRegionOf } from './holidays.ts';

export interface NewOffice {
  name: string;
  communeInsee: string;
  street: string;
  postcode: string;
  phone?: string;
  openingHours: WeeklyHours;
}

export type OfficeAdded =
  | { ok: true; id: string }
  | { ok: false; why: 'not_allowed' | 'name_missing' | 'unknown_commune' | 'phone_unreadable' | 'hours_unusable' };

/** Opens an office; its public holidays are those of its département. */
export async function addOffice(tx: Tx, actor: Actor, input: NewOffice): Promise<OfficeAdded> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  if (!input.name.trim()) return { ok: false, why: 'name_missing' };
  if (hoursProblems(input.openingHours).length > 0) return { ok: false, why: 'hours_unusable' };
  const phone = input.phone ? normalisePhone(input.phone) : null;
  if (phone === undefined) return { ok: false, why: 'phone_unreadable' };
  const commune = await tx.db
    .selectFrom('commune')
    .where('insee', '=', input.communeInsee)
    .select(['insee', 'departementCode'])
    .executeTakeFirst();
  if (!commune) return { ok: false, why: 'unknown_commune' };
  const id = newId();
  await tx.db
    .insertInto('office')
    .values({
      id,
      name: input.name.trim(),
      communeInsee: commune.insee,
      street: input.street.trim(),
      postcode: input.postcode.trim(),
      phone,
      holidayRegion: holidayRegionOf(commune.departementCode),
      openingHours: JSON.stringify(input.openingHours),
      demo: await isDemo(tx.db),
    })
    .execute();
  await tx.record({ type: 'office.added', facts: { officeId: id } });
  return { ok: true, id };
}

export type PodAdded = { ok: true; id: string } | { ok: false; why: 'not_allowed' | 'name_missing' | 'unknown_office' };

/** Starts a pod in an office. */
export async function addPod(tx: Tx, actor: Actor, input: { officeId: string; name: string }): Promise<PodAdded> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  if (!input.name.trim()) return { ok: false, why: 'name_missing' };
  const office = await tx.db.selectFrom('office').where('id', '=', input.officeId).select('id').executeTakeFirst();
  if (!office) return { ok: false, why: 'unknown_office' };
  const id = newId();
  await tx.db
    .insertInto('pod')
    .values({ id, officeId: office.id, name: input.name.trim(), demo: await isDemo(tx.db) })
    .execute();
  return { ok: true, id };
}

export interface NewArea {
  communeInsee: string;
  officeId: string;
  advisorId: string;
}

export type AreaAdded =
  | { ok: true; id: string }
  | { ok: false; why: 'not_allowed' | 'unknown_commune' | 'unknown_office' | 'unknown_advisor' | 'has_areas' };

/** Serves a whole commune from an office by an advisor. */
export async function addArea(tx: Tx, actor: Actor, input: NewArea): Promise<AreaAdded> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  const commune = await tx.db
    .selectFrom('commune')
    .where('insee', '=', input.communeInsee)
    .select('insee')
    .forUpdate()
    .executeTakeFirst();
  if (!commune) return { ok: false, why: 'unknown_commune' };
  const office = await tx.db.selectFrom('office').where('id', '=', input.officeId).select('id').executeTakeFirst();
  if (!office) return { ok: false, why: 'unknown_office' };
  if (!(await isPresent(tx, input.advisorId))) return { ok: false, why: 'unknown_advisor' };
  const other = await tx.db
    .selectFrom('area')
    .where('communeInsee', '=', commune.insee)
    .select('id')
    .executeTakeFirst();
  if (other) return { ok: false, why: 'has_areas' };
  const id = newId();
  await tx.db
    .insertInto('area')
    .values({ id, ...input, demo: await isDemo(tx.db) })
    .execute();
  await tx.record({ type: 'area.added', advisorId: input.advisorId, facts: { areaId: id, insee: commune.insee } });
  return { ok: true, id };
}

export type AreaCut =
  | { ok: true; areaIds: string[] }
  | {
      ok: false;
      why:
        | 'not_allowed'
        | 'unknown_area'
        | 'already_cut'
        | 'too_few_sectors'
        | 'sector_unnamed'
        | 'sector_twice'
        | 'unknown_advisor';
    };

/**
 * Cuts a commune's one area into sectors, each with its advisor. The area itself becomes the first sector, so that
 * customers stay where they are and with whom they are until somebody moves them.
 */
export async function cutIntoSectors(
  tx: Tx,
  actor: Actor,
  { areaId, sectors }: { areaId: string; sectors: readonly { name: string; advisorId: string }[] },
): Promise<AreaCut> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  const area = await tx.db.selectFrom('area').where('id', '=', areaId).selectAll().forUpdate().executeTakeFirst();
  if (!area) return { ok: false, why: 'unknown_area' };
  if (area.sector !== null) return { ok: false, why: 'already_cut' };
  const [first, ...others] = sectors.map((sector) => ({ ...sector, name: sector.name.trim() }));
  if (!first || others.length === 0) return { ok: false, why: 'too_few_sectors' };
  const names = [first, ...others].map((sector) => sector.name.toLowerCase());
  if (names.includes('')) return { ok: false, why: 'sector_unnamed' };
  if (new Set(names).size < names.length) return { ok: false, why: 'sector_twice' };
  for (const { advisorId } of [first, ...others])
    if (!(await isPresent(tx, advisorId))) return { ok: false, why: 'unknown_advisor' };
  await tx.db
    .updateTable('area')
    .set({ sector: first.name, advisorId: first.advisorId })
    .where('id', '=', areaId)
    .execute();
  const added = others.map((sector) => ({
    id: newId(),
    communeInsee: area.communeInsee,
    officeId: area.officeId,
    demo: area.demo,
    sector: sector.name,
    advisorId: sector.advisorId,
  }));
  await tx.db.insertInto('area').values(added).execute();
  await tx.record({ type: 'area.cut', facts: { areaId, sectors: sectors.length } });
  return { ok: true, areaIds: [areaId, ...added.map((each) => each.id)] };
}

async function isPresent({ db }: Tx, advisorId: string): Promise<boolean> {
  const found = await db
    .selectFrom('advisor')
    .where('id', '=', advisorId)
    .where('leftAt', 'is', null)
    .select('id')
    .executeTakeFirst();
  return found !== undefined;
}
