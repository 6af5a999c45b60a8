import { type Kysely, sql } from 'kysely';
import type { DB } from '../tables.ts';

/** One EPCI of the territory, and whose customers live there, the most first. */
export interface MapPlace {
  code: string;
  name: string;
  departement: string;
  customers: number;
  held: { advisorId: string; name: string; communes: number; customers: number }[];
}

/** Customers by EPCI (or département, where there is none) and advisor, in the order of the territory. */
export async function readCaseloadMap(db: Kysely<DB>): Promise<MapPlace[]> {
  const { rows } = await sql<MapPlace>`
    with held as (
      select coalesce(epci_code, departement_code) as code, coalesce(epci_name, departement_name) as name,
        min(departement_name) as departement, min(coalesce(arrondissement, '')) as arrondissement, customer.advisor_id,
        count(distinct commune.insee)::int as communes, count(*)::int as customers
      from customer join area on area.id = customer.area_id join commune on commune.insee = area.commune_insee
      where customer.erased_at is null group by 1, 2, customer.advisor_id)
    select code, held.name, min(departement) as departement, sum(customers)::int as customers,
      json_agg(json_build_object('advisorId', advisor.id, 'name', given_name || ' ' || family_name,
        'communes', communes, 'customers', customers) order by customers desc, advisor.id) as held
    from held join advisor on advisor.id = held.advisor_id
    group by code, held.name order by min(departement), min(arrondissement), held.name`.execute(db);
  return rows;
}
