import type { Kysely } from 'kysely';
import { takesSms } from '../../core/identity/phone.ts';
import { prepared } from '../../platform/db/prepared.ts';
import type { DB } from '../tables.ts';

/**
 * The number of this customer an SMS may go to: on file, a mobile, and nobody there wrote STOP. `preferred` when it is one
 * of them, else the first. Undefined: there is none.
 */
export async function mobileOf(
  db: Kysely<DB>,
  customerId: string,
  preferred?: string | null,
): Promise<string | undefined> {
  const points = await phonesOf(db, { customerId });
  const mobiles = points.map(({ value }) => value).filter(takesSms);
  return mobiles.find((value) => value === preferred) ?? mobiles[0];
}

const phonesOf = prepared((db: Kysely<DB>, given: { customerId: string }) =>
  db
    .selectFrom('contactPoint')
    .innerJoin('customer', 'customer.id', 'contactPoint.customerId')
    .where('customer.erasedAt', 'is', null)
    .where('customerId', '=', given.customerId)
    .where('contactPoint.kind', '=', 'phone')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('smsStop')
            .whereRef('smsStop.phone', '=', 'contactPoint.value')
            .where('smsStop.resumedAt', 'is', null)
            .select('smsStop.id'),
        ),
      ),
    )
    .select('contactPoint.value')
    .orderBy('contactPoint.id'),
);
