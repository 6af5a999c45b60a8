import { sql } from 'kysely';
import { staffIdOf } from '../../desk/actor.ts';
import { recordLook } from '../../desk/people/record-look.ts';
import type { WebContext } from '../route.ts';

const LOOK_MS = 600_000;

/** Keeps that somebody looked at a customer. One look lasts ten minutes: what is read again by itself is the same look. */
export async function keepLook(c: WebContext, customerId: string): Promise<void> {
  const { house, actor } = c.var;
  const name = actor.kind === 'integration' ? actor.name : null;
  const recent = await house.db
    .selectFrom('audit')
    .where('customerId', '=', customerId)
    .where('at', '>', new Date(house.clock().getTime() - LOOK_MS))
    .where('staffId', 'is not distinct from', staffIdOf(actor))
    .where(sql<boolean>`facts ->> 'integration' is not distinct from ${name}`)
    .select('id')
    .limit(1)
    .executeTakeFirst();
  if (!recent) await house.transact((tx) => recordLook(tx, actor, customerId, 'customer.read'));
}
