import { type Policy, policyWith, STANDARD_POLICY } from '../core/routing/policy.ts';

const NO_END = 1e7;

/** The policies every scenario is run under: the product's, and what it is held against. */
export const POLICIES: Readonly<Record<string, Policy>> = {
  own: STANDARD_POLICY,
  /** The product's numbers before they were tuned, and the ones after that. */
  'own-1': policyWith({
    version: '2026-11-standard',
    offer: { handlesPerCallback: 2, mostOpenCallbacks: 6, soonMinutes: NO_END },
    onFree: { strangerWaitsMinutes: 1, lateCallbackMinutes: 15 },
  }),
  'own-2': policyWith({ version: '2026-11-standard-2', offer: { handlesPerCallback: 1.5, soonMinutes: NO_END } }),
  hotline: policyWith({
    version: '1-hotline',
    people: { answer: 'anyone', ringBack: 'nobody' },
    call: { waitMostSeconds: NO_END, fewestAttempts: 1 },
  }),
  anonymous: policyWith({
    version: '1-anonymous-callback',
    people: { answer: 'anyone', ringBack: 'anyone' },
    offer: { handlesPerCallback: 1.5, soonMinutes: NO_END },
    call: { waitMostSeconds: NO_END, fewestAttempts: 1 },
  }),
  dedicated: policyWith({
    version: '1-dedicated-queues',
    people: { answer: 'own_only', ringBack: 'nobody' },
    call: { waitMostSeconds: NO_END },
  }),
  named: policyWith({
    version: '1-named-first',
    people: { answer: 'own_first', ringBack: 'nobody' },
    call: { waitMostSeconds: NO_END, holdForOwnMostSeconds: 0 },
  }),
};
