import type { MapPlace } from '../../desk/views/caseload-map.ts';
import type { Scene } from '../ui/page.tsx';

/** At most so many tiles in all, so that the page stays light. */
const mostTiles = 360;
const side = 34;
const across = 6;

/** Backgrounds by day and by night; letters say who it is, colour only helps. */
const colours = [
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

/** How each advisor is marked on the map: two letters, told apart by a number where two share them, and a colour. */
export interface Mark {
  letters: string;
  colour: readonly [light: string, dark: string];
}

export function marksOf(places: readonly MapPlace[]): Map<string, Mark> {
  const people = new Map(places.flatMap(({ held }) => held.map(({ advisorId, name }) => [advisorId, name] as const)));
  const taken = new Map<string, number>();
  const marks = new Map<string, Mark>();
  for (const [advisorId, name] of [...people].toSorted(([, one], [, other]) => one.localeCompare(other, 'fr'))) {
    const initials = name
      .split(/[\s-]+/)
      .map((part) => part[0] ?? '')
      .join('')
      .slice(0, 2)
      .toUpperCase();
    const before = taken.get(initials) ?? 0;
    taken.set(initials, before + 1);
    const colour = colours[marks.size % colours.length] ?? colours[0];
    marks.set(advisorId, { letters: before === 0 ? initials : `${initials}${before + 1}`, colour });
  }
  return marks;
}

/** The territory as tiles: a block for each EPCI in the order of the territory, a tile for so many customers of one advisor. */
export function TileMap({ scene: { say }, places }: { scene: Scene; places: readonly MapPlace[] }) {
  const marks = marksOf(places);
  const all = places.reduce((sum, { customers }) => sum + customers, 0);
  const each = Math.max(1, Math.ceil(all / mostTiles));
  return (
    <>
      <p class="soft">{say('mapScale', { count: each })}</p>
      <ul class="files">
        {places.map((place) => (
          <li key={place.code}>
            <strong>{place.name}</strong>
            <Block place={place} marks={marks} each={each} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Block({ place, marks, each }: { place: MapPlace; marks: Map<string, Mark>; each: number }) {
  const tiles = place.held.flatMap(({ advisorId, customers }) =>
    Array.from({ length: Math.max(1, Math.round(customers / each)) }, () => marks.get(advisorId)),
  );
  const [width, height] = [Math.min(across, tiles.length) * side, Math.ceil(tiles.length / across) * side];
  const said = place.held.map(({ name, customers }) => `${name} ${customers}`).join(', ');
  return (
    <p class="tight">
      <svg
        role="img"
        aria-label={`${place.name}: ${said}`}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
      >
        {tiles.map((mark, index) => {
          const [x, y] = [(index % across) * side, Math.floor(index / across) * side];
          const [light, dark] = mark?.colour ?? colours[0];
          return (
            <>
              <rect
                x={x + 1}
                y={y + 1}
                width={side - 2}
                height={side - 2}
                rx="3"
                fill={`light-dark(${light},${dark})`}
              />
              <text x={x + side / 2} y={y + side / 2 + 5} text-anchor="middle" font-size="14" fill="currentColor">
                {mark?.letters}
              </text>
            </>
          );
        })}
      </svg>
    </p>
  );
}
