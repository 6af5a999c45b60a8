import type { Kysely } from 'kysely';
import type { Neighbours } from '../../core/caseloads/adjacency.ts';
import type { DB } from '../tables.ts';

/** Which communes share a border; undefined while no contours are imported. */
export async function readNeighbours(db: Kysely<DB>): Promise<Neighbours | undefined> {
  const known = await db.selectFrom('communeContour').select('insee').execute();
  if (known.length === 0) return undefined;
  const beside = new Map(known.map(({ insee }) => [insee, new Set<string>()]));
  for (const { insee, neighbour } of await db.selectFrom('communeNeighbour').selectAll().execute())
    beside.get(insee)?.add(neighbour);
  return beside;
}

/** Pairs of advisors whose areas share a border; none while no contours are imported. */
export async function readTouching(db: Kysely<DB>): Promise<[string, string][]> {
  const rows = await db
    .selectFrom('communeNeighbour as border')
    .innerJoin('area as one', 'one.communeInsee', 'border.insee')
    .innerJoin('area as other', 'other.communeInsee', 'border.neighbour')
    .whereRef('one.advisorId', '<', 'other.advisorId')
    .select(['one.advisorId as first', 'other.advisorId as second'])
    .distinct()
    .orderBy('first')
    .orderBy('second')
    .execute();
  return rows.map(({ first, second }) => [first, second]);
}

/** A commune we serve with its outline, and whoever has most of its customers (its area's advisor, without any). */
export interface OutlinedCommune {
  insee: string;
  name: string;
  advisorId: string;
  rings: [longitude: number, latitude: number][][];
  longitude: number;
  latitude: number;
}

/** Served communes whose outline is known, by code. */
export async function readOutlines(db: Kysely<DB>): Promise<OutlinedCommune[]> {
  const rows = await db
    .selectFrom('communeContour as contour')
    .innerJoin('commune', 'commune.insee', 'contour.insee')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('area')
          .leftJoin('customer', (join) =>
            join.onRef('customer.areaId', '=', 'area.id').on('customer.erasedAt', 'is', null),
          )
          .whereRef('area.communeInsee', '=', 'contour.insee')
          .select((inner) => inner.fn.coalesce('customer.advisorId', 'area.advisorId').as('advisorId'))
          .groupBy((inner) => inner.fn.coalesce('customer.advisorId', 'area.advisorId'))
          .orderBy((inner) => inner.fn.countAll(), 'desc')
          .limit(1)
          .as('most'),
      (join) => join.onTrue(),
    )
    .select(['contour.insee', 'commune.name', 'most.advisorId', 'contour.rings', 'longitude', 'latitude'])
    .orderBy('contour.insee')
    .execute();
  return rows.map(({ rings, ...row }) => ({ ...row, rings: rings as unknown as OutlinedCommune['rings'] }));
}
