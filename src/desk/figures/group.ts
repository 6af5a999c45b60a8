import { type RawBuilder, sql } from 'kysely';
import type { Estimate } from '../../core/continuity/interval.ts';

/** What exchanges can be divided by. */
export type Division = 'all' | 'pod' | 'territory' | 'channel' | 'month' | 'official';

/** From the first instant on, up to but not including the second. */
export interface Period {
  since: Date;
  until: Date;
}

/** Figures of one group. Everything but the key and the name is null in a group that is too small to be shown. */
export interface GroupFigures {
  key: string;
  name: string;
  contacts: number | null;
  customers: number | null;
  own: Estimate | null;
  named: Estimate | null;
  /** Means over the customers with two exchanges or more. */
  upc: number | null;
  coc: number | null;
  secon: number | null;
  /** Distinct people a customer spoke with in a calendar year, mean. */
  peoplePerYear: number | null;
  /** Time from the first unanswered word to a person, in seconds: 50, 95 and 99 of 100 waited no longer. */
  waited: { contacts: number; p50: number; p95: number; p99: number; within24h: Estimate } | null;
  kept: { commitments: number; share: Estimate } | null;
  /** Years the customers of today have had their advisor, median; for all, pods, territories, town halls and subscribers. */
  tenureYears: number | null;
}

/** The column, or expression, a division groups by. */
export function keyOf(division: Division): RawBuilder<string> {
  return {
    all: sql<string>`''`,
    pod: sql<string>`pod_id::text`,
    territory: sql<string>`territory`,
    channel: sql<string>`channel`,
    month: sql<string>`to_char(at at time zone (select time_zone from operator), 'YYYY-MM')`,
    official: sql<string>`official::text`,
  }[division];
}

export function during({ since, until }: Period): RawBuilder<boolean> {
  return sql<boolean>`at >= ${since} and at < ${until}`;
}
