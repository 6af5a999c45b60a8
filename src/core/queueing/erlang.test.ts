import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangA } from './erlang-a.ts';
import { erlangB } from './erlang-b.ts';
import { erlangC, meanWaitErlangC } from './erlang-c.ts';

describe('Erlang B', () => {
  it.each([
    [5, 3, 0.1100543],
    [30, 25.5, 0.059433],
  ])('of %d servers at load %d is known to seven digits', (servers, load, blocked) => {
    expect(erlangB(servers, load)).toBeCloseTo(blocked, 7);
  });

  it('loses everyone without servers and nobody without calls', () => {
    expect([erlangB(0, 3), erlangB(5, 0)]).toEqual([1, 0]);
  });

  it('refuses what no queue can have', () => {
    for (const [servers, load] of [
      [-1, 3],
      [1.5, 3],
      [5, -1],
      [5, Number.NaN],
    ] as const)
      expect(() => erlangB(servers, load)).toThrow(RangeError);
  });
});

describe('Erlang C', () => {
  it.each([
    [2, 1, 0.3333333],
    [10, 8, 0.4091802],
    [30, 25.5, 0.2963971],
    [100, 95, 0.5064569],
  ])('of %d servers at load %d is known to seven digits', (servers, load, waits) => {
    expect(erlangC(servers, load)).toBeCloseTo(waits, 7);
  });

  it('everyone waits, for ever, when there is more work than people', () => {
    expect([erlangC(10, 10), meanWaitErlangC(10, 10, 8)]).toEqual([1, Number.POSITIVE_INFINITY]);
  });

  it('of one server is the load, and the wait is that of one counter', () => {
    expect(erlangC(1, 0.8)).toBeCloseTo(0.8, 12);
    expect(meanWaitErlangC(1, 0.8, 5)).toBeCloseTo(20, 10);
    expect(meanWaitErlangC(3, 0, 5)).toBe(0);
  });
});

describe('Erlang A', () => {
  it.each([
    [10, 9, 8, 4, 0.3560534, 0.1048757, 25.170169],
    [26, 22.1, 8, 4, 0.1986191, 0.033864, 8.12735],
    [50, 50, 4, 2, 0.43666, 0.0659407, 7.912888],
  ])(
    'of %d servers at load %d, handle %d, patience %d is known',
    (servers, load, handle, patience, waits, lost, wait) => {
      const exact = erlangA({ servers, load, handle, patience });
      expect(exact.waits).toBeCloseTo(waits, 7);
      expect(exact.abandons).toBeCloseTo(lost, 7);
      expect(exact.meanWait * 60).toBeCloseTo(wait, 6);
    },
  );

  it('of a hotline of 30 and of one advisor alone at the same load each', () => {
    const hotline = erlangA({ servers: 30, load: 25.5, handle: 8, patience: 4 });
    expect(hotline.abandons).toBeCloseTo(0.0286075, 7);
    expect(hotline.meanWait * 60).toBeCloseTo(6.865809, 6);
    const alone = erlangA({ servers: 1, load: 0.85, handle: 8, patience: 4 });
    expect(alone.abandons).toBeCloseTo(0.37399, 5);
    expect(alone.meanWait * 60).toBeCloseTo(89.76, 2);
  });

  it('nears Erlang C as people grow patient, and Erlang B as they grow impatient', () => {
    const patient = erlangA({ servers: 30, load: 25.5, handle: 8, patience: 1e9 });
    expect(patient.waits).toBeCloseTo(erlangC(30, 25.5), 5);
    expect(patient.meanWait).toBeCloseTo(meanWaitErlangC(30, 25.5, 8), 4);
    expect(erlangA({ servers: 30, load: 25.5, handle: 8, patience: 1e-9 }).abandons).toBeCloseTo(erlangB(30, 25.5), 5);
  });

  it('gets no worse with one server more, and stays a number for thousands', () => {
    const queue = fc.record({
      servers: fc.integer({ min: 1, max: 3000 }),
      load: fc.double({ min: 0.01, max: 4000, noNaN: true }),
      handle: fc.double({ min: 0.1, max: 60, noNaN: true }),
      patience: fc.double({ min: 0.1, max: 60, noNaN: true }),
    });
    const property = fc.property(queue, (each) => {
      const now = erlangA(each);
      const more = erlangA({ ...each, servers: each.servers + 1 });
      for (const share of [now.waits, now.abandons, now.occupancy]) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1 + 1e-9);
      }
      expect(more.abandons).toBeLessThanOrEqual(now.abandons + 1e-9);
      expect(more.meanWait).toBeLessThanOrEqual(now.meanWait + 1e-9);
    });
    fc.assert(property, { numRuns: 100 });
  });
});
