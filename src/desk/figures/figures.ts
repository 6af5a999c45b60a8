import { type Kysely, sql } from 'kysely';
import { compareParity, type Parity } from '../../core/continuity/parity.ts';
import { FEWEST_SHOWN } from '../../core/continuity/suppress.ts';
import type { DB } from '../tables.ts';
import type { GroupFigures, Period } from './group.ts';
import { readGroups } from './read.ts';

/** Everything the figures pages show of one period. */
export interface Figures {
  since: string;
  until: string;
  total: GroupFigures | null;
  pods: GroupFigures[];
  territories: GroupFigures[];
  channels: GroupFigures[];
  months: GroupFigures[];
  parity: Parity[];
  open: OpenAges;
}

/** Customers who wait for a first answer now: how many, and for how many seconds; ages only from 10 on. */
export interface OpenAges {
  count: number | null;
  p50: number | null;
  p95: number | null;
  p99: number | null;
}

export async function readFigures(db: Kysely<DB>, period: Period, now: Date): Promise<Figures> {
  const [total] = await readGroups(db, 'all', period);
  const officials = await readGroups(db, 'official', period);
  return {
    since: period.since.toISOString(),
    until: period.until.toISOString(),
    total: total ?? null,
    pods: await readGroups(db, 'pod', period),
    territories: await readGroups(db, 'territory', period),
    channels: await readGroups(db, 'channel', period),
    months: await readGroups(db, 'month', period),
    parity: parityOf(officials),
    open: await openAges(db, now),
  };
}

function parityOf(groups: readonly GroupFigures[]): Parity[] {
  const officials = groups.find(({ key }) => key === 'true');
  const subscribers = groups.find(({ key }) => key === 'false');
  const sides = [officials, subscribers] as const;
  const compare = (measure: Parity['measure'], count: Count, share: Share) => {
    const [a, b] = sides.map((group) => ({
      contacts: (group && count(group)) ?? 0,
      customers: group?.customers ?? 0,
      share: (group && share(group)) ?? null,
    }));
    return compareParity(measure, a ?? none, b ?? none);
  };
  return [
    compare(
      'inTimeToHuman',
      (group) => group.waited?.contacts,
      (group) => group.waited?.within24h,
    ),
    compare(
      'ownShare',
      (group) => group.contacts,
      (group) => group.own,
    ),
    compare(
      'kept',
      (group) => group.kept?.commitments,
      (group) => group.kept?.share,
    ),
  ];
}

type Count = (group: GroupFigures) => number | null | undefined;
type Share = (group: GroupFigures) => Parity['officials']['share'] | undefined;
const none = { contacts: 0, customers: 0, share: null };

/** Who waits for a first answer now. */
async function openAges(db: Kysely<DB>, now: Date): Promise<OpenAges> {
  const { rows } = await sql<{ count: number; ages: [number, number, number] | null }>`
    select count(*)::int as count, percentile_disc(array[0.5, 0.95, 0.99]) within group
      (order by greatest(0, extract(epoch from ${now}::timestamptz - unanswered_since))::int) as ages
    from case_file where closed_at is null and unanswered_since is not null`.execute(db);
  const [row] = rows;
  if (!row?.ages || row.count < FEWEST_SHOWN) return { count: row?.count ? null : 0, p50: null, p95: null, p99: null };
  const [p50, p95, p99] = row.ages;
  return { count: row.count, p50, p95, p99 };
}
