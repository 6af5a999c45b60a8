import type { Kysely } from 'kysely';
import { prepared } from '../../platform/db/prepared.ts';
import type { DB } from '../tables.ts';
import { type ContactCommune, findContact } from './contact.ts';

/** One commune as its page shows it. */
export interface CommuneRead extends ContactCommune {
  epciName: string | null;
}

/** The commune of this INSEE code (of today, or from before a merger) and who serves it; undefined when there is none. */
export async function readCommune(db: Kysely<DB>, now: Date, insee: string): Promise<CommuneRead | undefined> {
  if (!/^(\d{2}|2[AB])\d{3}$/.test(insee)) return undefined;
  const found = await findContact(db, now, { commune: insee });
  const commune = found.kind === 'found' ? found.communes[0] : undefined;
  if (!commune) return undefined;
  const [row] = await epciOf(db, { insee: commune.insee });
  return { ...commune, epciName: row?.epciName ?? null };
}

const epciOf = prepared((db: Kysely<DB>, given: { insee: string }) =>
  db.selectFrom('commune').where('insee', '=', given.insee).select('epciName'),
);

/** Every commune the operator serves, for the list of addresses that search engines read. */
export function servedCommunes(db: Kysely<DB>): Promise<{ insee: string; name: string }[]> {
  return db
    .selectFrom('commune')
    .where((eb) => eb.exists(eb.selectFrom('area').whereRef('communeInsee', '=', 'insee').select('area.id')))
    .select(['insee', 'name'])
    .orderBy('insee')
    .execute();
}
