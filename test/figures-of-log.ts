import { type Kysely, sql } from 'kysely';
import { measureContinuity } from '../src/core/continuity/indices.ts';
import type { Division, GroupFigures } from '../src/desk/figures/group.ts';
import type { DB } from '../src/desk/tables.ts';

/** One exchange, as the event log tells it. */
export interface Fact {
  customer: string;
  with: string;
  own: boolean;
  named: boolean;
  official: boolean;
  pod: string;
  territory: string;
  channel: string;
  /** Seconds from the first unanswered word; null when nobody waited. */
  waited: number | null;
  at: Date;
}

/** Straight from the log, in another language than the product's: what every figure must agree with. */
export async function factsOfLog(db: Kysely<DB>): Promise<Fact[]> {
  const facts: Fact[] = [];
  let after = 0;
  for (;;) {
    const { rows } = await sql<Line>`
      select seq::int8 as seq, at, type, customer_id as "customerId", advisor_id as "advisorId", facts from event
      where seq > ${after} and type in ('interaction.sent', 'interaction.received')
      order by seq limit 50000`.execute(db);
    const last = rows.at(-1);
    if (!last) return facts.sort((one, other) => one.at.getTime() - other.at.getTime());
    for (const row of rows) facts.push(...factOf(row));
    after = last.seq;
  }
}

interface Line {
  seq: number;
  at: Date;
  type: string;
  customerId: string | null;
  advisorId: string | null;
  facts: Record<string, string | boolean | null>;
}

function factOf({ at, type, customerId, advisorId, facts }: Line): Fact[] {
  const heard = type === 'interaction.received' && facts.heardBy;
  if (type !== 'interaction.sent' && !heard) return [];
  const who = String(facts.heardBy ?? advisorId);
  const asked = type === 'interaction.sent' && facts.unansweredSince ? new Date(String(facts.unansweredSince)) : null;
  return [
    {
      customer: customerId ?? '',
      with: who,
      own: who === facts.ownAdvisorId,
      named: facts.named === true,
      official: facts.official === true,
      pod: String(facts.podId),
      territory: String(facts.territory),
      channel: String(facts.channel),
      waited: asked ? Math.round((at.getTime() - asked.getTime()) / 1000) : null,
      at,
    },
  ];
}

/** One commitment that ended, as the event log tells it. */
export interface EndedPromise extends Placed {
  customer: string;
  inTime: boolean;
}

/** Where and when something was: what it can be divided by. */
type Placed = Pick<Fact, 'official' | 'pod' | 'territory' | 'channel' | 'at'>;

/** Commitments kept and broken, straight from the log. They belong to no channel. */
export async function promisesOfLog(db: Kysely<DB>): Promise<EndedPromise[]> {
  const { rows } = await sql<Line>`
    select at, type, customer_id as "customerId", facts from event where type in ('commitment.kept', 'commitment.broken')
    order by seq`.execute(db);
  return rows.map(({ at, type, customerId, facts }) => ({
    customer: customerId ?? '',
    inTime: type === 'commitment.kept' && facts.inTime === true,
    official: facts.official === true,
    pod: String(facts.podId),
    territory: String(facts.territory),
    channel: '',
    at,
  }));
}

/** What each division puts an exchange under. Months are those of UTC: no exchange lies within hours of their ends. */
export const divisions: [Division, (placed: Placed) => string][] = [
  ['all', () => ''],
  ['pod', ({ pod }) => pod],
  ['territory', ({ territory }) => territory],
  ['channel', ({ channel }) => channel],
  ['official', ({ official }) => String(official)],
  ['month', ({ at }) => at.toISOString().slice(0, 7)],
];

const NAMES = [
  'contacts', 'customers', 'own', 'ownLow', 'ownHigh', 'named', 'namedLow', 'namedHigh', 'upc', 'coc', 'secon', 'peoplePerYear',
  'waited', 'p50', 'p95', 'p99', 'within24h', 'within24hLow', 'within24hHigh', 'promises', 'kept', 'keptLow', 'keptHigh',
] as const; // biome-ignore format: a list of names

export type Values = Record<(typeof NAMES)[number], number | null>;

