import { atOnce, type Steps } from './steps.ts';

export interface Assignment {
  minutes: readonly number[];
  targets: readonly number[];
  /** What it costs to give a unit to a seat: `cost[unit][seat]`, in minute-kilometres. */
  cost: readonly (readonly number[])[];
  pinned: readonly boolean[];
}

const passes = 40;
const weights = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536];

/**
 * Local repair: moves units one by one while that lowers cost plus a growing price on loads outside ±band of their
 * target. Returns the seat of each unit; stops early once every load is within the band and no move pays.
 */
export function mend(problem: Assignment, start: readonly number[], band: number): number[] {
  return atOnce(mendInSteps(problem, start, band));
}

/** The same, a step for each pass over the units. */
export function* mendInSteps(problem: Assignment, start: readonly number[], band: number): Steps<number[]> {
  const owner = [...start];
  const load = loadsOf(problem, owner);
  for (const weight of weights) {
    for (let pass = 0; pass < passes; pass += 1) {
      yield;
      if (!improve(problem, owner, load, band, weight)) break;
    }
    if (withinBand(problem.targets, load, band)) break;
  }
  return owner;
}

/** Minutes of each seat under this assignment. */
export function loadsOf({ minutes, targets }: Assignment, owner: readonly number[]): number[] {
  const load = targets.map(() => 0);
  owner.forEach((seat, unit) => {
    load[seat] = (load[seat] ?? 0) + (minutes[unit] ?? 0);
  });
  return load;
}

/** Whether every load lies within ±band of its target. */
export function withinBand(targets: readonly number[], load: readonly number[], band: number): boolean {
  return targets.every((target, seat) => Math.abs((load[seat] ?? 0) - target) <= band * target + 1e-9);
}

function improve(problem: Assignment, owner: number[], load: number[], band: number, weight: number): boolean {
  let moved = false;
  for (let unit = 0; unit < owner.length; unit += 1) {
    const to = problem.pinned[unit] ? null : bestMove(problem, owner, load, unit, band, weight);
    if (to === null) continue;
    const from = owner[unit] ?? 0;
    const minutes = problem.minutes[unit] ?? 0;
    load[from] = (load[from] ?? 0) - minutes;
    load[to] = (load[to] ?? 0) + minutes;
    owner[unit] = to;
    moved = true;
  }
  return moved;
}

function bestMove(
  { cost, minutes, targets }: Assignment,
  owner: readonly number[],
  load: readonly number[],
  unit: number,
  band: number,
  weight: number,
): number | null {
  const from = owner[unit] ?? 0;
  const heavy = minutes[unit] ?? 0;
  const costs = cost[unit] ?? [];
  const price = (seat: number, added: number) =>
    weight * (excess(targets, load, seat, band, added) - excess(targets, load, seat, band, 0));
  const leaving = price(from, -heavy) - (costs[from] ?? 0);
  let best: number | null = null;
  let gain = -1e-6;
  for (let seat = 0; seat < targets.length; seat += 1) {
    if (seat === from) continue;
    const change = leaving + (costs[seat] ?? 0) + price(seat, heavy);
    if (change < gain) [best, gain] = [seat, change];
  }
  return best;
}

/** Quadratic outside nine tenths of the band, and a little inside it, so that work travels along chains of seats. */
function excess(
  targets: readonly number[],
  load: readonly number[],
  seat: number,
  band: number,
  added: number,
): number {
  const target = targets[seat] ?? 1;
  const off = Math.abs((load[seat] ?? 0) + added - target) / target;
  return target * 100 * (Math.max(0, off - 0.9 * band) ** 2 * 100 + 0.01 * off ** 2);
}
