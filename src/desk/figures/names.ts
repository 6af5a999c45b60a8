import { type Kysely, sql } from 'kysely';
import type { DB } from '../tables.ts';
import type { Division } from './group.ts';

/** How the groups of a division are called; what has no name goes by its key. */
export async function nameGroups(db: Kysely<DB>, division: Division): Promise<(key: string) => string> {
  const names = new Map((await namesOf(db, division)).map(({ key, name }) => [key, name]));
  return (key) => names.get(key) ?? key;
}

async function namesOf(db: Kysely<DB>, division: Division): Promise<{ key: string; name: string }[]> {
  if (division === 'pod') return db.selectFrom('pod').select(['id as key', 'name']).execute();
  if (division !== 'territory') return [];
  const { rows } = await sql<{ key: string; name: string }>`
    select distinct coalesce(epci_code, departement_code) as key, coalesce(epci_name, departement_name) as name
    from commune where coalesce(epci_code, departement_code) in (select distinct territory from contact_fact)`.execute(
    db,
  );
  return rows;
}
