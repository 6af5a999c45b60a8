import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Arrivals } from './arrivals.ts';
import { DAY, MINUTE } from './simulation.ts';

it('whatever comes on a day comes in order, each thing once; at one instant the one drawn first', () => {
  // From the evening before until midnight; few instants, so that many things share one.
  const minutes = fc.oneof(fc.integer({ min: -400, max: 1440 }), fc.integer({ min: 600, max: 605 }));
  fc.assert(
    fc.property(fc.array(minutes), fc.nat({ max: 40 }), (drawn, day) => {
      const instantOf = (index: number) => day * DAY + (drawn[index] ?? Number.NaN) * MINUTE;
      const arrivals = new Arrivals(drawn.length, day, instantOf);
      const came: { at: number; index: number }[] = [];
      while (arrivals.next() < Number.POSITIVE_INFINITY) came.push({ at: arrivals.next(), index: arrivals.take() });
      const expected = drawn.map((_, index) => ({ at: instantOf(index), index }));
      expect(came).toEqual(expected.sort((one, other) => one.at - other.at || one.index - other.index));
    }),
  );
});
