import { type Demand, type Outlook, outlookFor } from './plan.ts';

/** An assumption: its value, where it may lie, and whether the database says so or it is taken. */
export interface Assumption {
  value: number;
  low: number;
  high: number;
  /** Number of cases it was measured on; 0 when it is assumed or entered. */
  measuredOn: number;
}

export type Assumptions = Readonly<Record<keyof Demand, Assumption>>;
export type OutlookRange = Readonly<Record<keyof Outlook, { value: number; low: number; high: number }>>;

/** The values alone. */
export function demandOf(assumptions: Assumptions): Demand {
  return pick(assumptions, () => 'value');
}

/** The outlook with the range it takes while every assumption moves between its ends, alone or with the others. */
export function outlookRange(assumptions: Assumptions, advisors: number): OutlookRange {
  const corners = cornersOf(assumptions).map((demand) => outlookFor(demand, advisors));
  const middle = outlookFor(demandOf(assumptions), advisors);
  return Object.fromEntries(
    (Object.keys(middle) as (keyof Outlook)[]).map((name) => {
      const all = [middle, ...corners].map((outlook) => outlook[name]);
      return [name, { value: middle[name], low: Math.min(...all), high: Math.max(...all) }];
    }),
  ) as unknown as OutlookRange;
}

const MOVING = ['calls', 'callMinutes', 'messages', 'absence', 'acceptance', 'peak'] as const;

/** Every demand with each assumption at one of its ends. */
export function cornersOf(assumptions: Assumptions): Demand[] {
  const moving = MOVING.filter((name) => assumptions[name].low < assumptions[name].high);
  return Array.from({ length: 2 ** moving.length }, (_, corner) =>
    pick(assumptions, (name) => {
      const at = (moving as readonly string[]).indexOf(name);
      return at < 0 ? 'value' : (corner >> at) % 2 === 0 ? 'low' : 'high';
    }),
  );
}

function pick(assumptions: Assumptions, end: (name: keyof Demand) => 'value' | 'low' | 'high'): Demand {
  const names = Object.keys(assumptions) as (keyof Demand)[];
  return Object.fromEntries(names.map((name) => [name, assumptions[name][end(name)]])) as unknown as Demand;
}
