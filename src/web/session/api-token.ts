import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { Actor } from '../../desk/actor.ts';
import type { House } from '../../desk/house.ts';

/** The integration behind "Authorization: Bearer …", or undefined when there is none or it may not enter any more. */
export async function tokenActor(c: Context, house: House): Promise<Actor | undefined> {
  const token = /^Bearer ([\w-]{20,200})$/.exec(c.req.header('authorization') ?? '')?.[1];
  if (!token) return undefined;
  const row = await house.db
    .selectFrom('apiToken')
    .where('tokenSha256', '=', createHash('sha256').update(token).digest())
    .where('revokedAt', 'is', null)
    .where((eb) => eb.or([eb('expiresAt', 'is', null), eb('expiresAt', '>', house.clock())]))
    .select(['name', 'role'])
    .executeTakeFirst();
  return row && { kind: 'integration', name: row.name, role: row.role };
}
