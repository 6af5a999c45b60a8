import { type AdvisorsNeeded, advisorsNeeded, type Demand, type Outlook, outlookFor } from './plan.ts';

/** An assumption: its value, where it may lie, and whether the database says so or it is taken. */
export interface Assumption {
  value: number;
  low: number;
  high: number;
  /** Number of cases it was measured on; 0 when it is assumed or entered. */
  measuredOn: number;
}

export type Assumptions = Readonly<Record<keyof Demand, Assumption>>;
export type OutlookRange = Readonly<Record<keyof Outlook, Range>>;

/** A number of a plan, and the least and the most it becomes while the assumptions move. */
export interface Range {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The values alone. */
export function demandOf(assumptions: Assumptions): Demand {
  return pick(assumptions, () => 'value');
}

/** The outlook with the range it takes while every assumption moves between its ends, alone or with the others. */
export function outlookRange(assumptions: Assumptions, advisors: number): OutlookRange {
  const corners = cornersOf(assumptions).map((demand) => outlookFor(demand, advisors));
  return rangesOf(outlookFor(demandOf(assumptions), advisors), corners);
}

/** Advisors needed. More of any assumption never needs fewer people (a test holds it), so the two ends are enough. */
export function neededRange(assumptions: Assumptions): Readonly<Record<keyof AdvisorsNeeded, Range>> {
  const ends = (['low', 'high'] as const).map((end) => advisorsNeeded(pick(assumptions, () => end)));
  return rangesOf(advisorsNeeded(demandOf(assumptions)), ends);
}

/** Each number of the middle with the least and the most of it anywhere. */
export function rangesOf<Name extends string>(
  middle: Readonly<Record<Name, number>>,
  corners: readonly Readonly<Record<Name, number>>[],
): Record<Name, Range> {
  const names = Object.keys(middle) as Name[];
  return Object.fromEntries(
    names.map((name) => {
      const all = [middle, ...corners].map((each) => each[name]);
      return [name, { value: middle[name], low: Math.min(...all), high: Math.max(...all) }];
    }),
  ) as Record<Name, Range>;
}

/** Every demand with each assumption at one of its ends. */
export function cornersOf(assumptions: Assumptions): Demand[] {
  const names = Object.keys(assumptions) as (keyof Demand)[];
  const moving = names.filter((name) => assumptions[name].low < assumptions[name].high);
  return Array.from({ length: 2 ** moving.length }, (_, corner) =>
    pick(assumptions, (name) => {
      const at = moving.indexOf(name);
      return at < 0 ? 'value' : (corner >> at) % 2 === 0 ? 'low' : 'high';
    }),
  );
}

function pick(assumptions: Assumptions, end: (name: keyof Demand) => 'value' | 'low' | 'high'): Demand {
  const names = Object.keys(assumptions) as (keyof Demand)[];
  return Object.fromEntries(names.map((name) => [name, assumptions[name][end(name)]])) as unknown as Demand;
}
