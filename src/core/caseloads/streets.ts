/** Somebody who lives in a commune that is cut. */
export interface Dweller {
  id: string;
  /** As it is on file: "12 rue du Pré, 39200 Saint-Claude"; null when there is none. */
  address: string | null;
}

/**
 * Deals the people of a commune to its sectors; answers the index of each one's sector, in their order. A sector with
 * streets has those who live there, the first such sector counts. Everyone else is shared out in equal parts among the
 * sectors without streets, neighbours together; where all have streets they go to the first.
 */
export function dealToSectors(people: readonly Dweller[], streets: readonly (readonly string[])[]): number[] {
  const wanted = streets.map((each) => each.map(plain).filter(Boolean));
  const dealt = people.map(({ address }) => {
    const written = ` ${plain(address ?? '')} `;
    return wanted.findIndex((names) => names.some((name) => written.includes(` ${name} `)));
  });
  const open = wanted.flatMap((names, index) => (names.length === 0 ? [index] : []));
  const rest = people
    .map((person, index) => ({ index, key: alongStreets(person) }))
    .filter(({ index }) => dealt[index] === -1)
    .sort((one, other) => compare(one.key, other.key));
  rest.forEach(({ index }, place) => {
    dealt[index] = open[Math.floor((place * open.length) / rest.length)] ?? 0;
  });
  return dealt;
}

/** Streets as people list them: one a line, or with commas and semicolons between. */
export function readStreets(typed: string): string[] {
  return typed
    .split(/[\n,;]/)
    .map((street) => street.trim())
    .filter((street) => plain(street) !== '');
}

/** Without accents, capitals and signs: "Rue de l’Église" and "RUE DE L EGLISE" are the same. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function alongStreets({ id, address }: Dweller): [string, number, string] {
  const written = plain(address ?? '');
  const [, number = '0', street = ''] = /^(\d{1,6})? ?(?:(?:bis|ter|quater) )?(.*)$/.exec(written) ?? [];
  return [street, Number(number), id];
}

function compare(one: [string, number, string], other: [string, number, string]): number {
  return one[0].localeCompare(other[0]) || one[1] - other[1] || one[2].localeCompare(other[2]);
}
