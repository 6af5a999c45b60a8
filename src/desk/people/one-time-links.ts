import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { DB, OneTimeLink } from '../tables.ts';
import type { Tx } from '../tx.ts';

export type LinkPurpose = OneTimeLink['purpose'];

/** Whom or what a link was made for. */
export interface LinkFor {
  customerId: string | null;
  staffId: string | null;
  payload: unknown;
}

export interface NewLink {
  purpose: LinkPurpose;
  customerId?: string;
  staffId?: string;
  /** Anything the purpose needs when the link is used. */
  payload?: object;
  /** How long the link may be used. */
  validForHours: number;
}

/** Makes a link that can be used once, and returns its token (43 characters for an URL). Only its hash is kept. */
export async function makeOneTimeLink(tx: Tx, link: NewLink): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await tx.db
    .insertInto('oneTimeLink')
    .values({
      tokenSha256: tokenHash(token),
      purpose: link.purpose,
      customerId: link.customerId ?? null,
      staffId: link.staffId ?? null,
      payload: JSON.stringify(link.payload ?? {}),
      madeAt: tx.now,
      expiresAt: new Date(tx.now.getTime() + link.validForHours * 3_600_000),
    })
    .execute();
  return token;
}

/** What this link is for, while it can still be used; changes nothing, so that opening a link confirms nothing. */
export async function findOneTimeLink(
  db: Kysely<DB>,
  now: Date,
  purpose: LinkPurpose,
  token: string,
): Promise<LinkFor | undefined> {
  return db
    .selectFrom('oneTimeLink')
    .where('tokenSha256', '=', tokenHash(token))
    .where('purpose', '=', purpose)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .select(['customerId', 'staffId', 'payload'])
    .executeTakeFirst();
}

/** Uses the link up, for the button's POST. Undefined when it is unknown, used, expired or made for something else. */
export async function useOneTimeLink(tx: Tx, purpose: LinkPurpose, token: string): Promise<LinkFor | undefined> {
  return tx.db
    .updateTable('oneTimeLink')
    .set({ usedAt: tx.now })
    .where('tokenSha256', '=', tokenHash(token))
    .where('purpose', '=', purpose)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', tx.now)
    .returning(['customerId', 'staffId', 'payload'])
    .executeTakeFirst();
}

/** Makes every unused link of a staff member worthless: they left, were invited again, or have set a password. */
export async function withdrawStaffLinks(tx: Tx, staffId: string): Promise<void> {
  await tx.db
    .updateTable('oneTimeLink')
    .set({ usedAt: tx.now })
    .where('staffId', '=', staffId)
    .where('usedAt', 'is', null)
    .execute();
}

/** How a token is kept: by its hash, so that a copy of the database opens nothing. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
