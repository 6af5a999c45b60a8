import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { Actor } from '../../desk/actor.ts';
import type { House } from '../../desk/house.ts';

/** A program sends many requests a second: what was found is believed for this long, so a revoked token ends as late. */
const BELIEVED_MS = 1_000;
const MOST_KEPT = 1_000;
const found = new WeakMap<House, Map<string, { actor: Actor; until: number }>>();

/**
 * The integration behind "Authorization: Bearer …", or undefined when there is none or it may not enter any more. Programs
 * that can only send a name and a password (FreeSWITCH) send the token as the password.
 */
export async function tokenActor(c: Context, house: House): Promise<Actor | undefined> {
  const token = tokenOf(c.req.header('authorization') ?? '');
  if (!token) return undefined;
  const hash = createHash('sha256').update(token).digest();
  const key = hash.toString('base64');
  const kept = found.get(house)?.get(key);
  const now = house.clock().getTime();
  if (kept && now < kept.until) return kept.actor;
  const actor = await lookUp(house, hash);
  if (actor) keep(house, key, { actor, until: now + BELIEVED_MS });
  return actor;
}

function tokenOf(authorization: string): string | undefined {
  const basic = /^Basic ([\w+/=]{20,600})$/.exec(authorization)?.[1];
  const given = basic
    ? Buffer.from(basic, 'base64')
        .toString()
        .replace(/^[^:]*:/, 'Bearer ')
    : authorization;
  return /^Bearer ([\w-]{20,200})$/.exec(given)?.[1];
}

async function lookUp(house: House, tokenSha256: Buffer): Promise<Actor | undefined> {
  const row = await house.db
    .selectFrom('apiToken')
    .where('tokenSha256', '=', tokenSha256)
    .where('revokedAt', 'is', null)
    .where((eb) => eb.or([eb('expiresAt', 'is', null), eb('expiresAt', '>', house.clock())]))
    .select(['name', 'role'])
    .executeTakeFirst();
  return row && { kind: 'integration', name: row.name, role: row.role };
}

function keep(house: House, key: string, entry: { actor: Actor; until: number }): void {
  const entries = found.get(house) ?? new Map<string, { actor: Actor; until: number }>();
  if (entries.size >= MOST_KEPT) entries.clear();
  entries.set(key, entry);
  found.set(house, entries);
}
