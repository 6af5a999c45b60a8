import { apartKm, apartness, type Neighbours } from './adjacency.ts';
import { centresOf, kilometres } from './centres.ts';
import { type Assignment, mendInSteps } from './mend.ts';
import { cutInRuns, inOrderOfPlace } from './order.ts';
import { atOnce, type Steps } from './steps.ts';
import { type Seat, targetsOf, type Unit } from './unit.ts';

/** Loads of a design lie within this part of their target. */
export const designBand = 0.05;
const rounds = 3;
const pricings = 120;

/**
 * Caseloads from nothing: runs of neighbours, then priced nearest (a discrete power diagram) around their middles, then
 * local repair to ±5 %. Of both, the one with the fewest minute-kilometres is taken. Returns the seat of each unit.
 */
export function designCaseloads(units: readonly Unit[], seats: readonly Seat[], neighbours?: Neighbours): number[] {
  return atOnce(designInSteps(units, seats, neighbours));
}

/** The same in steps: a design of a large territory takes a while, and can be cancelled between them. */
export function* designInSteps(
  units: readonly Unit[],
  seats: readonly Seat[],
  neighbours?: Neighbours,
): Steps<number[]> {
  if (seats.length === 0) return [];
  const ranks = seatsInOrder(units, seats);
  const ordered = ranks.map((index) => seats[index]).filter((seat) => seat !== undefined);
  const owner = yield* designOrdered(units, ordered, neighbours);
  return owner.map((seat) => ranks[seat] ?? 0);
}

/** The seats in the order in which their bases come among the units, so that a run falls to who is near it. */
function seatsInOrder(units: readonly Unit[], seats: readonly Seat[]): number[] {
  const anywhere = units[0]?.place ?? { commune: '', epci: null, arrondissement: null, departement: '' };
  return inOrderOfPlace(seats.map((seat) => seat.base ?? anywhere));
}

function* designOrdered(units: readonly Unit[], seats: readonly Seat[], neighbours?: Neighbours): Steps<number[]> {
  const targets = targetsOf(units, seats);
  const order = inOrderOfPlace(units.map(({ place }) => place));
  const runs = pin(units, seats, cutInRuns(units, order, targets));
  let best = yield* mended(units, seats, targets, runs, neighbours);
  for (let round = 0; round < rounds; round += 1) {
    const nearest = pin(units, seats, yield* pricedNearest(units, seats, targets, best.owner));
    const priced = yield* mended(units, seats, targets, nearest, neighbours);
    if (priced.misses > best.misses || (priced.misses === best.misses && priced.cost >= best.cost)) break;
    best = priced;
  }
  return best.owner;
}

function pin(units: readonly Unit[], seats: readonly Seat[], owner: readonly number[]): number[] {
  return owner.map((seat, unit) => {
    const held = seats.findIndex(({ advisorId }) => advisorId === units[unit]?.pinnedTo);
    return held < 0 ? seat : held;
  });
}

function* mended(
  units: readonly Unit[],
  seats: readonly Seat[],
  targets: number[],
  start: number[],
  neighbours?: Neighbours,
): Steps<{ owner: number[]; misses: number; cost: number }> {
  const problem = assignment(units, seats, targets, start, neighbours);
  const owner = yield* mendInSteps(problem, start, designBand);
  const { cost } = assignment(units, seats, targets, owner, neighbours);
  const load = targets.map(() => 0);
  owner.forEach((seat, unit) => {
    load[seat] = (load[seat] ?? 0) + (units[unit]?.minutes ?? 0);
  });
  const misses = targets.filter((target, seat) => Math.abs((load[seat] ?? 0) - target) > designBand * target).length;
  return { owner, misses, cost: owner.reduce((sum, seat, unit) => sum + (cost[unit]?.[seat] ?? 0), 0) };
}

function assignment(
  units: readonly Unit[],
  seats: readonly Seat[],
  targets: readonly number[],
  owner: readonly number[],
  neighbours?: Neighbours,
): Assignment {
  const apart = apartness(units, owner, seats.length, neighbours);
  const km = kilometres(units, centresOf(units, seats, owner));
  return {
    minutes: units.map(({ minutes }) => minutes),
    targets,
    cost: km.map((row, unit) =>
      row.map((each, seat) => (each + (apart(unit, seat) ? apartKm : 0)) * (units[unit]?.minutes ?? 0)),
    ),
    pinned: units.map(({ pinnedTo }) => seats.some(({ advisorId }) => advisorId === pinnedTo)),
  };
}

/** Each unit to the centre with the least distance plus price; a seat with too much becomes dearer. */
function* pricedNearest(
  units: readonly Unit[],
  seats: readonly Seat[],
  targets: number[],
  from: number[],
): Steps<number[]> {
  const km = kilometres(units, centresOf(units, seats, from));
  const prices = targets.map(() => 0);
  let owner = from;
  for (let turn = 0; turn < pricings; turn += 1) {
    yield;
    owner = km.map((row) => cheapest(row, prices));
    const load = targets.map(() => 0);
    owner.forEach((seat, unit) => {
      load[seat] = (load[seat] ?? 0) + (units[unit]?.minutes ?? 0);
    });
    const step = 20 / (1 + turn / 4);
    for (const [seat, target] of targets.entries())
      prices[seat] = (prices[seat] ?? 0) + step * Math.max(-1, Math.min(1, (load[seat] ?? 0) / target - 1));
  }
  return owner;
}

function cheapest(row: readonly number[], prices: readonly number[]): number {
  let best = 0;
  for (let seat = 1; seat < row.length; seat += 1)
    if ((row[seat] ?? 0) + (prices[seat] ?? 0) < (row[best] ?? 0) + (prices[best] ?? 0)) best = seat;
  return best;
}
