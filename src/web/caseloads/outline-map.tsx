import { readCaseloadMap } from '../../desk/views/caseload-map.ts';
import { type OutlinedCommune, readOutlines } from '../../desk/views/contours.ts';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';
import { type Mark, marksOf } from './tile-map.tsx';

const width = 1000;

/** GET /:locale/staff/caseloads/map.svg — the communes we serve by advisor, drawn from the operator's own outlines. */
export async function showOutlines(c: WebContext): Promise<Response> {
  const { db } = c.var.house;
  const communes = await readOutlines(db);
  if (communes.length === 0) return answerNotFound(c);
  const svg = draw(communes, marksOf(await readCaseloadMap(db)));
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
  const names = owners.map((owner) => {
    const own = communes.filter(({ advisorId }) => advisorId === owner);
    const [x, y] = place(midmost(own));
    return `<text x="${x}" y="${y + 8}">${marks.get(owner)?.letters ?? ''}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><style>${style(owners, marks)}</style>${areas.join('')}${names.join('')}</svg>`;
}

function style(owners: readonly string[], marks: Map<string, Mark>): string {
  const fills = (which: 0 | 1) =>
    owners.map((owner, index) => `.a${index}{fill:${marks.get(owner)?.colour[which] ?? '#999999'}}`).join('');
  const common = 'path{stroke-width:1;stroke-linejoin:round}text{font:600 24px sans-serif;text-anchor:middle}';
  return `${common}${fills(0)}path{stroke:#877d6d}text{fill:#26221d}@media(prefers-color-scheme:dark){${fills(1)}path{stroke:#8a8071}text{fill:#ebe5d9}}`;
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

/** The commune nearest to the middle of them all: a name there stands on its own ground. */
function midmost(own: readonly OutlinedCommune[]): Point {
  const mean = (of: 'longitude' | 'latitude') => own.reduce((sum, each) => sum + each[of], 0) / own.length;
  const [x, y] = [mean('longitude'), mean('latitude')];
  const far = (each: OutlinedCommune) => (each.longitude - x) ** 2 + (each.latitude - y) ** 2;
  const best = own.reduce((one, other) => (far(other) < far(one) ? other : one));
  return [best.longitude, best.latitude];
}
