import { expect, test } from 'vitest';
import { apartness, type Neighbours } from './adjacency.ts';
import { designCaseloads } from './design.ts';
import { measureCaseloads } from './measure.ts';
import type { Unit } from './unit.ts';

const unit = (commune: string, epci: string | null): Unit => ({
  id: commune,
  place: { commune, epci, arrondissement: '391', departement: '39' },
  minutes: 10,
  customers: 10,
  advisorId: null,
});

test('without contours, a commune is beside what is in its EPCI; one alone in it is apart', () => {
  const apart = apartness([unit('a', 'e1'), unit('b', 'e1'), unit('c', 'e2'), unit('d', 'e2')], [0, 0, 0, 1], 2);
  expect([apart(0, 0), apart(1, 0), apart(2, 0), apart(3, 0)]).toEqual([false, false, true, false]);
});

test('without an EPCI, the arrondissement decides', () => {
  const apart = apartness([unit('a', null), unit('b', null), unit('c', 'e2')], [0, 0, 1], 2);
  expect([apart(0, 0), apart(2, 0)]).toEqual([false, true]);
});

test('with contours, only a common border counts, whatever the EPCI; an island is away from nobody', () => {
  const borders: Neighbours = new Map([
    ['a', new Set(['b'])],
    ['b', new Set(['a', 'c'])],
    ['c', new Set(['b'])],
    ['island', new Set<string>()],
  ]);
  const all = [unit('a', 'e1'), unit('b', 'e2'), unit('c', 'e1'), unit('island', 'e1')];
  const apart = apartness(all, [0, 1, 0, 0], 2, borders);
  expect([apart(0, 0), apart(1, 0), apart(2, 0), apart(3, 0)]).toEqual([true, false, true, false]);
});

test('an advisor with nothing yet has nothing to be away from', () => {
  const apart = apartness([unit('a', 'e1'), unit('b', 'e2')], [0, 1], 3);
  expect([apart(0, 2), apart(0, 0)]).toEqual([false, false]);
});

test('a design leaves fewer communes apart from the rest than dealing them out', () => {
  const all = [...Array(60).keys()].map((index) => unit(`c${index}`, `e${Math.floor(index / 10)}`));
  const who = [0, 1, 2].map((index) => ({ advisorId: `a${index}`, share: 1 }));
  const borders: Neighbours = new Map(
    all.map((_, index) => [`c${index}`, new Set([`c${index - 1}`, `c${index + 1}`].filter((each) => each !== 'c-1'))]),
  );
  const dealt = measureCaseloads(
    all,
    who,
    all.map((_, index) => index % 3),
    borders,
  );
  const designed = measureCaseloads(all, who, designCaseloads(all, who, borders), borders);
  expect(dealt.apart).toBe(600);
  expect(designed.apart).toBe(0);
});
