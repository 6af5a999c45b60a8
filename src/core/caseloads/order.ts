import type { Place, Unit } from './unit.ts';

/** Neighbours next to each other: by the hierarchy of places, and along a Hilbert curve where all have coordinates. */
export function inOrderOfPlace(places: readonly Place[]): number[] {
  const keys = places.every((place) => place.at) ? curve(places) : places.map(hierarchy);
  return places.map((_, index) => index).sort((one, other) => compare(keys[one], keys[other]) || one - other);
}

/** Cuts an order of units into one run a seat, each as heavy as its target allows. */
export function cutInRuns(units: readonly Unit[], order: readonly number[], targets: readonly number[]): number[] {
  const owner = units.map(() => 0);
  let seat = 0;
  let before = 0;
  let bound = targets[0] ?? 0;
  for (const index of order) {
    const minutes = units[index]?.minutes ?? 0;
    while (before + minutes / 2 > bound && seat < targets.length - 1) {
      seat += 1;
      bound += targets[seat] ?? 0;
    }
    owner[index] = seat;
    before += minutes;
  }
  return owner;
}

const hierarchy = (place: Place) =>
  [place.departement, place.arrondissement ?? '', place.epci ?? '', place.commune].join('|');

function compare(one: string | number | undefined, other: string | number | undefined): number {
  if (one === other || one === undefined || other === undefined) return 0;
  return one < other ? -1 : 1;
}

const side = 1024;

function curve(places: readonly Place[]): number[] {
  const across = scaled(places.map(({ at }) => at?.longitude ?? 0));
  const up = scaled(places.map(({ at }) => at?.latitude ?? 0));
  return across.map((x, index) => hilbert(x, up[index] ?? 0));
}

function scaled(values: readonly number[]): number[] {
  const least = values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const most = values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  return values.map((value) => Math.round(((value - least) / (most - least || 1)) * (side - 1)));
}

/** Position along a Hilbert curve of 1024 × 1024 cells (the usual bitwise construction). */
function hilbert(column: number, row: number): number {
  let [x, y, position] = [column, row, 0];
  for (let size = side / 2; size >= 1; size /= 2) {
    const right = x & size ? 1 : 0;
    const upper = y & size ? 1 : 0;
    position += size * size * ((3 * right) ^ upper);
    if (upper === 0) {
      if (right === 1) [x, y] = [side - 1 - x, side - 1 - y];
      [x, y] = [y, x];
    }
  }
  return position;
}
