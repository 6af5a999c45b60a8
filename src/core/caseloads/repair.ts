import { apartKm, apartness, type Neighbours } from './adjacency.ts';
import { centresOf, kilometres } from './centres.ts';
import { exchange } from './exchange.ts';
import { type Assignment, loadsOf, mend, withinBand } from './mend.ts';
import { programme } from './programme.ts';
import { type Seat, targetsOf, type Unit } from './unit.ts';

/** Loads in operation lie within this part of their target. */
export const operationBand = 0.1;
/** Kilometres that a change of advisor weighs for a customer of mean work: a relationship is worth more than distance. */
const changeKm = 200;
/** A change weighs at least so many kilometres for each minute, however much work a customer makes (routing.md). */
const leastChangeKm = 50;
/** The linear programme keeps a little room, so that rounding stays within the band. */
const programmeBand = 0.09;
/** Whole units are held a hair inside the band, so that sums of minutes do not fall outside it. */
const wholeBand = 0.0999;
/** What an area without customers weighs when it is given to somebody. */
const leastMinutes = 0.01;
/** Seats a unit may go to when parts are made whole: so many of the cheapest, its own, and those that got a part. */
const nearSeats = 8;
/** With at most so many units to make whole, every seat may be tried for each. */
const fewUnits = 60;
/** Every pair of so many moved units is tried for an exchange. */
const exchanged = 2000;

export interface RepairModel {
  /** The linear programme, in CPLEX LP text. */
  text: string;
  problem: Assignment;
  seatsOfNow: (number | null)[];
}

/** Who should have what once somebody left, came or works otherwise, moving as few customers as possible. */
export function repairModel(units: readonly Unit[], seats: readonly Seat[], neighbours?: Neighbours): RepairModel {
  const targets = targetsOf(units, seats);
  const place = new Map(seats.map(({ advisorId }, index) => [advisorId, index]));
  const seatsOfNow = units.map(({ pinnedTo, advisorId }) => place.get(pinnedTo ?? advisorId ?? '') ?? null);
  const centres = centresOf(
    units,
    seats,
    seatsOfNow.map((seat) => seat ?? -1),
  );
  const apart = apartness(units, seatsOfNow, seats.length, neighbours);
  const changes = pricesOfChange(units);
  const cost = kilometres(units, centres).map((row, unit) =>
    row.map((km, seat) => {
      const now = seatsOfNow[unit];
      const change = now === null || now === seat ? 0 : (changes[unit] ?? 0);
      // An area without customers goes to who is near, too.
      return Math.max(units[unit]?.minutes ?? 0, leastMinutes) * (km + (apart(unit, seat) ? apartKm : 0)) + change;
    }),
  );
  const pinned = units.map(({ pinnedTo }) => pinnedTo !== undefined && place.has(pinnedTo));
  const problem = { minutes: units.map(({ minutes }) => minutes), targets, cost, pinned };
  const candidates = (unit: number) => [...targets.keys()].filter((seat) => !pinned[unit] || seatsOfNow[unit] === seat);
  const fixed = targets.map(() => 0);
  const text = programme({ problem, candidates, fixed, band: programmeBand, whole: false });
  return { text, problem, seatsOfNow };
}

/**
 * What a change of advisor costs for each unit, in minute-kilometres. Every customer counts the same, whatever their
 * work: a repair moves few customers, not few minutes.
 */
function pricesOfChange(units: readonly Unit[]): number[] {
  const minutes = units.reduce((sum, unit) => sum + unit.minutes, 0);
  const customers = units.reduce((sum, unit) => sum + unit.customers, 0);
  const mean = minutes / Math.max(1, customers);
  return units.map((unit) =>
    Math.max(changeKm * unit.customers * mean, leastChangeKm * unit.minutes, changeKm * leastMinutes),
  );
}

/** Value of a variable in a solution, 0 when it is not in it. */
type PartOf = (variable: string) => number;

/**
 * The second programme: whole units for those that the first one moved or divided; everyone else stays. It is small
 * (some dozens of units), and finds what rounding one by one misses.
 */
export function wholeModel({ problem, seatsOfNow }: RepairModel, partOf: PartOf): string {
  const fixed = problem.targets.map(() => 0);
  const stays = (unit: number) => {
    const now = seatsOfNow[unit] ?? null;
    return now !== null && (problem.pinned[unit] || partOf(`x${unit}_${now}`) > 1 - 1e-6) ? now : null;
  };
  problem.minutes.forEach((minutes, unit) => {
    const seat = stays(unit);
    if (seat !== null) fixed[seat] = (fixed[seat] ?? 0) + minutes;
  });
  const free = problem.minutes.filter((_, unit) => stays(unit) === null).length;
  const candidates = (unit: number) => {
    if (stays(unit) !== null) return [];
    const tried = free <= fewUnits ? problem.targets.length : nearSeats;
    return nearest(problem, unit).filter(
      (seat, rank) => rank < tried || seat === seatsOfNow[unit] || partOf(`x${unit}_${seat}`) > 1e-6,
    );
  };
  return programme({ problem, candidates, fixed, band: wholeBand, whole: true });
}

function nearest({ cost, targets }: Assignment, unit: number): number[] {
  const row = cost[unit] ?? [];
  return [...targets.keys()].sort((one, other) => (row[one] ?? 0) - (row[other] ?? 0));
}

/**
 * Whole units from the parts of the first programme and, where it was solved, from the second one; local repair to
 * ±10 %. Local repair alone is tried too, and the cheapest of them taken. Returns the seat of each unit.
 */
export function roundRepair(model: RepairModel, partOf: PartOf, wholeOf: PartOf = partOf): number[] {
  const { problem } = model;
  const tried = [wholeOf, partOf]
    .map((parts) => mend(problem, rounded(model, parts), operationBand))
    .concat([repairWithoutSolver(model)])
    .map((owner) => sendHome(model, owner))
    .map((owner) => ({ owner, price: price(problem, owner) }));
  return tried.reduce((best, each) => (each.price < best.price ? each : best)).owner;
}

/** Each unit to the seat that gets most of it; one that is in no programme stays. */
function rounded({ problem, seatsOfNow }: RepairModel, partOf: PartOf): number[] {
  return problem.minutes.map((_, unit) => {
    const now = seatsOfNow[unit] ?? null;
    if (now !== null && problem.pinned[unit]) return now;
    const parts = problem.targets.map((_target, seat) => partOf(`x${unit}_${seat}`));
    return now !== null && parts.every((part) => part === 0) ? now : largest(parts);
  });
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
