import type { Kysely } from 'kysely';
import type { DB } from '../tables.ts';

/** An advisor present as whoever prepares a plan chooses among them. */
export interface ListedColleague {
  id: string;
  name: string;
  /** Part of a full post, 0 to 1. */
  share: number;
  customers: number;
}

/** Everyone present, by family name, also those without customers. */
export async function readColleagues(db: Kysely<DB>): Promise<ListedColleague[]> {
  const rows = await db
    .selectFrom('advisor')
    .where('leftAt', 'is', null)
    .select((eb) => [
      'id',
      'givenName',
      'familyName',
      'share',
      eb
        .selectFrom('customer')
        .whereRef('customer.advisorId', '=', 'advisor.id')
        .where('erasedAt', 'is', null)
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .as('customers'),
    ])
    .orderBy('familyName')
    .orderBy('givenName')
    .orderBy('id')
    .execute();
  return rows.map(({ id, givenName, familyName, share, customers }) => ({
    id,
    name: `${givenName} ${familyName}`,
    share: Number(share),
    customers: Number(customers ?? 0),
  }));
}
