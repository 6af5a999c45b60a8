import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { tokenHash } from './one-time-links.ts';

const DAY_MS = 86_400_000;
/** A session ends after so many days without a visit. */
export const idleDays = 30;

/** Opens a session for exactly this customer and returns its token; the one this browser had before ends. */
export async function openCustomerSession(tx: Tx, customerId: string, before?: string): Promise<string> {
  if (before) await closeCustomerSession(tx, before);
  const token = randomBytes(32).toString('base64url');
  await tx.db
    .insertInto('customerSession')
    .values({ tokenSha256: tokenHash(token), customerId, openedAt: tx.now, expiresAt: idleUntil(tx.now) })
    .execute();
  return token;
}

export async function closeCustomerSession(tx: Tx, token: string): Promise<void> {
  await tx.db
    .updateTable('customerSession')
    .set({ closedAt: tx.now })
    .where('tokenSha256', '=', tokenHash(token))
    .where('closedAt', 'is', null)
    .execute();
}

/** Whose session this is, while it is open; `extended` when this visit moved its end (at most once a day). */
export async function visitCustomerSession(
  db: Kysely<DB>,
  now: Date,
  token: string,
): Promise<{ customerId: string; extended: boolean } | undefined> {
  const session = await db
    .selectFrom('customerSession')
    .innerJoin('customer', 'customer.id', 'customerSession.customerId')
    .where('tokenSha256', '=', tokenHash(token))
    .where('closedAt', 'is', null)
    .where('expiresAt', '>', now)
    .where('customer.erasedAt', 'is', null)
    .select(['customerId', 'expiresAt'])
    .executeTakeFirst();
  if (!session) return undefined;
  const extended = session.expiresAt.getTime() < idleUntil(now).getTime() - DAY_MS;
  if (extended)
    await db
      .updateTable('customerSession')
      .set({ expiresAt: idleUntil(now) })
      .where('tokenSha256', '=', tokenHash(token))
      .where('closedAt', 'is', null)
      .execute();
  return { customerId: session.customerId, extended };
}

function idleUntil(now: Date): Date {
  return new Date(now.getTime() + idleDays * DAY_MS);
}
