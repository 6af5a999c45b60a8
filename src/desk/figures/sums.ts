import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '../tables.ts';
import { type Division, during, keyOf, type Period } from './group.ts';

/** Sums of one group over its customers, as PostgreSQL adds them up. */
export interface ContactSums {
  key: string;
  clusters: number;
  n: number;
  nn: number;
  own: number;
  ownN: number;
  ownOwn: number;
  named: number;
  namedN: number;
  namedNamed: number;
  waitedClusters: number;
  waited: number;
  waitedWaited: number;
  day: number;
  dayN: number;
  dayDay: number;
  people: number;
}

/** Exchanges per group: counts, and the sums that intervals need. */
export async function sumContacts(db: Kysely<DB>, division: Division, period: Period): Promise<ContactSums[]> {
  const { rows } = await sql<ContactSums>`
    with person as (
      select ${keyOf(division)} as key, customer_id, advisor_id, date_part('year', at) as year, count(*) as n,
        count(*) filter (where own) as own, count(*) filter (where named) as named, count(waited_seconds) as w,
        count(*) filter (where waited_seconds <= 86400) as d
      from contact_fact where ${during(period)} group by 1, 2, 3, 4
    ), customer as (
      select key, customer_id, sum(n)::float8 as n, sum(own)::float8 as own, sum(named)::float8 as named,
        sum(w)::float8 as w, sum(d)::float8 as d, count(*)::float8 / count(distinct year) as people
      from person group by 1, 2
    )
    select key, count(*)::int as clusters, sum(n) as n, sum(n * n) as nn, sum(own) as own, sum(own * n) as "ownN",
      sum(own * own) as "ownOwn", sum(named) as named, sum(named * n) as "namedN", sum(named * named) as "namedNamed",
      count(*) filter (where w > 0)::int as "waitedClusters", sum(w) as waited, sum(w * w) as "waitedWaited",
      sum(d) as day, sum(d * w) as "dayN", sum(d * d) as "dayDay", avg(people order by customer_id) as people
    from customer group by key order by key`.execute(db);
  return rows;
}

/**
 * Usual person, concentration and sequence of each group: means over customers with two exchanges or more. Added up in one
 * order, so that whoever asks again reads the same to the last digit.
 */
export async function meanIndices(
  db: Kysely<DB>,
  division: Division,
  period: Period,
): Promise<{ key: string; upc: number; coc: number; secon: number }[]> {
  const { rows } = await sql<{ key: string; upc: number; coc: number; secon: number }>`
    with contact as (
      select key, customer_id, advisor_id, lag(advisor_id) over (partition by key, customer_id order by at, seq) as before
      from (select ${keyOf(division)} as key, customer_id, advisor_id, at, seq from contact_fact where ${during(period)}) as taken
    ), person as (
      select key, customer_id, count(*)::float8 as n, count(*) filter (where before = advisor_id) as again
      from contact group by key, customer_id, advisor_id
    ), customer as (
      select key, customer_id, sum(n) as n, max(n) as most, sum(n * n) as squares, sum(again)::float8 as again
      from person group by key, customer_id having sum(n) > 1
    )
    select key, avg(most / n order by customer_id) as upc, avg((squares - n) / (n * (n - 1)) order by customer_id) as coc,
      avg(again / (n - 1) order by customer_id) as secon
    from customer group by key`.execute(db);
  return rows;
}

/** Time to a person: half, 95 and 99 of 100 waited no longer, in seconds. */
export async function waitedQuantiles(
  db: Kysely<DB>,
  division: Division,
  period: Period,
): Promise<{ key: string; quantiles: [number, number, number] }[]> {
  const { rows } = await sql<{ key: string; quantiles: [number, number, number] }>`
    select ${keyOf(division)} as key, percentile_disc(array[0.5, 0.95, 0.99]) within group (order by waited_seconds) as quantiles
    from contact_fact where ${during(period)} and waited_seconds is not null group by 1`.execute(db);
  return rows;
}

export interface CommitmentSums {
  key: string;
  clusters: number;
  n: number;
  x: number;
  nn: number;
  xn: number;
  xx: number;
}

/** Commitments that ended, and those kept in time. They belong to no channel. */
export async function sumCommitments(db: Kysely<DB>, division: Division, period: Period): Promise<CommitmentSums[]> {
  if (division === 'channel') return [];
  const { rows } = await sql<CommitmentSums>`
    with customer as (
      select ${keyOf(division)} as key, count(*)::float8 as n, count(*) filter (where in_time)::float8 as x
      from commitment_fact where ${during(period)} group by 1, customer_id
    )
    select key, count(*)::int as clusters, sum(n) as n, sum(x) as x, sum(n * n) as nn, sum(x * n) as xn, sum(x * x) as xx
    from customer group by key`.execute(db);
  return rows;
}

/** Median years with today's advisor, of customers where they belong now. Channels and months have none of today. */
export async function medianTenures(
  db: Kysely<DB>,
  division: Division,
  until: Date,
): Promise<{ key: string; years: number }[]> {
  const of = TENURE_OF[division];
  if (!of) return [];
  const { rows } = await sql<{ key: string; years: number }>`
    select ${of.key} as key, percentile_cont(0.5) within group (order by extract(epoch from ${until}::timestamptz - since)::float8 / 31557600) as years
    from tenure ${of.join} where until is null and since < ${until} group by 1`.execute(db);
  return rows;
}

/** What a customer's tenure counts for: the pod of the advisor, the territory of the customer's area. */
const TENURE_OF: Readonly<Partial<Record<Division, { key: RawBuilder<string>; join: RawBuilder<unknown> }>>> = {
  all: { key: sql`''`, join: sql`` },
  pod: { key: sql`pod_id::text`, join: sql`join advisor on advisor.id = tenure.advisor_id` },
  territory: {
    key: sql`coalesce(epci_code, departement_code)`,
    join: sql`join customer on customer.id = tenure.customer_id join area on area.id = customer.area_id
      join commune on commune.insee = area.commune_insee`,
  },
  official: {
    key: sql`(customer.kind = 'town_hall')::text`,
    join: sql`join customer on customer.id = tenure.customer_id`,
  },
};
