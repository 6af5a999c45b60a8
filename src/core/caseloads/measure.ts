import { apartness, type Neighbours } from './adjacency.ts';
import { centresOf, kilometres } from './centres.ts';
import { operationBand } from './repair.ts';
import { type Seat, targetsOf, type Unit } from './unit.ts';

export interface CaseloadMeasures {
  loads: { advisorId: string; minutes: number; customers: number; ofTarget: number }[];
  /** Least and most load, as a part of the target. */
  least: number;
  most: number;
  meanKm: number;
  /** 95 in 100 minutes of work lie no farther than this from the middle of the caseload. */
  p95Km: number;
  /** Customers in communes away from the rest of their advisor's caseload. */
  apart: number;
  /** Mean years that customers have been with the advisor they would have; who changes begins at none. */
  tenureYears?: number;
  /** Part of the customers whose advisor has two backups who will be there. */
  twoBackups?: number;
  customersMoved: number;
  /** Fewest customers that any solution within ±10 % must move: those without an advisor, and what is too much. */
  floor: number;
}

/** Loads, distances and changes of giving each unit to a seat (`owner[unit]` is an index of `seats`). */
export function measureCaseloads(
  units: readonly Unit[],
  seats: readonly Seat[],
  owner: readonly (number | null)[],
  neighbours?: Neighbours,
): CaseloadMeasures {
  const targets = targetsOf(units, seats);
  const given = owner.map((seat) => seat ?? -1);
  const loads = seats.map(({ advisorId }, seat) => {
    const own = units.filter((_, unit) => given[unit] === seat);
    const minutes = sum(own.map((unit) => unit.minutes));
    return {
      advisorId,
      minutes,
      customers: sum(own.map((unit) => unit.customers)),
      ofTarget: minutes / (targets[seat] || 1),
    };
  });
  const parts = loads.map(({ ofTarget }) => ofTarget);
  const km = kilometres(units, centresOf(units, seats, given));
  const minutes = sum(units.map((unit) => unit.minutes)) || 1;
  const apart = apartness(units, owner, seats.length, neighbours);
  const moved = units.filter((unit, index) => unit.advisorId !== seats[given[index] ?? -1]?.advisorId);
  return {
    loads,
    least: Math.min(...parts),
    most: Math.max(...parts),
    meanKm: sum(units.map((unit, index) => unit.minutes * (km[index]?.[given[index] ?? -1] ?? 0))) / minutes,
    p95Km: quantile(
      units.map((unit, index) => ({ km: km[index]?.[given[index] ?? -1] ?? 0, minutes: unit.minutes })),
      0.95 * minutes,
    ),
    apart: sum(units.map((unit, index) => (apart(index, given[index] ?? -1) ? unit.customers : 0))),
    ...tenureOf(units, seats, given),
    ...backedUp(units, seats, given),
    customersMoved: sum(moved.map((unit) => unit.customers)),
    floor: floorOf(units, seats, targets),
  };
}

function tenureOf(
  units: readonly Unit[],
  seats: readonly Seat[],
  owner: readonly number[],
): Pick<CaseloadMeasures, 'tenureYears'> {
  if (!units.some(({ tenureYears }) => tenureYears !== undefined)) return {};
  const years = units.map((unit, index) =>
    unit.advisorId === seats[owner[index] ?? -1]?.advisorId ? unit.customers * (unit.tenureYears ?? 0) : 0,
  );
  return { tenureYears: sum(years) / (sum(units.map(({ customers }) => customers)) || 1) };
}

function backedUp(
  units: readonly Unit[],
  seats: readonly Seat[],
  owner: readonly number[],
): Pick<CaseloadMeasures, 'twoBackups'> {
  if (!seats.some(({ validBackups }) => validBackups !== undefined)) return {};
  const two = units.filter((_, index) => (seats[owner[index] ?? -1]?.validBackups ?? 0) >= 2);
  const customers = (of: readonly Unit[]) => sum(of.map((unit) => unit.customers));
  return { twoBackups: customers(two) / (customers(units) || 1) };
}

function floorOf(units: readonly Unit[], seats: readonly Seat[], targets: readonly number[]): number {
  const places = new Map(seats.map(({ advisorId }, index) => [advisorId, index]));
  const held = targets.map((): Unit[] => []);
  const orphans: Unit[] = [];
  for (const unit of units) (held[places.get(unit.advisorId ?? '') ?? -1] ?? orphans).push(unit);
  const minutes = (own: readonly Unit[]) => sum(own.map((unit) => unit.minutes));
  const above = held.map((own, seat) => fewest(own, minutes(own) - (targets[seat] ?? 0) * (1 + operationBand)));
  const below = held.map((own, seat) => Math.max(0, (targets[seat] ?? 0) * (1 - operationBand) - minutes(own)));
  return Math.max(sum(orphans.map((unit) => unit.customers)) + sum(above), fewest(units, sum(below)));
}

/** The fewest customers with so much work: those with the most of it first. */
function fewest(units: readonly Unit[], minutes: number): number {
  let left = minutes - 1e-6;
  let customers = 0;
  const busiest = units.filter((unit) => unit.customers > 0).toSorted((one, other) => each(other) - each(one));
  for (const unit of busiest) {
    if (left <= 0) return customers;
    customers += Math.min(unit.customers, Math.ceil(left / each(unit)));
    left -= unit.minutes;
  }
  return customers;
}

const each = (unit: Unit) => unit.minutes / unit.customers;

/** The distance up to which so many minutes lie. */
function quantile(parts: readonly { km: number; minutes: number }[], upTo: number): number {
  let before = 0;
  for (const { km, minutes } of parts.toSorted((one, other) => one.km - other.km)) {
    before += minutes;
    if (before >= upTo) return km;
  }
  return 0;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
