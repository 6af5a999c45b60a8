import { centresOf, kilometres } from './centres.ts';
import { exchange } from './exchange.ts';
import { type Assignment, loadsOf, mend, withinBand } from './mend.ts';
import { type Seat, targetsOf, type Unit } from './unit.ts';

/** Loads in operation lie within this part of their target. */
export const operationBand = 0.1;
/** Kilometres that a change of advisor weighs: a relationship is worth more than distance (routing.md). */
const changeKm = 200;
/** The linear programme keeps a little room, so that rounding stays within the band. */
const programmeBand = 0.09;
/** Every pair of so many moved units is tried for an exchange. */
const exchanged = 2000;

export interface RepairModel {
  /** The linear programme in CPLEX LP text; variable `x<unit>_<seat>` is the part of a unit that a seat gets. */
  text: string;
  problem: Assignment;
  seatsOfNow: (number | null)[];
}

/** Who should have what once somebody left, came or works otherwise, moving as few customers as possible. */
export function repairModel(units: readonly Unit[], seats: readonly Seat[]): RepairModel {
  const targets = targetsOf(units, seats);
  const place = new Map(seats.map(({ advisorId }, index) => [advisorId, index]));
  const seatsOfNow = units.map(({ pinnedTo, advisorId }) => place.get(pinnedTo ?? advisorId ?? '') ?? null);
  const centres = centresOf(
    units,
    seats,
    seatsOfNow.map((seat) => seat ?? -1),
  );
  const cost = kilometres(units, centres).map((row, unit) =>
    row.map((km, seat) => {
      const now = seatsOfNow[unit];
      return (units[unit]?.minutes ?? 0) * (km + (now === null || now === seat ? 0 : changeKm));
    }),
  );
  const pinned = units.map(({ pinnedTo }) => pinnedTo !== undefined && place.has(pinnedTo));
  const problem = { minutes: units.map(({ minutes }) => minutes), targets, cost, pinned };
  return { text: programme(problem, seatsOfNow), problem, seatsOfNow };
}

/**
 * Whole units from the parts the solver gave, then local repair to ±10 %. With few customers rounding is coarse: local
 * repair alone is tried too, and the cheaper one taken. Returns the seat of each unit.
 */
export function roundRepair(model: RepairModel, partOf: (variable: string) => number): number[] {
  const { problem, seatsOfNow } = model;
  const start = problem.minutes.map((_, unit) => {
    const now = seatsOfNow[unit] ?? null;
    if (now !== null && problem.pinned[unit]) return now;
    return largest(problem.targets.map((_target, seat) => partOf(`x${unit}_${seat}`)));
  });
  const rounded = sendHome(model, mend(problem, start, operationBand));
  const local = sendHome(model, repairWithoutSolver(model));
  return price(problem, local) < price(problem, rounded) ? local : rounded;
}

/** Undoes detours: a unit that left its advisor only to make room for another that came. */
function sendHome({ problem, seatsOfNow }: RepairModel, owner: readonly number[]): number[] {
  const moved = owner.flatMap((seat, unit) => (seat === seatsOfNow[unit] ? [] : [unit]));
  return exchange(problem, owner, moved.slice(0, exchanged), operationBand);
}

/** Minute-kilometres, without end when a load is outside the band. */
function price(problem: Assignment, owner: readonly number[]): number {
  if (!withinBand(problem.targets, loadsOf(problem, owner), operationBand)) return Number.POSITIVE_INFINITY;
  return owner.reduce((sum, seat, unit) => sum + (problem.cost[unit]?.[seat] ?? 0), 0);
}

/** Without a solution of the programme (no balance is possible): everyone keeps theirs, the rest goes to the nearest. */
export function repairWithoutSolver({ problem, seatsOfNow }: RepairModel): number[] {
  const start = problem.cost.map((row, unit) => seatsOfNow[unit] ?? largest(row.map((cost) => -cost)));
  return mend(problem, start, operationBand);
}

const largest = (values: readonly number[]) =>
  values.reduce((best, value, index) => (value > (values[best] ?? 0) ? index : best), 0);

function programme({ minutes, targets, cost, pinned }: Assignment, seatsOfNow: readonly (number | null)[]): string {
  const terms: string[] = [];
  const given: string[] = [];
  const loads: string[][] = targets.map(() => []);
  minutes.forEach((weight, unit) => {
    const candidates = [...targets.keys()].filter((seat) => !pinned[unit] || seatsOfNow[unit] === seat);
    given.push(` u${unit}: ${candidates.map((seat) => `x${unit}_${seat}`).join(' + ')} = 1`);
    for (const seat of candidates) {
      terms.push(`${number(cost[unit]?.[seat] ?? 0)} x${unit}_${seat}`);
      if (weight > 0) loads[seat]?.push(`${number(weight)} x${unit}_${seat}`);
    }
  });
  const bounds = loads.flatMap((load, seat) => {
    if (load.length === 0) return [];
    const target = targets[seat] ?? 0;
    const sum = load.join('\n + ');
    const least = number(target * (1 - programmeBand));
    const most = number(target * (1 + programmeBand));
    return [` l${seat}: ${sum} >= ${least}`, ` h${seat}: ${sum} <= ${most}`];
  });
  return `Minimize\n cost: ${terms.join('\n + ')}\nSubject To\n${[...given, ...bounds].join('\n')}\nEnd\n`;
}

const number = (value: number) => value.toFixed(4);
