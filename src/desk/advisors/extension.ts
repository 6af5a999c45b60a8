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
