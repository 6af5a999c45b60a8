import type { Kysely } from 'kysely';
import type { RingBack } from '../../core/routing/request.ts';
import { type OpenCallbackRow, openCallback } from '../calls/callback-row.ts';
import type { DB } from '../tables.ts';
import { readRoster } from './roster.ts';

export type CallbackShown = OpenCallbackRow & { name: string; ringBack: RingBack };

/** A callback for the customer's own page about it: who, when, on which number. Undefined once it is over. */
export async function readCallback(tx: { db: Kysely<DB>; now: Date }, id: string): Promise<CallbackShown | undefined> {
  const callback = await openCallback(tx.db, { id });
  if (!callback) return undefined;
  const [roster, customer] = await Promise.all([
    readRoster(tx.db, tx.now),
    tx.db.selectFrom('customer').where('id', '=', callback.customerId).select('ringBack').executeTakeFirstOrThrow(),
  ]);
  return { ...callback, name: roster.advisors.get(callback.ownerId)?.name ?? '', ringBack: customer.ringBack };
}
