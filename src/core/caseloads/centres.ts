import { kmBetween } from './distance.ts';
import type { Place, Seat, Unit } from './unit.ts';

/** At most so many places are tried as the middle of a caseload. */
const tried = 60;

/** The middle of each seat's caseload: the unit with the fewest minute-kilometres to the others, else the base. */
export function centresOf(units: readonly Unit[], seats: readonly Seat[], owner: readonly number[]): (Place | null)[] {
  return seats.map((seat, index) => {
    const own = units.filter((_, unit) => owner[unit] === index);
    return middle(own) ?? seat.base ?? null;
  });
}

function middle(units: readonly Unit[]): Place | null {
  const step = Math.max(1, Math.ceil(units.length / tried));
  let best: { place: Place; cost: number } | null = null;
  for (let index = 0; index < units.length; index += step) {
    const place = units[index]?.place;
    if (!place) continue;
    const cost = units.reduce((sum, unit) => sum + unit.minutes * kmBetween(place, unit.place), 0);
    if (!best || cost < best.cost) best = { place, cost };
  }
  return best?.place ?? null;
}

/** Kilometres from every unit to every centre; a seat without any place is equally near to all. */
export function kilometres(units: readonly Unit[], centres: readonly (Place | null)[]): number[][] {
  return units.map((unit) => centres.map((centre) => (centre ? kmBetween(unit.place, centre) : 0)));
}
