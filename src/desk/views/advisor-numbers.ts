import type { Kysely } from 'kysely';
import type { DB } from '../tables.ts';

/** The phone number of each of these advisors. */
export async function advisorNumbers(db: Kysely<DB>, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('advisor').where('id', 'in', ids).select(['id', 'phone']).execute();
  return new Map(rows.map(({ id, phone }) => [id, phone]));
}
