import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Opening } from './days.ts';
import { subtractSpans } from './spans.ts';

const span = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 10 }))
  .map(([from, length]): Opening => ({ from, to: from + length }));
const holds = (spans: readonly Opening[], at: number) => spans.some(({ from, to }) => from <= at && at < to);

it('leaves exactly what lies in a span and in nothing taken, in order', () => {
  fc.assert(
    fc.property(fc.array(span), fc.array(span), (spans, taken) => {
      const left = subtractSpans(spans, taken);
      for (let at = 0; at < 55; at += 1) expect(holds(left, at)).toBe(holds(spans, at) && !holds(taken, at));
      expect(left.map(({ from }) => from)).toEqual(left.map(({ from }) => from).sort((a, b) => a - b));
      expect(left.every(({ from, to }) => from < to)).toBe(true);
    }),
  );
});
