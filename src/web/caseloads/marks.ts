import type { MapPlace } from '../../desk/views/caseload-map.ts';

/** Backgrounds by day and by night; letters say who it is, colour only helps. */
export const colours = [
  ['#cfe3ea', '#1f4756'],
  ['#f3d9c4', '#5c3a1e'],
  ['#d5e6cd', '#2f4a26'],
  ['#e6d3e8', '#4d2f52'],
  ['#f2e3ae', '#54470f'],
  ['#d3d7ef', '#333a66'],
  ['#efcfcf', '#5e2b2b'],
  ['#cfe8de', '#1d4c3c'],
  ['#e2dccb', '#464031'],
  ['#dccfc9', '#4b3831'],
] as const;

type Colour = readonly [light: string, dark: string];

/** How each advisor is marked on the map: two letters, told apart by a number where two share them, and a colour. */
export interface Mark {
  letters: string;
  colour: Colour;
}

/** Marks of everyone on the map. Advisors of one EPCI, and those listed as touching, get different colours if there are enough. */
export function marksOf(
  places: readonly MapPlace[],
  touching: readonly (readonly [string, string])[] = [],
): Map<string, Mark> {
  const people = new Map(places.flatMap(({ held }) => held.map(({ advisorId, name }) => [advisorId, name] as const)));
  const beside = besideWhom(places, touching);
  const taken = new Map<string, number>();
  const marks = new Map<string, Mark>();
  for (const [advisorId, name] of [...people].toSorted(([, one], [, other]) => one.localeCompare(other, 'fr'))) {
    const initials = initialsOf(name);
    const before = taken.get(initials) ?? 0;
    taken.set(initials, before + 1);
    const around = [...(beside.get(advisorId) ?? [])].flatMap((other) => marks.get(other)?.colour ?? []);
    const colour = leastUsed(around, marks.size);
    marks.set(advisorId, { letters: before === 0 ? initials : `${initials}${before + 1}`, colour });
  }
  return marks;
}

function besideWhom(places: readonly MapPlace[], touching: readonly (readonly [string, string])[]) {
  const beside = new Map<string, Set<string>>();
  const join = (one: string, other: string) => beside.set(one, (beside.get(one) ?? new Set()).add(other));
  for (const { held } of places) for (const one of held) for (const other of held) join(one.advisorId, other.advisorId);
  for (const [one, other] of touching) {
    join(one, other);
    join(other, one);
  }
  return beside;
}

const initialsOf = (name: string) =>
  name
    .split(/[\s-]+/)
    .map((part) => part[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();

/** The colour that is least around; the search begins elsewhere for each, so that all are used. */
function leastUsed(around: readonly string[], first: number): Colour {
  const order = colours.map((_, index) => colours[(first + index) % colours.length] ?? colours[0]);
  const times = ([light]: Colour) => around.filter((each) => each === light).length;
  return order.reduce((best, each) => (times(each) < times(best) ? each : best));
}
