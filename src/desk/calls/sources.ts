import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';

/** A report older or younger than this is not believed: whoever heard one cannot send it again tomorrow. */
export const REPORT_WINDOW_MS = 5 * 60_000;

/**
 * Lets another phone system report calls, and returns its secret. Made again under the same name it has another secret,
 * and the one before is worth nothing.
 */
export async function addCallSource(tx: Tx, key: Buffer, name: string): Promise<string | undefined> {
  if (!/^[a-z0-9-]{1,40}$/.test(name)) return undefined;
  await tx.db
    .insertInto('callSource')
    .values({ name, madeAt: tx.now })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ madeAt: tx.now, endedAt: null }))
    .execute();
  return secretOf(key, { name, madeAt: tx.now });
}

/** From now on this phone system reports nothing. False when there was none. */
export async function endCallSource(tx: Tx, name: string): Promise<boolean> {
  const ended = await tx.db
    .updateTable('callSource')
    .set({ endedAt: tx.now })
    .where('name', '=', name)
    .where('endedAt', 'is', null)
    .returning('name')
    .executeTakeFirst();
  return ended !== undefined;
}

/** Whether such a phone system may report. */
export async function isCallSource(db: Kysely<DB>, name: string): Promise<boolean> {
  return (await sourceOf(db, name)) !== undefined;
}

/**
 * Whether `signature` ("t=SECONDS,v1=HEX", HMAC-SHA256 of "SECONDS.BODY" with the source's secret) is this source's, and
 * of the last five minutes. `keys`: what signs now, and what signed before the secret of the installation was changed.
 */
export async function isSignedBySource(
  { db, now, keys }: { db: Kysely<DB>; now: Date; keys: readonly Buffer[] },
  name: string,
  signature: string,
  body: string,
): Promise<boolean> {
  const [, seconds = '', hex = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature.trim()) ?? [];
  if (!hex || Math.abs(now.getTime() - Number(seconds) * 1_000) > REPORT_WINDOW_MS) return false;
  const source = await sourceOf(db, name);
  if (!source) return false;
  const signatureWith = (key: Buffer) =>
    createHmac('sha256', secretOf(key, source)).update(`${seconds}.${body}`).digest();
  return keys.map((key) => timingSafeEqual(signatureWith(key), Buffer.from(hex, 'hex'))).includes(true);
}

function sourceOf(db: Kysely<DB>, name: string): Promise<{ name: string; madeAt: Date } | undefined> {
  return db
    .selectFrom('callSource')
    .where('name', '=', name)
    .where('endedAt', 'is', null)
    .select(['name', 'madeAt'])
    .executeTakeFirst();
}

function secretOf(key: Buffer, { name, madeAt }: { name: string; madeAt: Date }): string {
  return createHmac('sha256', key)
    .update(`reports of calls by ${name} since ${madeAt.toISOString()}`)
    .digest('base64url');
}
