import { type Kysely, sql } from 'kysely';
import type { DB } from '../tables.ts';

/** A customer as whoever keeps the register sees them: everything that can be changed, with its id. */
export interface CustomerFile {
  id: string;
  kind: 'household' | 'business' | 'town_hall';
  name: string;
  reference: string;
  locale: 'fr' | 'en';
  ringBack: 'ask' | 'always' | 'never';
  createdAt: Date;
  commune: { insee: string; name: string; postcode: string };
  sector: string | null;
  advisor: { id: string; name: string };
  /** Who serves the area they live in: another person after they have moved house. */
  areaAdvisor: { id: string; name: string };
  persons: { id: string; givenName: string; familyName: string; role: string | null }[];
  points: { id: string; kind: 'phone' | 'mail' | 'postal'; value: string; failing: boolean }[];
  lines: { id: string; reference: string; product: string; serviceLevel: string; levelFr: string; levelEn: string }[];
}

/** The register's page of one customer; undefined when there is none, or they were erased. */
export async function readCustomerFile(db: Kysely<DB>, id: string): Promise<CustomerFile | undefined> {
  const row = await db
    .selectFrom('customer')
    .innerJoin('area', 'area.id', 'customer.areaId')
    .innerJoin('commune', 'commune.insee', 'area.communeInsee')
    .innerJoin('advisor as own', 'own.id', 'customer.advisorId')
    .innerJoin('advisor as local', 'local.id', 'area.advisorId')
    .where('customer.id', '=', id)
    .where('customer.erasedAt', 'is', null)
    .select(['customer.id', 'kind', 'customer.name', 'reference', 'locale', 'ringBack', 'customer.createdAt', 'sector'])
    .select(['insee', 'commune.name as communeName', 'postcodes', 'own.id as ownId', 'local.id as localId'])
    .select([
      sql<string>`own.given_name || ' ' || own.family_name`.as('ownName'),
      sql<string>`local.given_name || ' ' || local.family_name`.as('localName'),
    ])
    .executeTakeFirst();
  if (!row) return undefined;
  const { ownId, ownName, localId, localName, insee, communeName, postcodes, ...rest } = row;
  const [persons, points, lines] = await Promise.all([personsOf(db, id), pointsOf(db, id), linesOf(db, id)]);
  return {
    ...rest,
    commune: { insee, name: communeName, postcode: postcodes[0] ?? '' },
    advisor: { id: ownId, name: ownName },
    areaAdvisor: { id: localId, name: localName },
    persons,
    points,
    lines,
  };
}

function personsOf(db: Kysely<DB>, customerId: string): Promise<CustomerFile['persons']> {
  return db
    .selectFrom('person')
    .where('customerId', '=', customerId)
    .select(['id', 'givenName', 'familyName', 'role'])
    .orderBy('id')
    .execute();
}

async function pointsOf(db: Kysely<DB>, customerId: string): Promise<CustomerFile['points']> {
  const rows = await db
    .selectFrom('contactPoint')
    .where('customerId', '=', customerId)
    .select(['id', 'kind', 'value', 'failingSince'])
    .orderBy(sql`array_position(array['phone', 'mail', 'postal'], kind)`)
    .orderBy('id')
    .execute();
  return rows.map(({ failingSince, ...point }) => ({ ...point, failing: failingSince !== null }));
}

function linesOf(db: Kysely<DB>, customerId: string): Promise<CustomerFile['lines']> {
  return db
    .selectFrom('line')
    .innerJoin('serviceLevel', 'serviceLevel.code', 'line.serviceLevel')
    .where('customerId', '=', customerId)
    .select(['line.id', 'reference', 'product', 'line.serviceLevel', 'nameFr as levelFr', 'nameEn as levelEn'])
    .orderBy('line.id')
    .execute();
}
