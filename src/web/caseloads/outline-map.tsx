import { readCaseloadMap } from '../../desk/views/caseload-map.ts';
import { type OutlinedCommune, readOutlines, readTouching } from '../../desk/views/contours.ts';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';
import { type Mark, marksOf } from './marks.ts';

const width = 1000;

/** GET /:locale/staff/caseloads/map.svg — the communes we serve by advisor, drawn from the operator's own outlines. */
export async function showOutlines(c: WebContext): Promise<Response> {
  const { db } = c.var.house;
  const communes = await readOutlines(db);
  if (communes.length === 0) return answerNotFound(c);
  const svg = draw(communes, marksOf(await readCaseloadMap(db), await readTouching(db)));
  // Its own style, and nothing else: no script, nothing from elsewhere.
  return c.body(svg, 200, {
    'Content-Type': 'image/svg+xml',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
    'Cache-Control': 'private, no-store',
  });
}

function draw(communes: readonly OutlinedCommune[], marks: Map<string, Mark>): string {
  const { place, height } = scaleOf(communes);
  const owners = [...new Set(communes.map(({ advisorId }) => advisorId))];
  const areas = owners.map((owner, index) => {
    const own = communes.filter(({ advisorId }) => advisorId === owner);
    return `<path class="a${index}" d="${own.flatMap(({ rings }) => rings.map((ring) => outline(ring.map(place)))).join('')}"/>`;
  });
  const taken: Point[] = [];
  const names = owners.map((owner) => {
    const own = communes.filter(({ advisorId }) => advisorId === owner);
    const spot = spotOf(own, place, taken);
    taken.push(spot);
    return `<text x="${spot[0]}" y="${spot[1]}" dy=".35em">${marks.get(owner)?.letters ?? ''}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><style>${style(owners, marks)}</style>${areas.join('')}${names.join('')}</svg>`;
}

function style(owners: readonly string[], marks: Map<string, Mark>): string {
  const fills = (which: 0 | 1) =>
    owners.map((owner, index) => `.a${index}{fill:${marks.get(owner)?.colour[which] ?? '#999999'}}`).join('');
  // Letters grow where the picture is small, and stand out from borders by a rim.
  const common =
    'path{stroke-width:1;stroke-linejoin:round}text{font:600 24px sans-serif;text-anchor:middle;paint-order:stroke;stroke-width:5px;stroke-linejoin:round}@media(max-width:500px){text{font-size:38px}}';
  const light = 'path{stroke:#877d6d}text{fill:#26221d;stroke:#fbf8f1}';
  const dark = 'path{stroke:#8a8071}text{fill:#ebe5d9;stroke:#1b1916}';
  return `${common}${fills(0)}${light}@media(prefers-color-scheme:dark){${fills(1)}${dark}}`;
}

type Point = readonly [number, number];

/** Degrees to the picture: as wide as high in the middle of the territory. */
function scaleOf(communes: readonly OutlinedCommune[]) {
  let [west, east, south, north] = [180, -180, 90, -90];
  for (const [longitude, latitude] of communes.flatMap(({ rings }) => rings.flat())) {
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
  }
  const narrower = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = width / Math.max(1e-9, (east - west) * narrower);
  const height = Math.min(4 * width, Math.max(1, Math.ceil((north - south) * scale)));
  const place = ([longitude, latitude]: Point): Point => [
    Math.round((longitude - west) * narrower * scale),
    Math.round((north - latitude) * scale),
  ];
  return { place, height };
}

function outline(ring: readonly Point[]): string {
  const kept = ring.filter(([x, y], index) => index === 0 || x !== ring[index - 1]?.[0] || y !== ring[index - 1]?.[1]);
  return kept.length < 3 ? '' : `M${kept.map(([x, y]) => `${x} ${y}`).join('L')}Z`;
}

/** Room that letters take, in the units of the picture, also where it is small. */
const room = [76, 40] as const;

/** The commune nearest to the middle of them all whose letters hide no other: a name stands on its own ground. */
function spotOf(own: readonly OutlinedCommune[], place: (point: Point) => Point, taken: readonly Point[]): Point {
  const spots = own.map(({ longitude, latitude }) => place([longitude, latitude]));
  const mean = (axis: 0 | 1) => spots.reduce((sum, spot) => sum + spot[axis], 0) / spots.length;
  const [x, y] = [mean(0), mean(1)];
  const far = (spot: Point) => (spot[0] - x) ** 2 + (spot[1] - y) ** 2;
  const nearest = spots.toSorted((one, other) => far(one) - far(other));
  const free = ([left, top]: Point) =>
    taken.every((other) => Math.abs(other[0] - left) >= room[0] || Math.abs(other[1] - top) >= room[1]);
  const alone = (spot: Point) => Math.min(...taken.map((other) => Math.hypot(other[0] - spot[0], other[1] - spot[1])));
  return nearest.find(free) ?? nearest.toSorted((one, other) => alone(other) - alone(one))[0] ?? [0, 0];
}
