import { randomBytes } from 'node:crypto';
import type { StaffRole } from '../actor.ts';
import type { Tx } from '../tx.ts';
import { tokenHash } from './one-time-links.ts';

/** Makes a bearer token for the API and returns it, once; only its hash is kept. */
export async function makeApiToken(
  tx: Tx,
  { name, role, validForDays }: { name: string; role: StaffRole; validForDays?: number | undefined },
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = validForDays ? new Date(tx.now.getTime() + validForDays * 86_400_000) : null;
  await tx.db
    .insertInto('apiToken')
    .values({ tokenSha256: tokenHash(token), name, role, madeAt: tx.now, expiresAt })
    .execute();
  await tx.db
    .insertInto('audit')
    .values({ at: tx.now, action: 'make API token', facts: JSON.stringify({ role, tokenName: name }) })
    .execute();
  return token;
}
