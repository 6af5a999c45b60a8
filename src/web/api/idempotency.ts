import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { DB } from '../../desk/tables.ts';
import type { Tx } from '../../desk/tx.ts';
import { prepared } from '../../platform/db/prepared.ts';

export interface Answer {
  status: number;
  body: unknown;
}

/** What a key already stands for: nothing yet, an answer to give again, or another request (a mistake of the caller). */
export type Claimed =
  | { state: 'new'; request: Buffer }
  | { state: 'done'; answer: Answer }
  | { state: 'other_request' };

/**
 * Claims an Idempotency-Key in the caller's name, inside the transaction that does the work: a second request with the
 * same key waits for the first to commit and then gets its answer.
 */
export async function claimKey(tx: Tx, caller: string, key: string, request: unknown): Promise<Claimed> {
  const sha256 = createHash('sha256').update(JSON.stringify(request)).digest();
  tx.keepApart(`key ${key} of ${caller}`);
  // The look comes after the lock: in one statement it would not see what was committed while it waited.
  const [, [known]] = await Promise.all([
    lockKey(tx.db, { both: `${caller} ${key}` }),
    answerOf(tx.db, { caller, key }),
  ]);
  if (!known) return { state: 'new', request: sha256 };
  if (!known.requestSha256.equals(sha256) || known.status === null) return { state: 'other_request' };
  return { state: 'done', answer: { status: known.status, body: known.response } };
}

const lockKey = prepared((db: Kysely<DB>, given: { both: string }) => {
  const lock = sql`select pg_advisory_xact_lock(hashtextextended(${given.both}, 5))`;
  return { compile: () => lock.compile(db) };
});

const answerOf = prepared((db: Kysely<DB>, given: { caller: string; key: string }) =>
  db
    .selectFrom('idempotency')
    .where('caller', '=', given.caller)
    .where('key', '=', given.key)
    .select(['requestSha256', 'status', 'response']),
);

/** Keeps the answer for the key, in the same transaction. */
export async function keepAnswer(
  tx: Tx,
  { caller, key, request }: { caller: string; key: string; request: Buffer },
  { status, body }: Answer,
): Promise<void> {
  await tx.insert('idempotency', {
    caller,
    key,
    requestSha256: request,
    madeAt: tx.now,
    status,
    response: JSON.stringify(body),
  });
}
