import { type Assignment, loadsOf } from './mend.ts';

/** Lets pairs of the listed units change seats where that is cheaper and no load leaves ±band by it. */
export function exchange(
  problem: Assignment,
  start: readonly number[],
  listed: readonly number[],
  band: number,
): number[] {
  const owner = [...start];
  const load = loadsOf(problem, owner);
  for (const one of listed)
    for (const other of listed)
      if (pays(problem, owner, load, one, other, band)) swap(problem, owner, load, one, other);
  return owner;
}

function pays(
  { minutes, targets, cost, pinned }: Assignment,
  owner: readonly number[],
  load: readonly number[],
  one: number,
  other: number,
  band: number,
): boolean {
  const [from, to] = [owner[one] ?? 0, owner[other] ?? 0];
  if (from === to || pinned[one] || pinned[other]) return false;
  const added = (minutes[one] ?? 0) - (minutes[other] ?? 0);
  const fits = (seat: number, more: number) => {
    const target = targets[seat] ?? 0;
    return Math.abs((load[seat] ?? 0) + more - target) <= band * target;
  };
  const saved = at(cost, one, from) + at(cost, other, to) - at(cost, one, to) - at(cost, other, from);
  return saved > 1e-6 && fits(from, -added) && fits(to, added);
}

const at = (cost: Assignment['cost'], unit: number, seat: number) => cost[unit]?.[seat] ?? 0;

function swap({ minutes }: Assignment, owner: number[], load: number[], one: number, other: number): void {
  const [from, to] = [owner[one] ?? 0, owner[other] ?? 0];
  const added = (minutes[one] ?? 0) - (minutes[other] ?? 0);
  load[from] = (load[from] ?? 0) - added;
  load[to] = (load[to] ?? 0) + added;
  owner[one] = to;
  owner[other] = from;
}
