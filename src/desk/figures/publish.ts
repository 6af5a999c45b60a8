import { type Kysely, sql } from 'kysely';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { type Figures, readFigures } from './figures.ts';
import type { Period } from './group.ts';

/**
 * Publishes the twelve whole months before this one, once a month. What was published is not changed afterwards:
 * figures that moved every day would give away single exchanges by their difference.
 */
export async function publishFigures(tx: Tx): Promise<void> {
  const period = await wholeMonths(tx.db, tx.now);
  if (!period) return;
  const already = await tx.db
    .selectFrom('publishedFigures')
    .where('until', '=', period.until)
    .select('until')
    .executeTakeFirst();
  if (already) return;
  const figures = await readFigures(tx.db, period, tx.now);
  await tx.db
    .insertInto('publishedFigures')
    .values({ until: period.until, since: period.since, madeAt: tx.now, figures: JSON.stringify(figures) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The twelve months before this one, from the first whole month with an exchange; null before there is one. */
async function wholeMonths(db: Kysely<DB>, now: Date): Promise<Period | null> {
  const { rows } = await sql<Period>`
    select until, greatest(until_local - interval '12 months', date_trunc('month', first_local)) at time zone time_zone as since
    from (select time_zone, date_trunc('month', ${now}::timestamptz at time zone time_zone) as until_local,
            date_trunc('month', ${now}::timestamptz at time zone time_zone) at time zone time_zone as until,
            (select min(at) from contact_fact) at time zone time_zone as first_local
          from operator) as month
    where first_local < until_local`.execute(db);
  return rows[0] ?? null;
}

/** The newest figures that were published. */
export async function newestFigures(db: Kysely<DB>): Promise<{ figures: Figures; madeAt: Date } | null> {
  const row = await db
    .selectFrom('publishedFigures')
    .select(['figures', 'madeAt'])
    .orderBy('until', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? { figures: row.figures as unknown as Figures, madeAt: row.madeAt } : null;
}
