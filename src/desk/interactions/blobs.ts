import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../tx.ts';

/** Stores bytes under their SHA-256, once, in the transaction of what refers to them. Returns the hash. */
export async function storeBlob(tx: Tx, bytes: Uint8Array): Promise<Buffer> {
  const sha256 = createHash('sha256').update(bytes).digest();
  await tx.db
    .insertInto('blob')
    .values({ sha256, bytes: Buffer.from(bytes), storedAt: tx.now })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute();
  return sha256;
}

/** Deletes these bytes where nothing refers to them any more; which tables may is asked of the database itself. */
export async function forgetBlobs({ db }: Tx, hashes: readonly Buffer[]): Promise<void> {
  if (hashes.length === 0) return;
  const { rows } = await sql<{ table: string; column: string }>`
    select c.conrelid::regclass::text as "table", a.attname as "column"
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'blob'::regclass`.execute(db);
  const unused = rows.map(
    ({ table, column }) => sql`not exists (select from ${sql.table(table)} r where r.${sql.ref(column)} = blob.sha256)`,
  );
  await sql`delete from blob where sha256 = any(${hashes}) and ${sql.join(unused, sql` and `)}`.execute(db);
}
