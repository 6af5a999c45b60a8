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

/** What each division puts an exchange under. Months are those of UTC: no exchange lies within hours of their ends. */
export const divisions: [Division, (fact: Fact) => string][] = [
  ['all', () => ''],
  ['pod', (fact) => fact.pod],
  ['territory', (fact) => fact.territory],
  ['channel', (fact) => fact.channel],
  ['official', (fact) => String(fact.official)],
  ['month', (fact) => fact.at.toISOString().slice(0, 7)],
];

type Values = Record<'contacts' | 'customers' | 'own' | 'named' | 'upc' | 'coc' | 'secon' | 'peoplePerYear', number> & {
  p50: number | null;
  p95: number | null;
};

/** Every figure of a group, from its exchanges in the order of time. */
export function recompute(facts: readonly Fact[]): Values {
  const customers = [...Map.groupBy(facts, (fact) => fact.customer).values()];
  const indices = customers.filter((each) => each.length > 1).map(measureContinuity);
  const index = (name: 'upc' | 'coc' | 'secon') => mean(indices.map((each) => each[name] ?? Number.NaN));
  const waits = facts.flatMap((fact) => fact.waited ?? []).sort((a, b) => a - b);
  return {
    contacts: facts.length,
    customers: customers.length,
    own: facts.filter((fact) => fact.own).length / facts.length,
    named: facts.filter((fact) => fact.named).length / facts.length,
    upc: index('upc'),
    coc: index('coc'),
    secon: index('secon'),
    peoplePerYear: mean(customers.map(peoplePerYear)),
    p50: waits[Math.ceil(waits.length * 0.5) - 1] ?? null,
    p95: waits[Math.ceil(waits.length * 0.95) - 1] ?? null,
  };
}

/** The same figures as the product tells them; waits are null where a group has too few to show. */
export function told(group: GroupFigures): { [Name in keyof Values]: number | null } {
  const { contacts, customers, own, named, upc, coc, secon, peoplePerYear, waited } = group;
  return {
    contacts,
    customers,
    own: own?.value ?? null,
    named: named?.value ?? null,
    upc,
    coc,
    secon,
    peoplePerYear,
    p50: waited?.p50 ?? null,
    p95: waited?.p95 ?? null,
  };
}

function peoplePerYear(facts: readonly Fact[]): number {
  const years = new Set(facts.map(({ at }) => at.getUTCFullYear()));
  return new Set(facts.map((fact) => `${fact.with} ${fact.at.getUTCFullYear()}`)).size / years.size;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
