import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { solveLinear } from '../../platform/solver/solve-linear.ts';
import { designBand, designCaseloads } from './design.ts';
import { measureCaseloads } from './measure.ts';
import { operationBand, repairModel, repairWithoutSolver, roundRepair } from './repair.ts';
import { cutIntoSectors } from './sectors.ts';
import type { Seat, Unit } from './unit.ts';

interface Listed {
  code: string;
  type: string;
  population?: number;
  departement: string;
  arrondissement: string;
}
const beside = createRequire(import.meta.url);
const listed = beside('@etalab/decoupage-administratif/data/communes.json') as Listed[];
const epcis = beside('@etalab/decoupage-administratif/data/epci.json') as {
  code: string;
  membres: { code: string }[];
}[];
const epciOf = new Map(epcis.flatMap(({ code, membres }) => membres.map((commune) => [commune.code, code])));

function territory(departements: string[], customers: number, advisors: number) {
  const communes = listed.filter(
    ({ type, departement }) => type === 'commune-actuelle' && departements.includes(departement),
  );
  const people = communes.reduce((sum, { population }) => sum + (population ?? 0), 0);
  const units = communes.map(({ code, population, departement, arrondissement }): Unit => {
    const own = Math.round(((population ?? 0) / people) * customers);
    const place = { commune: code, epci: epciOf.get(code) ?? null, arrondissement, departement };
    return { id: code, place, minutes: own, customers: own, advisorId: null };
  });
  return { units: cutIntoSectors(units, customers / advisors), seats: seats(advisors) };
}

const seats = (count: number): Seat[] =>
  Array.from({ length: count }, (_, index) => ({ advisorId: `a${index}`, share: 1 }));

function units(minutes: number[], more: (index: number) => Partial<Unit> = () => ({})): Unit[] {
  return minutes.map((each, index) => ({
    id: `u${index}`,
    place: {
      commune: `c${index}`,
      epci: `e${Math.floor(index / 9)}`,
      arrondissement: `r${Math.floor(index / 40)}`,
      departement: '00',
    },
    minutes: each,
    customers: each,
    advisorId: null,
    ...more(index),
  }));
}

function designed(all: Unit[], who: Seat[]) {
  const owner = designCaseloads(all, who);
  return { owner, ...measureCaseloads(all, who, owner) };
}

async function repaired(all: Unit[], who: Seat[]) {
  const model = repairModel(all, who);
  const solved = await solveLinear(model.text);
  const owner = solved.ok ? roundRepair(model, (name) => solved.parts.get(name) ?? 0) : repairWithoutSolver(model);
  return { solved: solved.ok, owner, ...measureCaseloads(all, who, owner) };
}

const given = (all: Unit[], who: Seat[], owner: number[]) =>
  all.map((unit, index) => ({ ...unit, advisorId: who[owner[index] ?? 0]?.advisorId ?? null }));

function expectBalanced({ least, most }: { least: number; most: number }, band: number) {
  expect(least).toBeGreaterThanOrEqual(1 - band - 1e-9);
  expect(most).toBeLessThanOrEqual(1 + band + 1e-9);
}

test('Doubs and Jura, 120,000 customers, 30 advisors: ±5 % at design; a departure moves at most 1.05 times the floor', async () => {
  const { units: all, seats: who } = territory(['25', '39'], 120_000, 30);
  const design = designed(all, who);
  expectBalanced(design, designBand);
  for (const leaver of [0, 17]) {
    const rest = who.filter((_, index) => index !== leaver);
    const repair = await repaired(given(all, who, design.owner), rest);
    expect(repair.solved).toBe(true);
    expectBalanced(repair, operationBand);
    expect(repair.customersMoved).toBeLessThanOrEqual(1.05 * repair.floor);
    expect(repair.customersMoved).toBeGreaterThanOrEqual(repair.floor);
  }
});

test.each([
  ['one metropolis', territory(['75'], 60_000, 15)],
  ['the largest département', territory(['62'], 120_000, 30)],
  ['two advisors', territory(['39'], 5_000, 2)],
])('%s is designed within ±5 %%', (_name, { units: all, seats: who }) =>
  expectBalanced(designed(all, who), designBand),
);

test('islands with coordinates and communes without customers are given to someone, within ±5 %', () => {
  const far = [46, 47.9, 42];
  const all = units(
    [...Array(90).keys()].map((index) => (index % 10 === 0 ? 0 : 20 + (index % 5))),
    (index) => ({
      place: {
        commune: `c${index}`,
        epci: null,
        arrondissement: null,
        departement: '00',
        at: { latitude: (far[index % 3] ?? 0) + index / 1000, longitude: 5 + (index % 7) / 100 },
      },
    }),
  );
  const design = designed(all, seats(3));
  expectBalanced(design, designBand);
  expect(design.owner).toHaveLength(90);
  expect(design.meanKm).toBeLessThan(20);
});

test('an advisor at 20 % gets a fifth of a caseload', () => {
  const who = seats(4).map((seat, index) => (index === 2 ? { ...seat, share: 0.2 } : seat));
  const design = designed(units(Array(200).fill(10)), who);
  expectBalanced(design, designBand);
  expect(design.loads[2]?.customers).toBeLessThan(0.25 * (design.loads[0]?.customers ?? 0));
});

test('a pinned pair stays, at design and in a repair', async () => {
  const all = units(Array(120).fill(10), (index) => ({
    advisorId: `a${index % 4}`,
    ...(index === 7 ? { pinnedTo: 'a1' } : {}),
  }));
  expect(designed(all, seats(4)).owner[7]).toBe(1);
  expect((await repaired(all, seats(3))).owner[7]).toBe(1);
});

test('where no balance is possible, the solver says so and everyone still has an advisor', async () => {
  const repair = await repaired(
    units([100, 1], (index) => ({ advisorId: 'a0', ...(index === 0 ? { pinnedTo: 'a0' } : {}) })),
    seats(2),
  );
  expect(repair.solved).toBe(false);
  expect(repair.owner.every((seat) => seat >= 0 && seat < 2)).toBe(true);
});

test('who is cancelled gets the reason, not an answer', async () => {
  const { text } = repairModel(units(Array(60).fill(5)), seats(6));
  await expect(solveLinear(text, AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
  const later = new AbortController();
  const solving = solveLinear(text, later.signal);
  later.abort(new Error('cancelled'));
  await expect(solving).rejects.toThrow('cancelled');
});

test('whatever the communes weigh, small ones always balance, and no customer is lost by cutting sectors', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 150, maxLength: 250 });
  fc.assert(
    fc.property(weights, fc.integer({ min: 2, max: 8 }), (minutes, advisors) => {
      const all = cutIntoSectors(units(minutes), minutes.reduce((sum, each) => sum + each, 0) / advisors);
      const design = designed(all, seats(advisors));
      expectBalanced(design, designBand);
      expect(all.reduce((sum, unit) => sum + unit.customers, 0)).toBe(minutes.reduce((sum, each) => sum + each, 0));
    }),
    { numRuns: 25, seed: 5 },
  );
});
