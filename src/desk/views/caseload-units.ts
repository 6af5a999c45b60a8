import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Seat, Unit } from '../../core/caseloads/unit.ts';
import type { DB } from '../tables.ts';

/** Work taken for every customer, and for each exchange of the last 90 days, in minutes (a month has a third of them). */
const assumed = { customerMinutes: 1, exchangeMinutes: 6, months: 3 };

/** A unit, and which customers it stands for. */
export interface AreaUnit extends Unit {
  /** Null: a commune without an area yet, that a plan would serve. */
  areaId: string | null;
}

/**
 * Customers as units, one for each area and advisor, heavy with their number and with what was exchanged of late. Pinned
 * ones are units of their own; an area without customers is one too, so that its newcomers have somebody.
 */
export async function readUnits(db: Kysely<DB>, now: Date): Promise<AreaUnit[]> {
  const { rows } = await sql<UnitRow>`
    with heavy as (
      select customer_id, count(*) as exchanges from interaction
      where at >= ${now}::timestamptz - interval '90 days' and at <= ${now}::timestamptz group by customer_id),
    held as (
      select area_id, customer.advisor_id, pin.customer_id is not null as pinned, count(*)::int as customers,
        coalesce(sum(heavy.exchanges), 0)::int as exchanges,
        avg(extract(epoch from ${now}::timestamptz - tenure.since) / 31557600)::float8 as years
      from customer join tenure on tenure.customer_id = customer.id and until is null
      left join heavy on heavy.customer_id = customer.id left join caseload_pin pin on pin.customer_id = customer.id
      where erased_at is null group by 1, 2, 3
      union all
      select id, advisor_id, false, 0, 0, 0 from area
      where not exists (select from customer where area_id = area.id and erased_at is null))
    select held.area_id as "areaId", held.advisor_id as "advisorId", pinned, customers, exchanges, years, commune.insee,
      commune.epci_code as epci, commune.arrondissement, commune.departement_code as departement, longitude, latitude
    from held join area on area.id = held.area_id join commune on commune.insee = area.commune_insee
    left join commune_contour contour on contour.insee = commune.insee
    order by commune.insee, held.area_id, held.advisor_id, pinned`.execute(db);
  return rows.map(
    ({ areaId, advisorId, pinned, insee, customers, exchanges, years, longitude, latitude, ...place }) => ({
      id: `${areaId}:${advisorId}${pinned ? ':pinned' : ''}`,
      areaId,
      place: { ...place, commune: insee, ...at(latitude, longitude) },
      minutes: customers * assumed.customerMinutes + (exchanges * assumed.exchangeMinutes) / assumed.months,
      customers,
      advisorId,
      tenureYears: Math.max(0, years),
      ...(pinned ? { pinnedTo: advisorId } : {}),
    }),
  );
}

interface UnitRow {
  areaId: string;
  advisorId: string;
  pinned: boolean;
  insee: string;
  epci: string | null;
  arrondissement: string | null;
  departement: string;
  customers: number;
  exchanges: number;
  years: number;
  longitude: number | null;
  latitude: number | null;
}

/** Coordinates, where contours are imported. */
export const at = (latitude: number | null, longitude: number | null) =>
  latitude === null || longitude === null ? {} : { at: { latitude, longitude } };

export interface PresentSeat extends Seat {
  name: string;
}

/** Advisors present who look after customers, and those named, with the part of a caseload they take and their office. */
export async function readSeats(db: Kysely<DB>, named: readonly string[] = []): Promise<PresentSeat[]> {
  const rows = await db
    .selectFrom('advisor')
    .innerJoin('pod', 'pod.id', 'advisor.podId')
    .innerJoin('office', 'office.id', 'pod.officeId')
    .innerJoin('commune', 'commune.insee', 'office.communeInsee')
    .leftJoin('communeContour', 'communeContour.insee', 'commune.insee')
    .where('leftAt', 'is', null)
    .where((eb) =>
      eb.or([
        eb.exists(eb.selectFrom('customer').whereRef('customer.advisorId', '=', 'advisor.id').select('customer.id')),
        ...(named.length > 0 ? [eb('advisor.id', 'in', named)] : []),
      ]),
    )
    .select([
      'advisor.id',
      'givenName',
      'familyName',
      'share',
      'commune.insee',
      'longitude',
      'latitude',
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
      ...at(row.latitude, row.longitude),
    },
  }));
}