/** Every figure of a group, from its exchanges in the order of time and the commitments that ended. */
export function recompute(facts: readonly Fact[], promises: readonly EndedPromise[]): Values {
  const customers = [...Map.groupBy(facts, (fact) => fact.customer).values()];
  const indices = customers.filter((each) => each.length > 1).map(measureContinuity);
  const index = (name: 'upc' | 'coc' | 'secon') => mean(indices.map((each) => each[name] ?? Number.NaN));
  const waited = facts.filter((fact) => fact.waited !== null);
  const waits = waited.flatMap((fact) => fact.waited ?? []).sort((a, b) => a - b);
  const quantile = (share: number) => waits[Math.ceil(waits.length * share - 1e-9) - 1] ?? null;
  const own = shareByCustomer(facts, (fact) => fact.own);
  const named = shareByCustomer(facts, (fact) => fact.named);
  const day = shareByCustomer(waited, (fact) => (fact.waited ?? 0) <= 86_400);
  const kept = shareByCustomer(promises, (promise) => promise.inTime);
  return {
    contacts: facts.length,
    customers: customers.length,
    own: own.value,
    ownLow: own.low,
    ownHigh: own.high,
    named: named.value,
    namedLow: named.low,
    namedHigh: named.high,
    upc: index('upc'),
    coc: index('coc'),
    secon: index('secon'),
    peoplePerYear: mean(customers.map(peoplePerYear)),
    waited: waits.length,
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    within24h: day.value,
    within24hLow: day.low,
    within24hHigh: day.high,
    promises: promises.length,
    kept: kept.value,
    keptLow: kept.low,
    keptHigh: kept.high,
  };
}

/** The same figures as the product tells them; null where a group has too few to show. */
export function told(group: GroupFigures): Values {
  const { contacts, customers, own, named, upc, coc, secon, peoplePerYear, waited, kept } = group;
  return {
    contacts,
    customers,
    own: own?.value ?? null,
    ownLow: own?.low ?? null,
    ownHigh: own?.high ?? null,
    named: named?.value ?? null,
    namedLow: named?.low ?? null,
    namedHigh: named?.high ?? null,
    upc,
    coc,
    secon,
    peoplePerYear,
    waited: waited?.contacts ?? null,
    p50: waited?.p50 ?? null,
    p95: waited?.p95 ?? null,
    p99: waited?.p99 ?? null,
    within24h: waited?.within24h.value ?? null,
    within24hLow: waited?.within24h.low ?? null,
    within24hHigh: waited?.within24h.high ?? null,
    promises: kept?.commitments ?? null,
    kept: kept?.share.value ?? null,
    keptLow: kept?.share.low ?? null,
    keptHigh: kept?.share.high ?? null,
  };
}

/** A share and its interval, from the residuals of each customer: Wilson with the number of independent cases they leave. */
export function shareByCustomer<Item extends { customer: string }>(
  items: readonly Item[],
  holds: (item: Item) => boolean,
): { value: number; low: number; high: number } {
  const value = items.filter(holds).length / items.length;
  const customers = [...Map.groupBy(items, ({ customer }) => customer).values()];
  const residuals = customers.map((each) => each.filter(holds).length - value * each.length);
  const spread = residuals.reduce((sum, each) => sum + each ** 2, 0) / items.length ** 2;
  const variance = customers.length > 1 ? (spread * customers.length) / (customers.length - 1) : 0;
  const cases = Math.min(items.length, variance > 1e-18 ? (value * (1 - value)) / variance : customers.length);
  const z = 1.959964;
  const middle = value + z ** 2 / (2 * cases);
  const reach = z * Math.sqrt((value * (1 - value)) / cases + (z / (2 * cases)) ** 2);
  const whole = 1 + z ** 2 / cases;
  return { value, low: Math.max(0, (middle - reach) / whole), high: Math.min(1, (middle + reach) / whole) };
}

function peoplePerYear(facts: readonly Fact[]): number {
  const years = new Set(facts.map(({ at }) => at.getUTCFullYear()));
  return new Set(facts.map((fact) => `${fact.with} ${fact.at.getUTCFullYear()}`)).size / years.size;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
