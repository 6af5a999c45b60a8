import { type Kysely, sql } from 'kysely';
import { shareOf } from '../../core/continuity/interval.ts';
import type { Assumption, Assumptions } from '../../core/planning/plan-range.ts';
import type { DB } from '../tables.ts';

/** What is taken where nothing was measured: the values routing was designed with, and how far off they may be. */
export const assumed: Assumptions = {
  customers: taken(120_000, 0),
  calls: taken(6_000, 0.2),
  callMinutes: taken(8, 0.25),
  messages: taken(6_000, 0.2),
  messageMinutes: taken(5, 0.25),
  absence: { value: 0.15, low: 0.1, high: 0.2, measuredOn: 0 },
  acceptance: { value: 0.6, low: 0.37, high: 0.85, measuredOn: 0 },
  peak: { value: 1.35, low: 1.2, high: 1.6, measuredOn: 0 },
};

/** Fewest cases that replace an assumption. */
const ENOUGH = 30;
const MONTHS = 3;

/** What the last three months say, each beside the assumption it replaces; what is too rare stays assumed. */
export async function estimateDemand(
  db: Kysely<DB>,
  now: Date,
): Promise<{ assumptions: Assumptions; advisors: number; profile: ArrivalProfile }> {
  const since = sql`${now}::timestamptz - interval '90 days'`;
  const { rows } = await sql<Counted>`
    select (select count(*) from customer where erased_at is null)::int as customers,
      (select count(*) from advisor where left_at is null)::int as advisors,
      talk.n as "talks", talk.mean as "talkMean", talk.spread as "talkSpread"
    from (select count(*)::int as n, avg(seconds)::float8 / 60 as mean, coalesce(stddev_samp(seconds), 0)::float8 / 60 as spread
          from (select extract(epoch from coalesce(wrapped_at, ended_at) - answered_at) as seconds from call
                where ended_at > answered_at and ended_at < answered_at + interval '2 hours' and said_over_at is null
                  and invited_at >= ${since}) as ended) as talk`.execute(db);
  const counted = rows[0] as Counted;
  const { hours, calls, messages } = await whatCame(db, now);
  return {
    advisors: counted.advisors,
    profile: profileOf(hours),
    assumptions: {
      ...assumed,
      customers: {
        value: counted.customers,
        low: counted.customers,
        high: counted.customers,
        measuredOn: counted.customers,
      },
      calls: monthly(calls, assumed.calls),
      messages: monthly(messages, assumed.messages),
      callMinutes: handleTime(counted),
      absence: await absenceShare(db, now),
      acceptance: await acceptanceShare(db, now),
      peak: busiestHour(hours),
    },
  };
}

interface Counted {
  customers: number;
  advisors: number;
  talks: number;
  talkMean: number | null;
  talkSpread: number;
}

function taken(value: number, off: number): Assumption {
  return { value, low: value * (1 - off), high: value * (1 + off), measuredOn: 0 };
}

/** A count of three months as a monthly number, with the interval of a Poisson count. */
function monthly(count: number, otherwise: Assumption): Assumption {
  if (count < ENOUGH) return otherwise;
  const half = 1.96 * Math.sqrt(count);
  return { value: count / MONTHS, low: (count - half) / MONTHS, high: (count + half) / MONTHS, measuredOn: count };
}

function handleTime({ talks, talkMean, talkSpread }: Counted): Assumption {
  if (talks < ENOUGH || !talkMean) return assumed.callMinutes;
  const half = (1.96 * talkSpread) / Math.sqrt(talks);
  return { value: talkMean, low: Math.max(0.1, talkMean - half), high: talkMean + half, measuredOn: talks };
}

/** Days away of the last year ÷ days employed; advisors are counted, not days. */
async function absenceShare(db: Kysely<DB>, now: Date): Promise<Assumption> {
  const { rows } = await sql<{ days: number; away: number }>`
    with year as (select id, greatest(joined_at, ${now}::timestamptz - interval '365 days') as since from advisor where left_at is null)
    select extract(epoch from ${now}::timestamptz - since)::float8 / 86400 as days,
      coalesce((select sum(greatest(0, extract(epoch from least(coalesce(ended_early_at, ends_at), ${now}) - greatest(starts_at, since))))
                from absence where advisor_id = year.id), 0)::float8 / 86400 as away
    from year where since < ${now}`.execute(db);
  const sum = (pick: (row: { days: number; away: number }) => number) =>
    rows.reduce((total, row) => total + pick(row), 0);
  const share = shareOf({
    clusters: rows.length,
    n: sum(({ days }) => days),
    x: sum(({ away }) => away),
    nn: sum(({ days }) => days * days),
    xn: sum(({ days, away }) => days * away),
    xx: sum(({ away }) => away * away),
  });
  // Less than a day each in a year means that absences are not entered, not that nobody is ever away.
  if (!share || share.value < 1 / 365) return assumed.absence;
  return { ...share, measuredOn: rows.length };
}

