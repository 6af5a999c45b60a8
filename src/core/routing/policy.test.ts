import { describe, expect, it } from 'vitest';
import { policyProblems, policyWith, STANDARD_POLICY } from './policy.ts';

describe('a policy', () => {
  it('is usable as it comes', () => {
    expect(policyProblems(STANDARD_POLICY)).toEqual([]);
  });

  it('keeps the standard for what an operator did not change', () => {
    const own = policyWith({ version: 'jura-2', offer: { mostOpenCallbacks: 4 } });
    expect(own.offer).toEqual({ ...STANDARD_POLICY.offer, mostOpenCallbacks: 4 });
    expect(own).toMatchObject({ version: 'jura-2', call: STANDARD_POLICY.call });
  });

  it('never holds a caller for more than a minute, and has no number below zero', () => {
    const bad = policyWith({ version: '', call: { holdForOwnMostSeconds: 90, ringSeconds: -1 } });
    expect(policyProblems(bad)).toEqual(['call.ringSeconds', 'version', 'call.holdForOwnMostSeconds']);
    expect(policyProblems(policyWith({ version: 'x', offer: { factor: Number.NaN } }))).toEqual(['offer.factor']);
  });
});
