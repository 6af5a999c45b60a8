import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measureContinuity } from './indices.ts';

const contacts = (people: string) =>
  [...people].map((person) => ({ with: person, own: person === 'a', named: 'ab'.includes(person) }));

test('the indices are those worked out by hand', () => {
  expect(measureContinuity(contacts('aaba'))).toEqual({
    contacts: 4,
    ownShare: 0.75,
    namedShare: 1,
    upc: 0.75,
    coc: 0.5,
    secon: 1 / 3,
    people: 2,
  });
});

test('always the same person is 1, always another is 0', () => {
  expect(measureContinuity(contacts('aaaa'))).toMatchObject({ ownShare: 1, upc: 1, coc: 1, secon: 1, people: 1 });
  expect(measureContinuity(contacts('bcde'))).toMatchObject({ ownShare: 0, coc: 0, secon: 0, people: 4 });
});

test('too few contacts have no index, rather than a wrong one', () => {
  expect(measureContinuity([])).toMatchObject({ ownShare: null, upc: null, coc: null, secon: null, people: 0 });
  expect(measureContinuity(contacts('a'))).toMatchObject({ ownShare: 1, upc: 1, coc: null, secon: null });
});

test('every index lies between 0 and 1, and own share never exceeds that of the person met most', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...'abcd'), { minLength: 2, maxLength: 40 }), (people) => {
      const { ownShare, upc, coc, secon } = measureContinuity(contacts(people.join('')));
      for (const index of [ownShare, upc, coc, secon]) expect(index).toBeGreaterThanOrEqual(0);
      for (const index of [ownShare, upc, coc, secon]) expect(index).toBeLessThanOrEqual(1);
      expect(ownShare).toBeLessThanOrEqual(upc ?? 0);
    }),
  );
});
