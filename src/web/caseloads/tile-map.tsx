import type { MapPlace } from '../../desk/views/caseload-map.ts';
import type { Scene } from '../ui/page.tsx';
import { colours, type Mark } from './marks.ts';

/** At most so many tiles in all, so that the page stays light. */
const mostTiles = 360;
const side = 34;
const across = 6;

interface Props {
  scene: Scene;
  places: readonly MapPlace[];
  marks: Map<string, Mark>;
}

/** The territory as tiles: a block for each EPCI in the order of the territory, a tile for so many customers of one advisor. */
export function TileMap({ scene: { say }, places, marks }: Props) {
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
