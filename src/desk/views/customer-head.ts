import { type Kysely, sql } from 'kysely';
import { takesSms } from '../../core/identity/phone.ts';
import { spacedPhone } from '../../core/text/phone.ts';
import { shownName } from '../advisors/shown-name.ts';
import type { DB } from '../tables.ts';
import { awayNow } from './advisor-card.ts';
import { type Roster, readRoster } from './roster.ts';

export interface CustomerHead {
  id: string;
  name: string;
  kind: 'household' | 'business' | 'town_hall';
  reference: string;
  locale: 'fr' | 'en';
  commune: string;
  postcode: string | null;
  sector: string | null;
  advisor: { id: string; name: string; phone: string; away: { until: Date } | null };
  backups: { id: string; name: string }[];
  persons: { id: string; name: string; role: string | null }[];
  contactPoints: {
    id: string;
    kind: 'phone' | 'mail' | 'postal';
    value: string;
    shown: string;
    failing: boolean;
    /** A mobile whose owner did not write STOP. */
    takesSms: boolean;
  }[];
  lines: { reference: string; product: string; serviceLevel: { fr: string; en: string } }[];
  since: Date;
}

/** Who a customer is and who looks after them; undefined when there is none. */
export async function customerHead(db: Kysely<DB>, now: Date, id: string): Promise<CustomerHead | undefined> {
  const row = await db
    .selectFrom('customer')
    .innerJoin('area', 'area.id', 'customer.areaId')
    .innerJoin('commune', 'commune.insee', 'area.communeInsee')
    .innerJoin('advisor', 'advisor.id', 'customer.advisorId')
    .where('customer.id', '=', id)
    .where('customer.erasedAt', 'is', null)
    .select(['customer.id', 'customer.name', 'kind', 'reference', 'locale', 'customer.createdAt', 'area.sector'])
    .select(['commune.name as commune', 'commune.postcodes', 'advisor.id as advisorId', 'advisor.phone'])
    .select(['givenName', 'familyName', 'shownAs'])
    .executeTakeFirst();
  if (!row) return undefined;
  const roster = await readRoster(db, now);
  const [persons, contactPoints, lines] = await Promise.all([personsOf(db, id), pointsOf(db, id), linesOf(db, id)]);
  const away = awayNow(roster, row.advisorId, now);
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    reference: row.reference,
    locale: row.locale,
    commune: row.commune,
    postcode: row.postcodes[0] ?? null,
    sector: row.sector,
    advisor: { id: row.advisorId, name: shownName(row), phone: row.phone, away: away && { until: away.until } },
    backups: backupsOf(roster, row.advisorId),
    persons,
    contactPoints,
    lines,
    since: row.createdAt,
  };
}

function backupsOf(roster: Roster, advisorId: string): { id: string; name: string }[] {
  const ids = roster.advisors.get(advisorId)?.backups ?? [];
  return ids.map((id) => ({ id, name: roster.advisors.get(id)?.name ?? '' }));
}

function personsOf(db: Kysely<DB>, customerId: string): Promise<CustomerHead['persons']> {
  return db
    .selectFrom('person')
    .where('customerId', '=', customerId)
    .orderBy('id')
    .select(['id', 'role', sql<string>`trim(given_name || ' ' || family_name)`.as('name')])
    .execute();
}

async function pointsOf(db: Kysely<DB>, customerId: string): Promise<CustomerHead['contactPoints']> {
  const rows = await db
    .selectFrom('contactPoint')
    .where('customerId', '=', customerId)
    .orderBy(sql`array_position(array['phone', 'mail', 'postal'], kind)`)
    .orderBy('id')
    .select(['id', 'kind', 'value', 'failingSince'])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('smsStop')
          .whereRef('smsStop.phone', '=', 'contactPoint.value')
          .where('resumedAt', 'is', null)
          .select('smsStop.id'),
      ).as('stopped'),
    )
    .execute();
  return rows.map(({ failingSince, stopped, ...row }) => ({
    ...row,
    takesSms: row.kind === 'phone' && !stopped && takesSms(row.value),
    shown: row.kind === 'phone' ? spacedPhone(row.value) : row.value,
    failing: failingSince !== null,
  }));
}

async function linesOf(db: Kysely<DB>, customerId: string): Promise<CustomerHead['lines']> {
  const rows = await db
    .selectFrom('line')
    .innerJoin('serviceLevel', 'serviceLevel.code', 'line.serviceLevel')
    .where('customerId', '=', customerId)
    .orderBy('line.id')
    .select(['reference', 'product', 'nameFr', 'nameEn'])
    .execute();
  return rows.map(({ nameFr, nameEn, ...row }) => ({ ...row, serviceLevel: { fr: nameFr, en: nameEn } }));
}
