import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advisorsNeeded, type Demand, outlookFor } from './plan.ts';
import { type Assumptions, outlookRange } from './plan-range.ts';

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
