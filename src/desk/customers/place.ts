import { findCommunes } from '../areas/find-communes.ts';
import type { Tx } from '../tx.ts';
import type { CustomerProblem } from './problems.ts';

export interface Place {
  areaId: string;
  advisorId: string;
}

/** The area for a commune (INSEE code, or name with postcode or département) and, in a large town, a sector. */
export async function placeCustomer(
  { db }: Pick<Tx, 'db'>,
  commune: string,
  sector: string | undefined,
): Promise<Place | CustomerProblem> {
  if (!commune.trim()) return { field: 'commune', why: 'missing', value: '' };
  const found = await findCommunes(db, { where: commune });
  if (found.kind !== 'found') return { field: 'commune', why: 'unknown', value: commune };
  const served = found.communes.filter((each) => each.served);
  if (served.length > 1)
    return {
      field: 'commune',
      why: 'choose',
      value: commune,
      choices: served.map((each) => `${each.insee} ${each.name}`),
    };
  const insee = served[0]?.insee;
  if (!insee) return { field: 'commune', why: 'not_served', value: found.communes[0]?.name ?? commune };
  return inSector(db, insee, sector);
}

async function inSector(db: Tx['db'], insee: string, sector: string | undefined): Promise<Place | CustomerProblem> {
  const areas = await db
    .selectFrom('area')
    .where('communeInsee', '=', insee)
    .select(['id as areaId', 'advisorId', 'sector'])
    .orderBy('sector')
    .execute();
  const [only] = areas;
  if (areas.length === 1 && only && !sector) return only;
  const choices = areas.flatMap((area) => area.sector ?? []);
  if (!sector) return { field: 'sector', why: 'choose', value: '', choices };
  const named = areas.find((area) => area.sector?.toLowerCase() === sector.trim().toLowerCase());
  return named ?? { field: 'sector', why: choices.length > 0 ? 'choose' : 'unknown', value: sector, choices };
}
