import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApp, testHouse } from '../../test/app.ts';
import { inFrench } from '../../test/cli.ts';
import { testDatabase } from '../../test/database.ts';
import { englishWordsIn } from '../../test/english.ts';
import { openPage } from '../../test/page.ts';
import { signInStaff } from '../../test/sign-in.ts';
import { addTestCustomer, buildWorld, type World } from '../../test/world.ts';
import { limits, readContours } from '../desk/contours/read-contours.ts';
import { readNeighbours } from '../desk/views/contours.ts';
import { createProgram } from './program.ts';

const db = testDatabase();
let world: World;
let folder: string;

beforeAll(async () => {
  world = await buildWorld(db);
  await addTestCustomer(db, world);
  folder = await mkdtemp(join(tmpdir(), 'visavis-contours-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A square of one tenth of a degree with many points along its sides, the corner in the south-west. */
function square(code: string, west: number, south: number, name = 'insee') {
  const steps = [...Array(100).keys()].map((step) => step / 1000);
  const ring = [
    ...steps.map((step) => [west + step, south]),
    ...steps.map((step) => [west + 0.1, south + step]),
    ...steps.map((step) => [west + 0.1 - step, south + 0.1]),
    ...steps.map((step) => [west, south + 0.1 - step]),
    [west, south],
  ];
  return { type: 'Feature', properties: { [name]: code }, geometry: { type: 'Polygon', coordinates: [ring] } };
}
const collection = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features });

async function visavis(text: string) {
  const file = join(folder, 'communes.geojson');
  await writeFile(file, text);
  process.exitCode = 0;
  const seen = { out: '', err: '' };
  const program = createProgram((work) => work(testHouse(db, {})));
  const hush = (command: typeof program): void => {
    command.configureOutput({ writeOut: (words) => (seen.out += words), writeErr: (words) => (seen.err += words) });
    for (const each of command.commands) hush(each);
  };
  hush(program);
  await program.parseAsync(['import', 'contours', file], { from: 'user' });
  const status = Number(process.exitCode);
  process.exitCode = 0;
  return { ...seen, status };
}

test('outlines are kept simplified, borders are shared, codes of no commune of today are told', async () => {
  const text = collection(square('39478', 5.8, 46.3), square('39150', 5.9, 46.3, 'code'), square('39000', 7, 46.3));
  const { out, status } = await visavis(text);
  expect(status).toBe(0);
  expect(out).toContain('Outlines kept: 2, with 1 common borders. Left out, no commune of today: 39000.');
  const french = await inFrench(() => visavis(text));
  expect(french.out).toMatch(/^Contours gardés\s: 2, limites partagées\s: 1\. Laissés de côté, .*39000\.\n$/u);
  expect(englishWordsIn(french.out)).toEqual([]);
  const beside = await readNeighbours(db.database.kysely);
  expect([...(beside?.get('39478') ?? [])]).toEqual(['39150']);
  const row = await db.database.kysely
    .selectFrom('communeContour')
    .where('insee', '=', '39478')
    .selectAll()
    .executeTakeFirstOrThrow();
  expect((row.rings as unknown[][])[0]?.length).toBeLessThan(150);
  expect(row.longitude).toBeCloseTo(5.85, 2);
  expect(row.latitude).toBeCloseTo(46.35, 2);
});

test('a lead sees the outlines as a picture of its own, with letters, by day and by night', async () => {
  const app = testApp(db);
  const lead = await signInStaff(db, app, world.staff.lea);
  const page = await openPage(app, '/fr/staff/caseloads/map', lead);
  expect(page.html).toContain('src="/fr/staff/caseloads/map.svg"');
  const svg = await app.request('/fr/staff/caseloads/map.svg', { headers: lead });
  const text = await svg.text();
  expect(svg.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  expect(text).toMatch(/<path class="a0" d="M\d+ \d+L/);
  expect(text).toContain('>AP</text>');
  expect(text).toContain('prefers-color-scheme:dark');
});

test.each([
  ['not JSON', 'communes', 'not a GeoJSON FeatureCollection'],
  ['nothing in it', collection(), 'no communes'],
  ['no code', collection({ type: 'Feature', properties: { nom: 'x' }, geometry: null }), 'Feature 1: no INSEE code'],
  [
    'a point',
    collection({ properties: { code: '39478' }, geometry: { type: 'Point', coordinates: [5, 46] } }),
    'not a polygon',
  ],
  ['Lambert 93', collection(square('39478', 900_000, 6_600_000)), 'degrees'],
  [
    'an open ring',
    collection({
      properties: { code: '39478' },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [5, 46],
            [6, 46],
            [6, 47],
            [5, 47],
          ],
        ],
      },
    }),
    'rings closed',
  ],
  ['no commune of today', collection(square('39000', 5, 46)), 'No commune of today'],
])('%s is refused with how to mend it, and the outlines of before stay', async (_name, text, words) => {
  const { err, status } = await visavis(text);
  expect(status).toBe(1);
  expect(err).toContain(words);
  const french = await inFrench(() => visavis(text));
  expect(french).toMatchObject({ status: 1, err: expect.stringMatching(/Rien n’a été changé\.\n$/) });
  expect(englishWordsIn(french.err)).toEqual([]);
  expect(await db.database.kysely.selectFrom('communeContour').select('insee').execute()).toHaveLength(2);
});

test('a file with too many features is refused before any work', () => {
  const features = Array.from({ length: limits.features + 1 }, () => 0);
  expect(readContours(collection(...features))).toMatchObject({
    ok: false,
    problem: { fr: expect.stringContaining('plus de 40000'), en: expect.stringContaining('more than 40000') },
  });
});