/** Of those who heard their own advisor's callback offered, and stayed or hung up knowing it, the share who accepted. */
async function acceptanceShare(db: Kysely<DB>, now: Date): Promise<Assumption> {
  const { rows } = await sql<{ customers: number; n: number; x: number; nn: number; xn: number; xx: number }>`
    select count(*)::int as customers, coalesce(sum(n), 0)::int as n, coalesce(sum(x), 0)::int as x,
      coalesce(sum(n * n), 0)::int as nn, coalesce(sum(x * n), 0)::int as xn, coalesce(sum(x * x), 0)::int as xx
    from (select count(*) as n, count(accepted_at) as x from callback_offer
          where own and num_nonnulls(accepted_at, declined_at) = 1
            and offered_at >= ${now}::timestamptz - interval '90 days' and offered_at < ${now}
          group by customer_id) as heard`.execute(db);
  const heard = rows[0];
  const share = heard && heard.n >= ENOUGH ? shareOf({ ...heard, clusters: heard.customers }) : null;
  return share ? { ...share, measuredOn: heard?.n ?? 0 } : assumed.acceptance;
}

/** Calls of each opening hour (9 to 18) beside the mean hour; `measuredOn` 0: the day routing was designed with. */
export interface ArrivalProfile {
  weights: readonly number[];
  measuredOn: number;
}

/** routing.md, The simulator. */
export const ASSUMED_WEIGHTS: readonly number[] = [1.3, 1.35, 1.2, 0.6, 0.6, 1.05, 1.1, 1, 0.8];
const OPENS = 9;

/** What came in 90 days: messages, and calls by the local hour in which they came. All interactions are looked at once. */
async function whatCame(
  db: Kysely<DB>,
  now: Date,
): Promise<{ calls: number; messages: number; hours: ReadonlyMap<number, number> }> {
  const { rows } = await sql<{ hour: number | null; count: number }>`
    select case when channel = 'call' then date_part('hour', at at time zone (select time_zone from operator)) end::int as hour, count(*)::int as count
    from interaction where direction = 'in' and at >= ${now}::timestamptz - interval '90 days' and at < ${now}
    group by 1`.execute(db);
  const hours = new Map(rows.flatMap(({ hour, count }) => (hour === null ? [] : [[hour, count] as const])));
  const calls = [...hours.values()].reduce((sum, each) => sum + each, 0);
  return { calls, messages: rows.find(({ hour }) => hour === null)?.count ?? 0, hours };
}

/** The simulated day opens at 9 for as many hours as the assumed one; calls outside of it count to its first or last hour. */
function profileOf(hours: ReadonlyMap<number, number>): ArrivalProfile {
  const calls = ASSUMED_WEIGHTS.map(() => 0);
  let total = 0;
  for (const [hour, count] of hours) {
    const at = Math.min(calls.length - 1, Math.max(0, hour - OPENS));
    calls[at] = (calls[at] ?? 0) + count;
    total += count;
  }
  if (total < ENOUGH * 10) return { weights: ASSUMED_WEIGHTS, measuredOn: 0 };
  return { weights: calls.map((count) => (count * calls.length) / total), measuredOn: total };
}

/** Calls of the busiest hour of the day ÷ those of a mean one, of the hours in which people call at all. */
function busiestHour(byHour: ReadonlyMap<number, number>): Assumption {
  const counts = [...byHour.values()];
  const total = counts.reduce((sum, calls) => sum + calls, 0);
  const hours = counts.filter((calls) => calls >= total / 50);
  if (total < ENOUGH * 10 || hours.length < 3) return assumed.peak;
  const [most, mean] = [Math.max(...hours), hours.reduce((sum, calls) => sum + calls, 0) / hours.length];
  const half = (1.96 * Math.sqrt(most)) / mean;
  return { value: most / mean, low: Math.max(1, most / mean - half), high: most / mean + half, measuredOn: total };
}
