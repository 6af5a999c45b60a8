import type { Kysely } from 'kysely';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';

/** Notes what another phone system calls an advisor's phone. False when it is no extension. */
export async function setExtension(tx: Tx, advisorId: string, extension: string): Promise<boolean> {
  if (!/^[0-9A-Za-z*#_.-]{1,40}$/.test(extension)) return false;
  await tx.db.deleteFrom('advisorExtension').where('advisorId', '=', advisorId).execute();
  await tx.db
    .insertInto('advisorExtension')
    .values({ extension, advisorId })
    .onConflict((conflict) => conflict.column('extension').doUpdateSet({ advisorId }))
    .execute();
  return true;
}

/** What another phone system calls the advisors' phones, by advisor. */
export async function extensionsOf(db: Kysely<DB>): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('advisorExtension').select(['advisorId', 'extension']).execute();
  return new Map(rows.map(({ advisorId, extension }) => [advisorId, extension]));
}
