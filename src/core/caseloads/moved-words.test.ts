import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measureCaseloads } from './measure.ts';
import { movedWords } from './moved-words.ts';
import { operationBand } from './repair.ts';
import type { Unit } from './unit.ts';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const said = (moved: number, floor: number, more: Partial<Parameters<typeof movedWords>[0]> = {}) =>
  [movedWords({ kind: 'repair', balanced: true, moved, floor, ...more }, 'fr')].map(plain)[0];

test('from a skewed start the minimum is said with what it supposes, and what the plan keeps instead', () => {
  expect(said(105, 84)).toBe(
    'Clients qui changent de contact : 105. Aucune répartition équilibrée n’en change moins de 84. Ce minimum suppose que l’on puisse couper chaque commune n’importe où. Ce plan en change 21 de plus : il garde les secteurs entiers, et les trajets courts.',
  );
  expect(movedWords({ kind: 'repair', balanced: true, moved: 1105, floor: 1084 }, 'en')).toContain(
    'change contact: 1,105. No balanced division changes fewer than 1,084. That minimum',
  );
});

test('a plan that reaches the minimum says that no other changes fewer; one that moves nobody says only that', () => {
  expect(said(84, 84)).toBe('Clients qui changent de contact : 84. Aucune répartition équilibrée n’en change moins.');
  expect(said(0, 0)).toBe('Personne ne change de contact.');
});

test('a fresh design is not held to the minimum of a repair, and an unbalanced plan claims nothing', () => {
  expect(said(400, 84, { kind: 'design' })).toContain('Une réparation en changerait moins, 84 au minimum.');
  expect(said(10, 84, { balanced: false })).toContain('Pour une répartition équilibrée, il en faudrait au moins 84.');
  expect(said(105, 84, { balanced: false })).toBe('Clients qui changent de contact : 105.');
});

test('every sentence has fewer than twenty words', () => {
  const all = [said(105, 84), said(84, 84), said(400, 84, { kind: 'design' }), said(1, 84, { balanced: false })];
  for (const sentence of all.flatMap((text) => text?.split(/(?<=\.) /) ?? [])) {
    expect(sentence.split(' ').length).toBeLessThan(20);
  }
});

const seats = ['a', 'b', 'c'].map((advisorId) => ({ advisorId, share: 1 }));
const anyUnits = fc.array(
  fc.record({
    minutes: fc.integer({ min: 4, max: 14 }),
    customers: fc.integer({ min: 1, max: 6 }),
    advisorId: fc.constantFrom('a', 'a', 'b', 'c', null),
  }),
  { minLength: 6, maxLength: 8 },
);

test('it is true: of all divisions of a small territory, no balanced one changes fewer than the minimum', () => {
  let balanced = 0;
  fc.assert(
    fc.property(anyUnits, (given) => {
      const place = { commune: 'x', epci: null, arrondissement: null, departement: '39' };
      const units: Unit[] = given.map((unit, index) => ({ ...unit, id: String(index), place }));
      const { floor } = measureCaseloads(
        units,
        seats,
        units.map(() => 0),
      );
      for (const owner of everyDivision(units.length)) {
        if (!isBalanced(units, owner)) continue;
        balanced += 1;
        const moved = units.filter(({ advisorId }, unit) => advisorId !== seats[owner[unit] ?? 0]?.advisorId);
        expect(moved.reduce((sum, { customers }) => sum + customers, 0)).toBeGreaterThanOrEqual(floor);
      }
    }),
    { numRuns: 60, seed: 5 },
  );
  expect(balanced).toBeGreaterThan(1000);
});

function everyDivision(units: number): number[][] {
  return Array.from({ length: seats.length ** units }, (_, which) =>
    Array.from({ length: units }, (_unit, unit) => Math.floor(which / seats.length ** unit) % seats.length),
  );
}

function isBalanced(units: readonly Unit[], owner: readonly number[]): boolean {
  const loads = seats.map(() => 0);
  units.forEach(({ minutes }, unit) => {
    loads[owner[unit] ?? 0] = (loads[owner[unit] ?? 0] ?? 0) + minutes;
  });
  const target = loads.reduce((sum, load) => sum + load, 0) / seats.length;
  return loads.every((load) => Math.abs(load - target) <= operationBand * target);
}
