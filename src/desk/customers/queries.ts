import { type Kysely, sql } from 'kysely';
import type { DB } from '../tables.ts';

/**
 * Customers with this number or address on file, once for each of their persons who has it. The kind is said twice because
 * the index leaves postal addresses out: a plan made without the values would not know, and each run would plan anew.
 */
export function customersWithPoint(db: Kysely<DB>, { kind, value }: { kind: 'phone' | 'mail'; value: string }) {
  return db
    .selectFrom('contactPoint')
    .innerJoin('customer', 'customer.id', 'contactPoint.customerId')
    .where('contactPoint.kind', '=', kind)
    .where('contactPoint.kind', '<>', sql.lit('postal'))
    .where('contactPoint.value', '=', value)
    .where('customer.erasedAt', 'is', null);
}
