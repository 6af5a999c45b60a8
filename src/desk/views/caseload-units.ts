import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Seat, Unit } from '../../core/caseloads/unit.ts';
import type { DB } from '../tables.ts';

/** Work taken for every customer, and for each exchange of the last 90 days, in minutes (a month has a third of them). */
const assumed = { customerMinutes: 1, exchangeMinutes: 6, months: 3 };

/** Customers as units, one for each area and advisor, heavy with their number and with what was exchanged of late. */
export async function readUnits(db: Kysely<DB>, now: Date): Promise<Unit[]> {
  const { rows } = await sql<UnitRow>`
    with heavy as (
      select customer_id, count(*) as exchanges from interaction
      where at >= ${now}::timestamptz - interval '90 days' and at <= ${now}::timestamptz group by customer_id)
    select customer.area_id as "areaId", customer.advisor_id as "advisorId", commune.insee, commune.epci_code as epci,
      commune.arrondissement, commune.departement_code as departement,
      count(*)::int as customers, coalesce(sum(heavy.exchanges), 0)::int as exchanges
    from customer join area on area.id = customer.area_id join commune on commune.insee = area.commune_insee
    left join heavy on heavy.customer_id = customer.id
    where customer.erased_at is null
    group by customer.area_id, customer.advisor_id, commune.insee
    order by commune.insee, customer.area_id, customer.advisor_id`.execute(db);
  return rows.map(({ areaId, advisorId, insee, customers, exchanges, ...place }) => ({
    id: `${areaId}:${advisorId}`,
    place: { ...place, commune: insee },
    minutes: customers * assumed.customerMinutes + (exchanges * assumed.exchangeMinutes) / assumed.months,
    customers,
    advisorId,
  }));
}

interface UnitRow {
  areaId: string;
  advisorId: string;
  insee: string;
  epci: string | null;
  arrondissement: string | null;
  departement: string;
  customers: number;
  exchanges: number;
}

/** Advisors present who look after customers, and a newcomer, with the part of a caseload they take and their office. */
export async function readSeats(db: Kysely<DB>, newcomer?: string): Promise<(Seat & { name: string })[]> {
  const rows = await db
    .selectFrom('advisor')
    .innerJoin('pod', 'pod.id', 'advisor.podId')
    .innerJoin('office', 'office.id', 'pod.officeId')
    .innerJoin('commune', 'commune.insee', 'office.communeInsee')
    .where('leftAt', 'is', null)
    .where((eb) =>
      eb.or([
        eb.exists(eb.selectFrom('customer').whereRef('customer.advisorId', '=', 'advisor.id').select('customer.id')),
        ...(newcomer ? [eb('advisor.id', '=', newcomer)] : []),
      ]),
    )
    .select([
      'advisor.id',
      'givenName',
      'familyName',
      'share',
      'insee',
      'epciCode',
      'arrondissement',
      'departementCode',
    ])
    .orderBy('advisor.id')
    .execute();
  return rows.map((row) => ({
    advisorId: row.id,
    name: `${row.givenName} ${row.familyName}`,
    share: Number(row.share),
    base: {
      commune: row.insee,
      epci: row.epciCode,
      arrondissement: row.arrondissement,
      departement: row.departementCode,
    },
  }));
}
