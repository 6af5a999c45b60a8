import { type Kysely, sql } from 'kysely';
import { FEWEST_SHOWN } from '../../core/continuity/suppress.ts';
import type { DB } from '../tables.ts';
import type { Period } from './group.ts';

const YEAR_DAYS = 365.25;

/**
 * Median years with the advisor of that time, at the end of each month of the period, by "2026-01"; the last one ends with the
 * period. In whole days: customers who began together are counted together. Months with fewer than 10 customers are left out.
 */
export async function readTenureByMonth(db: Kysely<DB>, period: Period): Promise<ReadonlyMap<string, number>> {
  const { rows: months } = await sql<{ key: string; day: number }>`
    select to_char(month, 'YYYY-MM') as key,
      least(month + interval '1 month', ${period.until}::timestamptz at time zone time_zone)::date - date '1970-01-01' as day
    from operator, generate_series(date_trunc('month', ${period.since}::timestamptz at time zone time_zone),
      (${period.until}::timestamptz - interval '1 microsecond') at time zone time_zone, interval '1 month') as month`.execute(
    db,
  );
  const { rows: spans } = await sql<Span>`
    select since::date - date '1970-01-01' as since, until::date - date '1970-01-01' as until, count(*)::int as customers
    from tenure where since < ${period.until} and (until is null or until > ${period.since}) group by 1, 2 order by 1 desc`.execute(
    db,
  );
  return new Map(
    months.flatMap(({ key, day }) => {
      const years = medianYears(spans, day);
      return years === null ? [] : [[key, years] as const];
    }),
  );
}

/** Days since 1970; the newest first. */
interface Span {
  since: number;
  until: number | null;
  customers: number;
}

function medianYears(spans: readonly Span[], day: number): number | null {
  const then = spans.filter(({ since, until }) => since < day && (until === null || until >= day));
  const all = then.reduce((sum, { customers }) => sum + customers, 0);
  if (all < FEWEST_SHOWN) return null;
  let counted = 0;
  for (const { since, customers } of then) {
    counted += customers;
    if (counted * 2 >= all) return (day - since) / YEAR_DAYS;
  }
  return null;
}
