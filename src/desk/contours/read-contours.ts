import { feature, neighbors } from 'topojson-client';
import { topology } from 'topojson-server';
import { presimplify, quantile, simplify } from 'topojson-simplify';
import type { Both } from '../../platform/config/said-in-both.ts';
import { contourProblems } from './words.ts';

type Ring = [longitude: number, latitude: number][];

/** One commune of a file: its code as written there, and its outline. */
export interface Contour {
  code: string;
  rings: Ring[];
  at: { longitude: number; latitude: number };
  neighbours: string[];
}

export type ContoursRead = { ok: true; contours: Contour[] } | { ok: false; problem: Both };

/** Limits of a file, and how many points a commune keeps on average. */
export const limits = { bytes: 100_000_000, features: 40_000, points: 5_000_000, pointsKept: 40 };
const codeNames = ['insee', 'code', 'INSEE_COM', 'insee_com', 'codgeo', 'CODGEO', 'code_insee', 'com_insee'];

type Shape = { type: 'MultiPolygon'; coordinates: [number, number][][][]; properties: { code: string } };

/**
 * Outlines from GeoJSON text (RFC 7946, degrees): checked, then simplified together, so that borders which two communes
 * share stay shared. What is wrong is said in both languages, with the number of the feature.
 */
export function readContours(text: string): ContoursRead {
  const parsed = parse(text);
  if (!Array.isArray(parsed)) return { ok: false, problem: contourProblems.notGeoJson };
  if (parsed.length === 0) return { ok: false, problem: contourProblems.empty };
  if (parsed.length > limits.features) return { ok: false, problem: contourProblems.tooManyFeatures(limits.features) };
  const shapes: Shape[] = [];
  for (const [index, each] of parsed.entries()) {
    const shape = shapeOf(each);
    if ('fr' in shape) return { ok: false, problem: contourProblems.inFeature(index + 1, shape) };
    shapes.push(shape);
  }
  const points = shapes.reduce(
    (sum, { coordinates }) => sum + coordinates.flat().reduce((all, ring) => all + ring.length, 0),
    0,
  );
  if (points > limits.points) return { ok: false, problem: contourProblems.tooManyPoints(limits.points) };
  return { ok: true, contours: simplified(shapes, points) };
}

function parse(text: string): unknown {
  try {
    const read = JSON.parse(text) as { type?: unknown; features?: unknown } | null;
    return read?.type === 'FeatureCollection' ? read.features : undefined;
  } catch {
    return undefined;
  }
}

function shapeOf(value: unknown): Shape | Both {
  const { geometry, properties } = (value ?? {}) as {
    geometry?: { type?: unknown; coordinates?: unknown };
    properties?: Record<string, unknown>;
  };
  const name = codeNames.find((each) => properties?.[each] !== undefined);
  const code = name ? String(properties?.[name]) : '';
  if (!/^(\d{2}|2[AB])\d{3}$/.test(code)) return contourProblems.noCode(codeNames);
  if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon') return contourProblems.noPolygon(code);
  const coordinates = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  if (!isOutline(coordinates)) return contourProblems.noOutline(code);
  return { type: 'MultiPolygon', coordinates, properties: { code } };
}

function isOutline(value: unknown): value is [number, number][][][] {
  const isPoint = (point: unknown) =>
    Array.isArray(point) &&
    Math.abs(Number(point[0])) <= 180 &&
    Math.abs(Number(point[1])) <= 90 &&
    point.slice(0, 2).every(Number.isFinite);
  const isRing = (ring: unknown) =>
    Array.isArray(ring) &&
    ring.length >= 4 &&
    ring.every(isPoint) &&
    ring[0][0] === ring.at(-1)[0] &&
    ring[0][1] === ring.at(-1)[1];
  const isPolygon = (polygon: unknown) => Array.isArray(polygon) && polygon.length > 0 && polygon.every(isRing);
  return Array.isArray(value) && value.length > 0 && value.every(isPolygon);
}

function simplified(shapes: Shape[], points: number): Contour[] {
  const features = shapes.map(({ type, coordinates, properties }) => ({
    type: 'Feature',
    properties,
    geometry: { type, coordinates },
  }));
  const collection = { type: 'FeatureCollection', features } as never;
  const whole = topology({ communes: collection }, 1e6);
  const weighed = presimplify(whole as never);
  const kept = Math.min(1, (limits.pointsKept * shapes.length) / points);
  const coarse = simplify(
    weighed,
    // Points on a straight line weigh nothing: they always go.
    Math.max(kept < 1 ? quantile(weighed, 1 - kept) : 0, Number.MIN_VALUE),
  );
  const communes = coarse.objects.communes as { geometries: Parameters<typeof neighbors>[0] };
  const beside = neighbors(communes.geometries);
  const outlines = feature(coarse as never, communes as never) as unknown as { features: { geometry: Shape }[] };
  return shapes.map(({ coordinates, properties: { code } }, index) => {
    const rings = (outlines.features[index]?.geometry.coordinates ?? [])
      .flat()
      .map((ring) => ring.map(([x, y]): [number, number] => [round(x), round(y)]));
    return {
      code,
      rings,
      at: middle(coordinates),
      neighbours: (beside[index] ?? []).map((other) => shapes[other]?.properties.code ?? ''),
    };
  });
}

const round = (value: number) => Math.round(value * 10_000) / 10_000;

/** Centre of the largest polygon, by area. */
function middle(polygons: readonly [number, number][][][]): Contour['at'] {
  let best = { area: -1, longitude: 0, latitude: 0 };
  for (const [ring] of polygons) {
    const [first] = ring ?? [];
    if (!ring || !first) continue;
    let [area, x, y] = [0, 0, 0];
    ring.slice(1).forEach(([toX, toY], index) => {
      const [fromX, fromY] = ring[index] ?? first;
      const cross = (fromX - first[0]) * (toY - first[1]) - (toX - first[0]) * (fromY - first[1]);
      area += cross / 2;
      x += (fromX + toX - 2 * first[0]) * cross;
      y += (fromY + toY - 2 * first[1]) * cross;
    });
    const by = area === 0 ? 1 : 6 * area;
    if (Math.abs(area) > best.area)
      best = {
        area: Math.abs(area),
        longitude: first[0] + (area === 0 ? 0 : x / by),
        latitude: first[1] + (area === 0 ? 0 : y / by),
      };
  }
  return { longitude: round(best.longitude), latitude: round(best.latitude) };
}
