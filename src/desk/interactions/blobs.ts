import { createHash } from 'node:crypto';
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
