import type { Tx } from '../tx.ts';

/** The customer with a lock on it, or undefined when there is none (any more). Changes of one customer come one by one. */
export async function lockCustomer(
  { db }: Tx,
  id: string,
): Promise<{ id: string; advisorId: string; areaId: string } | undefined> {
  return db
    .selectFrom('customer')
    .where('id', '=', id)
    .where('erasedAt', 'is', null)
    .select(['id', 'advisorId', 'areaId'])
    .forNoKeyUpdate()
    .executeTakeFirst();
}
