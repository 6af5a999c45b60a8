import { centresOf, kilometres } from './centres.ts';
import { operationBand } from './repair.ts';
import { type Seat, targetsOf, type Unit } from './unit.ts';

export interface CaseloadMeasures {
  loads: { advisorId: string; minutes: number; customers: number; ofTarget: number }[];
  /** Least and most load, as a part of the target. */
  least: number;
  most: number;
  meanKm: number;
  customersMoved: number;
  /** Fewest customers that any solution within ±10 % must move: those without an advisor, and what is too much. */
  floor: number;
}

/** Loads, distances and changes of giving each unit to a seat (`owner[unit]` is an index of `seats`). */
export function measureCaseloads(
  units: readonly Unit[],
  seats: readonly Seat[],
  owner: readonly (number | null)[],
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
  const moved = units.filter((unit, index) => unit.advisorId !== seats[given[index] ?? -1]?.advisorId);
  return {
    loads,
    least: Math.min(...parts),
    most: Math.max(...parts),
    meanKm: sum(units.map((unit, index) => unit.minutes * (km[index]?.[given[index] ?? -1] ?? 0))) / minutes,
    customersMoved: sum(moved.map((unit) => unit.customers)),
    floor: floorOf(units, seats, targets),
  };
}

function floorOf(units: readonly Unit[], seats: readonly Seat[], targets: readonly number[]): number {
  const places = new Map(seats.map(({ advisorId }, index) => [advisorId, index]));
  const load = targets.map(() => 0);
  let orphans = 0;
  for (const unit of units) {
    const seat = places.get(unit.advisorId ?? '');
    if (seat === undefined) orphans += unit.minutes;
    else load[seat] = (load[seat] ?? 0) + unit.minutes;
  }
  const tooMuch = sum(targets.map((target, seat) => Math.max(0, (load[seat] ?? 0) - target * (1 + operationBand))));
  const tooLittle = sum(targets.map((target, seat) => Math.max(0, target * (1 - operationBand) - (load[seat] ?? 0))));
  const perMinute = sum(units.map((unit) => unit.customers)) / (sum(units.map((unit) => unit.minutes)) || 1);
  return Math.round(Math.max(orphans + tooMuch, tooLittle) * perMinute);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
