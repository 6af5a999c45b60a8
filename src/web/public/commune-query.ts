import { type Kysely, sql } from 'kysely';
import { type FoundCommune, findCommunes } from '../../desk/areas/find-communes.ts';
import type { DB } from '../../desk/tables.ts';

/** The commune with this INSEE code, or undefined: for saying its name on a page that was reached through it. */
export async function communeNamed(
  db: Kysely<DB>,
  insee: string,
): Promise<{ insee: string; name: string } | undefined> {
  if (!/^[0-9AB]{5}$/i.test(insee)) return undefined;
  return db.selectFrom('commune').where('insee', '=', insee.toUpperCase()).select(['insee', 'name']).executeTakeFirst();
}

/** The commune someone typed into a form: the only one of that name, or the only one of them that is served. */
export async function communeTyped(
  db: Kysely<DB>,
  typed: string,
): Promise<{ insee: string; name: string } | undefined> {
  const found = await findCommunes(db, { where: typed });
  if (found.kind !== 'found') return undefined;
  const served = found.communes.filter((commune) => commune.served);
  const [only, ...more] = served.length > 0 ? served : found.communes;
  return more.length === 0 ? only : undefined;
}

/** Served communes whose name goes on from this one: "Saint-Laurent" finds Saint-Laurent-en-Grandvaux. */
export async function servedLike(db: Kysely<DB>, name: string): Promise<FoundCommune[]> {
  const rows = await db
    .selectFrom('commune')
    .where((eb) => eb('searchName', 'like', sql<string>`commune_key(${name}) || ' %'`))
    .where((eb) => eb.exists(eb.selectFrom('area').whereRef('communeInsee', '=', 'insee').select('area.id')))
    .select(['insee', 'name', 'postcodes', 'departementCode', 'departementName'])
    .orderBy('population', 'desc')
    .limit(6)
    .execute();
  return rows.map((row) => ({ ...row, served: true }));
}
