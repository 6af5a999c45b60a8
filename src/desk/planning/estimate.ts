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
): Promise<{ assumptions: Assumptions; advisors: number }> {
  const since = sql`${now}::timestamptz - interval '90 days'`;
  const { rows } = await sql<Counted>`
    select (select count(*) from customer where erased_at is null)::int as customers,
      (select count(*) from advisor where left_at is null)::int as advisors,
      (select count(*) from interaction where channel = 'call' and direction = 'in' and at >= ${since} and at < ${now})::int as calls,
      (select count(*) from interaction where channel <> 'call' and direction = 'in' and at >= ${since} and at < ${now})::int as messages,
      talk.n as "talks", talk.mean as "talkMean", talk.spread as "talkSpread"
    from (select count(*)::int as n, avg(seconds)::float8 / 60 as mean, coalesce(stddev_samp(seconds), 0)::float8 / 60 as spread
          from (select extract(epoch from ended_at - answered_at) as seconds from call
                where ended_at > answered_at and invited_at >= ${since}) as ended) as talk`.execute(db);
  const counted = rows[0] as Counted;
  return {
    advisors: counted.advisors,
    assumptions: {
      ...assumed,
      customers: {
        value: counted.customers,
        low: counted.customers,
        high: counted.customers,
        measuredOn: counted.customers,
      },
      calls: monthly(counted.calls, assumed.calls),
      messages: monthly(counted.messages, assumed.messages),
      callMinutes: handleTime(counted),
      absence: await absenceShare(db, now),
      peak: await busiestHour(db, now),
    },
  };
}

interface Counted {
  customers: number;
  advisors: number;
  calls: number;
  messages: number;
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

/** Calls of the busiest hour of the day ÷ those of a mean one, of the hours in which people call at all. */
async function busiestHour(db: Kysely<DB>, now: Date): Promise<Assumption> {
  const { rows } = await sql<{ calls: number }>`
    select count(*)::int as calls from interaction
    where channel = 'call' and direction = 'in' and at >= ${now}::timestamptz - interval '90 days' and at < ${now}
    group by date_part('hour', at at time zone (select time_zone from operator))`.execute(db);
  const total = rows.reduce((sum, { calls }) => sum + calls, 0);
  const hours = rows.filter(({ calls }) => calls >= total / 50).map(({ calls }) => calls);
  if (total < ENOUGH * 10 || hours.length < 3) return assumed.peak;
  const [most, mean] = [Math.max(...hours), hours.reduce((sum, calls) => sum + calls, 0) / hours.length];
  const half = (1.96 * Math.sqrt(most)) / mean;
  return { value: most / mean, low: Math.max(1, most / mean - half), high: most / mean + half, measuredOn: total };
}
