import type { Kysely } from 'kysely';
import type { DB } from '../../desk/tables.ts';

/** The commune with this INSEE code, or undefined: for saying its name on a page that was reached through it. */
export async function communeNamed(
  db: Kysely<DB>,
  insee: string,
): Promise<{ insee: string; name: string } | undefined> {
  if (!/^[0-9AB]{5}$/i.test(insee)) return undefined;
  return db.selectFrom('commune').where('insee', '=', insee.toUpperCase()).select(['insee', 'name']).executeTakeFirst();
}

/** The commune someone typed into a form, when there is exactly one of that name or code. */
export async function communeTyped(
  db: Kysely<DB>,
  typed: string,
): Promise<{ insee: string; name: string } | undefined> {
  const name = typed.trim().slice(0, 100);
  if (!name) return undefined;
  const found = await db
    .selectFrom('commune')
    .where((eb) => eb('searchName', '=', eb.fn<string>('commune_key', [eb.val(name)])))
    .select(['insee', 'name'])
    .limit(2)
    .execute();
  return found.length === 1 ? found[0] : undefined;
}
