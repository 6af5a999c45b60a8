import { expect, test } from 'vitest';
import { differenceOf, shareOf, wilson } from './interval.ts';
import { compareParity, type ParityGroup } from './parity.ts';
import { paritySentence } from './parity-words.ts';
import { groupsShown } from './suppress.ts';

const group = (x: number, n: number): ParityGroup => {
  const sums = { clusters: n, n, x, nn: n, xn: x, xx: x };
  return { contacts: n, customers: n, share: shareOf(sums) };
};

test('Wilson and Newcombe give the intervals of their papers', () => {
  expect(wilson(81 / 263, 263)).toEqual({ low: expect.closeTo(0.2553, 3), high: expect.closeTo(0.3662, 3) });
  const share = (x: number, n: number) => ({ value: x / n, ...wilson(x / n, n) });
  const difference = differenceOf(share(56, 70), share(48, 80));
  expect(difference.low).toBeCloseTo(0.0524, 3);
  expect(difference.high).toBeCloseTo(0.3339, 3);
});

test('customers who are always treated alike widen the interval: they count, not their contacts', () => {
  const alone = shareOf({ clusters: 100, n: 100, x: 50, nn: 100, xn: 50, xx: 50 });
  const tenEach = shareOf({ clusters: 10, n: 100, x: 50, nn: 1000, xn: 500, xx: 500 });
  const width = (share: ReturnType<typeof shareOf>) => (share?.high ?? 0) - (share?.low ?? 0);
  expect(width(tenEach)).toBeGreaterThan(width(alone) * 2);
});

test('the sentence says no more than the numbers do', () => {
  expect(compareParity('kept', group(4, 5), group(900, 1000)).verdict).toBe('too_few');
  expect(compareParity('kept', group(20, 25), group(900, 1000)).verdict).toBe('too_few');
  expect(compareParity('kept', group(18, 36), group(500, 1000)).verdict).toBe('no_difference_shown');
  expect(compareParity('kept', group(900, 1000), group(900, 1000)).verdict).toBe('equal');
  expect(compareParity('kept', group(990, 1000), group(700, 1000)).verdict).toBe('officials_better');
  expect(compareParity('kept', group(700, 1000), group(990, 1000)).verdict).toBe('officials_worse');
});

test('in both languages, a group under ten is not counted aloud', () => {
  const parity = compareParity('ownShare', group(4, 7), group(900, 1000));
  expect(paritySentence(parity, 'fr')).toContain('moins de 10 pour les mairies');
  expect(paritySentence(parity, 'en')).toContain('fewer than 10 for town halls');
  expect(paritySentence(parity, 'fr')).not.toContain('7');
});

test('a single small group takes the next smallest along, so that no subtraction finds it', () => {
  const groups = [
    { key: 'a', contacts: 500, customers: 300 },
    { key: 'b', contacts: 40, customers: 30 },
    { key: 'c', contacts: 4, customers: 3 },
  ];
  expect(groupsShown(groups)).toEqual(new Set(['a']));
  expect(groupsShown(groups.slice(0, 2))).toEqual(new Set(['a', 'b']));
});
