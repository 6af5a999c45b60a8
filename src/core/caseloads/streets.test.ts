import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dealToSectors, readStreets } from './streets.ts';

const at = (address: string | null, id = address ?? 'nobody') => ({ id, address });

test('whoever lives in a named street is in its sector, however it is written; the rest is shared out along streets', () => {
  const people = [
    at('12 rue de l’Église, 39200 Saint-Claude'),
    at('3 bis RUE DE L EGLISE'),
    at('5 rue de l’Églisette'),
    at('1 rue du Pré'),
    at('2 rue du Pré'),
    at('9 rue Voltaire'),
    at(null),
  ];
  expect(dealToSectors(people, [['Rue de l’Église'], []])).toEqual([0, 0, 1, 1, 1, 1, 1]);
  expect(dealToSectors(people.slice(2, 6), [[], []])).toEqual([0, 0, 1, 1]);
  expect(dealToSectors(people, [['rue du pré'], ['rue Voltaire']])).toEqual([0, 0, 0, 0, 0, 1, 0]);
});

test('streets are read from lines, commas and semicolons; what is only signs is none', () => {
  expect(readStreets('rue du Pré, rue Voltaire;\n  –\nplace du 9 Avril\n')).toEqual([
    'rue du Pré',
    'rue Voltaire',
    'place du 9 Avril',
  ]);
});

test('everyone is in exactly one sector that exists, and parts without streets differ by one at most', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.integer({ min: 2, max: 9 }), (addresses, sectors) => {
      const people = addresses.map((address, index) => at(address, String(index)));
      const dealt = dealToSectors(
        people,
        Array.from({ length: sectors }, () => []),
      );
      expect(dealt.length).toBe(people.length);
      const counts = Array.from({ length: sectors }, (_, sector) => dealt.filter((each) => each === sector).length);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(people.length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }),
  );
});
