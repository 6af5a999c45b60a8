import { type Kysely, sql } from 'kysely';
import { type Continuity, measureContinuity } from '../../core/continuity/indices.ts';
import { FEWEST_SHOWN } from '../../core/continuity/suppress.ts';
import type { DB } from '../tables.ts';
import { during, type Period } from './group.ts';

export interface CustomerFigures extends Continuity {
  customerId: string;
}

/** Indices of every customer with 10 exchanges or more, and how many customers had fewer. */
export async function readCustomerFigures(
  db: Kysely<DB>,
  period: Period,
): Promise<{ customers: CustomerFigures[]; withFewer: number }> {
  const { rows } = await sql<{ customerId: string; people: string[]; own: boolean[]; named: boolean[] }>`
    select customer_id as "customerId", array_agg(advisor_id order by at, seq) as people,
      array_agg(own order by at, seq) as own, array_agg(named order by at, seq) as named
    from contact_fact where ${during(period)} group by 1 having count(*) >= ${FEWEST_SHOWN} order by 1`.execute(db);
  const all = await sql<{ count: number }>`
    select count(distinct customer_id)::int as count from contact_fact where ${during(period)}`.execute(db);
  const customers = rows.map(({ customerId, people, own, named }) => ({
    customerId,
    ...measureContinuity(people.map((each, at) => ({ with: each, own: own[at] === true, named: named[at] === true }))),
  }));
  return { customers, withFewer: (all.rows[0]?.count ?? 0) - customers.length };
}
