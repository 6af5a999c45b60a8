import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fewestFrom } from './fewest.ts';
import { peakOf, withPeak } from './hours.ts';
import { advisorsNeeded, type Demand, outlookFor } from './plan.ts';
import { type Assumptions, cornersOf, neededRange, outlookRange } from './plan-range.ts';

const dj30: Demand = {
  customers: 120_000,
  calls: 0.85 * (30 * 0.85 * 480 * 21) / 8,
  callMinutes: 8,
  messages: 0,
  messageMinutes: 5,
  absence: 0.15,
  acceptance: 0.6,
  peak: 1.35,
}; // biome-ignore format: one scenario

test('thirty advisors are the fewest for the work of thirty at 85 %', () => {
  expect(advisorsNeeded({ ...dj30, peak: 1 }).forWork).toBe(30);
});

test('the approximation of own share is that of the specification, within 6 points of what was simulated', () => {
  expect(outlookFor(dj30, 30).own).toBeCloseTo(0.57, 1);
  const real = { ...dj30, calls: dj30.calls * 0.22, messages: 30_000 };
  expect(Math.abs(outlookFor(real, 30).own - 0.78)).toBeLessThan(0.06);
});

test('one person more never makes anyone hold longer, and never lowers own share', () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 60 }), fc.double({ min: 0.2, max: 0.95, noNaN: true }), (advisors, load) => {
      const demand = { ...dj30, calls: (load * advisors * 0.85 * 480 * 21) / 8 };
      const [now, more] = [outlookFor(demand, advisors), outlookFor(demand, advisors + 1)];
      expect(more.holdSeconds).toBeLessThanOrEqual(now.holdSeconds + 1e-9);
      expect(more.own).toBeGreaterThanOrEqual(now.own - 1e-9);
      expect(now.own).toBeLessThanOrEqual(now.named + 1e-9);
    }),
    { numRuns: 60 },
  );
});

test('a range holds its value, and an assumption that is certain makes none', () => {
  const certain = Object.fromEntries(
    Object.entries(dj30).map(([name, value]) => [name, { value, low: value, high: value, measuredOn: 0 }]),
  ) as unknown as Assumptions;
  expect(outlookRange(certain, 30).own.low).toBe(outlookRange(certain, 30).own.high);
  const unsure = { ...certain, acceptance: { value: 0.6, low: 0.37, high: 0.85, measuredOn: 0 } };
  const { low, value, high } = outlookRange(unsure, 30).own;
  expect(low).toBeLessThan(value);
  expect(high).toBeGreaterThan(value);
});

const share = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const anyAssumptions: fc.Arbitrary<Assumptions> = fc
  .record({
    calls: share(100, 60_000),
    callMinutes: share(1, 30),
    messages: share(0, 60_000),
    messageMinutes: share(1, 30),
    absence: share(0, 0.4),
    acceptance: share(0, 0.9),
    peak: share(1, 3),
    off: share(0, 0.3),
  })
  .map(({ off, ...values }) => {
    const all = Object.entries({ customers: 1, ...values });
    const unsure = all.map(([name, value]) => [
      name,
      { value, low: value * (1 - off), high: value * (1 + off), measuredOn: 0 },
    ]);
    return Object.fromEntries(unsure) as unknown as Assumptions;
  });

test('whatever the assumptions do, together or alone, the people needed lie within their range', () => {
  fc.assert(
    fc.property(anyAssumptions, (assumptions) => {
      const { needed } = neededRange(assumptions);
      for (const demand of cornersOf(assumptions)) {
        const { needed: here } = advisorsNeeded(demand);
        expect(here).toBeGreaterThanOrEqual(needed.low);
        expect(here).toBeLessThanOrEqual(needed.high);
      }
    }),
    { numRuns: 40 },
  );
});

test('every assumption that is shown with a range moves the numbers: the minutes of a message too', () => {
  const certain = Object.fromEntries(
    Object.entries({ ...dj30, messages: 30_000 }).map(([name, value]) => [
      name,
      { value, low: value, high: value, measuredOn: 0 },
    ]),
  ) as unknown as Assumptions;
  const unsure = { ...certain, messageMinutes: { value: 5, low: 4, high: 6, measuredOn: 0 } };
  const { occupancy } = outlookRange(unsure, 60);
  expect(occupancy.low).toBeLessThan(occupancy.value);
  expect(occupancy.high).toBeGreaterThan(occupancy.value);
  expect(neededRange(unsure).forWork.low).toBeLessThan(neededRange(unsure).forWork.high);
});

test('the fewest that are enough are found without asking for each number', () => {
  for (const wanted of [1, 2, 3, 17, 999, 4_999, 5_000, 9_000]) {
    let asked = 0;
    const found = fewestFrom(1, 5_000, (count) => {
      asked += 1;
      return count >= wanted;
    });
    expect(found).toBe(Math.min(wanted, 5_000));
    expect(asked).toBeLessThan(30);
  }
});

test('hours keep their order and their mean under another peak, and flat hours stay flat', () => {
  const weights = [1.3, 1.35, 1.2, 0.6, 0.6, 1.05, 1.1, 1, 0.8];
  for (const peak of [1, 1.2, 1.35, 2, 4, 8]) {
    const stretched = withPeak(weights, peak);
    expect(peakOf(stretched)).toBeCloseTo(peak, 6);
    expect(stretched.reduce((sum, each) => sum + each, 0)).toBeCloseTo(9, 9);
    for (const [index, each] of stretched.entries())
      for (const [other, beside] of stretched.entries())
        if ((weights[index] ?? 0) >= (weights[other] ?? 0)) expect(each).toBeGreaterThanOrEqual(beside);
  }
  expect(withPeak([1, 1, 1], 2)).toEqual([1, 1, 1]);
});
