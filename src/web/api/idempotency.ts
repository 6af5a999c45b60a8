import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { DB } from '../../desk/tables.ts';
import type { Tx } from '../../desk/tx.ts';
import { prepared } from '../../platform/db/prepared.ts';

export interface Answer {
  status: number;
  body: unknown;
}

/** What a key already stands for: nothing yet, an answer to give again, or another request (a mistake of the caller). */
export type Claimed = { state: 'new' } | { state: 'done'; answer: Answer } | { state: 'other_request' };

/**
 * Claims an Idempotency-Key in the caller's name, inside the transaction that does the work: a second request with the
 * same key waits for the first to commit and then gets its answer.
 */
export async function claimKey(tx: Tx, caller: string, key: string, request: unknown): Promise<Claimed> {
  const requestSha256 = createHash('sha256').update(JSON.stringify(request)).digest();
  const [claimed] = await claim(tx.db, { caller, key, requestSha256, madeAt: tx.now });
  if (claimed) return { state: 'new' };
  const row = await tx.db
    .selectFrom('idempotency')
    .where('caller', '=', caller)
    .where('key', '=', key)
    .selectAll()
    .executeTakeFirstOrThrow();
  if (!row.requestSha256.equals(requestSha256) || row.status === null) return { state: 'other_request' };
  return { state: 'done', answer: { status: row.status, body: row.response } };
}

interface Claim {
  caller: string;
  key: string;
  requestSha256: Buffer;
  madeAt: Date;
}

const claim = prepared((db: Kysely<DB>, given: Claim) =>
  db
    .insertInto('idempotency')
    .values({ caller: given.caller, key: given.key, requestSha256: given.requestSha256, madeAt: given.madeAt })
    .onConflict((conflict) => conflict.columns(['caller', 'key']).doNothing())
    .returning('key'),
);

/** Keeps the answer for the key, in the same transaction. */
export async function keepAnswer(tx: Tx, caller: string, key: string, answer: Answer): Promise<void> {
  await tx.write(
    tx.db
      .updateTable('idempotency')
      .set({ status: answer.status, response: JSON.stringify(answer.body) })
      .where('caller', '=', caller)
      .where('key', '=', key),
  );
}

/** Gives the key back, in the same transaction: nothing was done, and the request will be mended. */
export async function forgetKey(tx: Tx, caller: string, key: string): Promise<void> {
  await tx.db.deleteFrom('idempotency').where('caller', '=', caller).where('key', '=', key).execute();
}
