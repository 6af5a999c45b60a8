import type { Kysely } from 'kysely';
import type { WeeklyHours } from '../../core/calendar/weekly-hours.ts';
import { prepared } from '../../platform/db/prepared.ts';
import { shownName } from '../advisors/shown-name.ts';
import type { DB } from '../tables.ts';
import { coverNow } from './cover.ts';
import { type Roster, readRoster } from './roster.ts';

/** Everything a customer may know of an advisor: what stands on their card. */
export interface AdvisorCard {
  id: string;
  /** As customers see it. */
  name: string;
  /** E.164. */
  phone: string;
  mail: string;
  languages: string[];
  hours: WeeklyHours;
  /** Changes with the photo; null when there is none. */
  photoKey: string | null;
  office: { name: string; street: string; postcode: string; commune: string };
  backups: { id: string; name: string }[];
  /** Who answers instead and until when, while absent. */
  away: { cover: { id: string; name: string }; until: Date } | null;
}

/** The card of an advisor, or undefined when there is none or they have left. */
export async function readAdvisorCard(db: Kysely<DB>, now: Date, id: string): Promise<AdvisorCard | undefined> {
  if (!isUuid(id)) return undefined;
  const [[row], roster] = await Promise.all([cardRow(db, { id }), readRoster(db, now)]);
  if (!row) return undefined;
  return {
    id: row.id,
    name: shownName(row),
    phone: row.phone,
    mail: row.mail,
    languages: row.languages,
    hours: row.workingHours as unknown as WeeklyHours,
    photoKey: row.photo?.toString('hex').slice(0, 12) ?? null,
    office: { name: row.officeName, street: row.street, postcode: row.postcode, commune: row.communeName },
    backups: backupsOf(roster, id),
    away: awayNow(roster, id, now),
  };
}

const cardRow = prepared((db: Kysely<DB>, given: { id: string }) =>
  db
    .selectFrom('advisor')
    .innerJoin('pod', 'pod.id', 'advisor.podId')
    .innerJoin('office', 'office.id', 'pod.officeId')
    .innerJoin('commune', 'commune.insee', 'office.communeInsee')
    .where('advisor.id', '=', given.id)
    .where('advisor.leftAt', 'is', null)
    .select(['advisor.id', 'givenName', 'familyName', 'shownAs', 'advisor.phone', 'mail', 'languages', 'photo'])
    .select(['workingHours', 'office.name as officeName', 'street', 'postcode', 'commune.name as communeName']),
);

function backupsOf(roster: Roster, id: string): AdvisorCard['backups'] {
  return (roster.advisors.get(id)?.backups ?? []).flatMap((backupId) => {
    const backup = roster.advisors.get(backupId);
    return backup ? [{ id: backupId, name: backup.name }] : [];
  });
}

/** Who answers in an advisor's place at this moment because of an absence; null when the advisor is not absent. */
export function awayNow(roster: Roster, id: string, now: Date): AdvisorCard['away'] {
  const cover = coverNow(roster, id, now.getTime());
  const name = roster.advisors.get(cover.advisorId)?.name;
  if (cover.until === null || !name) return null;
  return { cover: { id: cover.advisorId, name }, until: new Date(cover.until) };
}

/** The photo of an advisor as stored, or undefined. */
export async function readAdvisorPhoto(db: Kysely<DB>, id: string): Promise<Buffer | undefined> {
  if (!isUuid(id)) return undefined;
  const row = await db
    .selectFrom('advisor')
    .innerJoin('blob', 'blob.sha256', 'advisor.photo')
    .where('advisor.id', '=', id)
    .where('advisor.leftAt', 'is', null)
    .select('bytes')
    .executeTakeFirst();
  return row?.bytes;
}

function isUuid(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
}
