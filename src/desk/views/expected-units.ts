import { type Kysely, sql } from 'kysely';
import type { DB } from '../tables.ts';
import { type AreaUnit, at } from './caseload-units.ts';

interface Expected {
  units: AreaUnit[];
  /** What loads are counted in: work with customers, or inhabitants while nobody is a customer. */
  weighedBy: 'work' | 'inhabitants';
}

/**
 * Units as they will weigh. While nobody is a customer, by inhabitants. Communes of the départements that have no area
 * yet are added: with the work that as many inhabitants make elsewhere.
 */
export async function withExpected(
  db: Kysely<DB>,
  units: readonly AreaUnit[],
  departements: readonly string[],
): Promise<Expected> {
  const unserved = await readUnserved(db, departements);
  const people = await inhabitantsOf(db, [...new Set(units.map(({ place }) => place.commune))]);
  if (units.some(({ customers }) => customers > 0)) {
    const each = minutesPerInhabitant(units, people);
    const added = unserved.map(({ population, ...unit }) => ({ ...unit, minutes: population * each, customers: 0 }));
    return { units: [...units, ...added], weighedBy: 'work' };
  }
  const areas = units.reduce(
    (count, { place }) => count.set(place.commune, (count.get(place.commune) ?? 0) + 1),
    new Map<string, number>(),
  );
  const weighed = units.map((unit) => {
    const share = (people.get(unit.place.commune) ?? 0) / (areas.get(unit.place.commune) ?? 1);
    return { ...unit, minutes: share, customers: Math.round(share) };
  });
  const added = unserved.map(({ population, ...unit }) => ({ ...unit, minutes: population, customers: population }));
  return { units: [...weighed, ...added], weighedBy: 'inhabitants' };
}

/** Work with customers, divided by everyone who lives where there are some. */
function minutesPerInhabitant(units: readonly AreaUnit[], people: ReadonlyMap<string, number>): number {
  const served = units.filter(({ customers }) => customers > 0);
  const inhabitants = [...new Set(served.map(({ place }) => place.commune))].reduce(
    (sum, commune) => sum + (people.get(commune) ?? 0),
    0,
  );
  return served.reduce((sum, { minutes }) => sum + minutes, 0) / Math.max(1, inhabitants);
}

async function inhabitantsOf(db: Kysely<DB>, codes: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ insee: string; population: number }>`
    select insee, population from commune where insee = any(${codes}::text[])`.execute(db);
  return new Map(rows.map(({ insee, population }) => [insee, population]));
}

async function readUnserved(db: Kysely<DB>, departements: readonly string[]) {
  if (departements.length === 0) return [];
  const rows = await db
    .selectFrom('commune')
    .leftJoin('communeContour', 'communeContour.insee', 'commune.insee')
    .where('departementCode', 'in', departements)
    .where('droppedIn', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('area').whereRef('area.communeInsee', '=', 'commune.insee').select('area.id'))),
    )
    .select(['commune.insee', 'population', 'epciCode', 'arrondissement', 'departementCode', 'longitude', 'latitude'])
    .orderBy('commune.insee')
    .execute();
  return rows.map(({ insee, population, epciCode, arrondissement, departementCode, latitude, longitude }) => ({
    id: `new:${insee}`,
    areaId: null,
    advisorId: null,
    place: { commune: insee, epci: epciCode, arrondissement, departement: departementCode, ...at(latitude, longitude) },
    population,
  }));
}
