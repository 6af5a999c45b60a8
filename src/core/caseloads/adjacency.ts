import type { Place, Unit } from './unit.ts';

/** Which communes share a border, by INSEE code; known once contours are imported. */
export type Neighbours = ReadonlyMap<string, ReadonlySet<string>>;

/** Kilometres that a commune away from the rest of a caseload weighs (K of routing.md). */
export const apartKm = 20;

/** Whether a unit would lie away from everything else that a seat has. A seat with nothing else has nothing to be away from. */
type Apart = (unit: number, seat: number) => boolean;

/**
 * By borders where they are known: the seat has the same commune, or one beside it. Without contours, by the hierarchy:
 * it has something else in the same EPCI (or arrondissement, or département, where there is no EPCI). A commune without
 * land borders (an island) is away from nobody.
 */
export function apartness(
  units: readonly Unit[],
  owner: readonly (number | null)[],
  seats: number,
  neighbours?: Neighbours,
): Apart {
  const whole = owner.reduce((count, seat) => add(count, seat, ''), new Map<string, number>());
  const byKey = owner.reduce(
    (count, seat, unit) => add(count, seat, keyOf(units[unit]?.place, neighbours)),
    new Map<string, number>(),
  );
  const others = (from: Map<string, number>, unit: number, seat: number, key: string, own: string) =>
    (from.get(`${seat} ${key}`) ?? 0) - (owner[unit] === seat && key === own ? 1 : 0);
  return (unit, seat) => {
    const place = units[unit]?.place;
    if (!place || seat >= seats || others(whole, unit, seat, '', '') <= 0) return false;
    const own = keyOf(place, neighbours);
    if (others(byKey, unit, seat, own, own) > 0) return false;
    const beside = neighbours?.get(place.commune);
    if (!beside) return true;
    return beside.size > 0 && ![...beside].some((commune) => (byKey.get(`${seat} ${borderKey(commune)}`) ?? 0) > 0);
  };
}

function add(count: Map<string, number>, seat: number | null, key: string): Map<string, number> {
  const name = `${seat} ${key}`;
  return seat === null ? count : count.set(name, (count.get(name) ?? 0) + 1);
}

const borderKey = (commune: string) => `commune ${commune}`;

/** A commune whose borders are known counts by itself; another one by the closest level it belongs to. */
function keyOf(place: Place | undefined, neighbours?: Neighbours): string {
  if (!place) return '';
  if (neighbours?.has(place.commune)) return borderKey(place.commune);
  if (place.epci) return `epci ${place.epci}`;
  return place.arrondissement ? `arrondissement ${place.arrondissement}` : `departement ${place.departement}`;
}
