import { type Policy, type PolicyChanges, policyWith } from '../core/routing/policy.ts';

/** A policy on the way from "everyone speaks to whoever is free" to "everyone is rung back by their own". */
export interface FrontierStep {
  readonly name: string;
  readonly policy: Policy;
}

const NAMES = {
  none: { fr: 'aucune offre', en: 'no offers' },
  free: { fr: 'offre si personne ou peu de monde est libre :', en: 'offer while so many are free, at most:' },
  soon: { fr: 'dire 25 min pour un rappel attendu dans', en: 'say 25 min for a callback expected within' },
} as const;

/**
 * The policy and its neighbours along what is gained and paid: fewer offers first (more people speak to somebody
 * within 15 minutes), at the end times so short that more people accept and more promises break.
 */
export function frontierOf(policy: Policy, language: 'fr' | 'en'): FrontierStep[] {
  const changed = (name: string, changes: Omit<PolicyChanges, 'version'>): FrontierStep => ({
    name,
    policy: policyWith({ ...changes, version: `${policy.version}, ${name}` }, policy),
  });
  const fewer = [0, 2, 4, 8].map((free) =>
    changed(`${NAMES.free[language]} ${free}`, { offer: { mostFreeOthers: free } }),
  );
  const shorter = [60, 240].map((expected) =>
    changed(`${NAMES.soon[language]} ${expected} min`, {
      offer: { soonExpectedMinutes: expected },
      onFree: { lateCallbackMinutes: expected },
    }),
  );
  return [
    changed(NAMES.none[language], { people: { ringBack: 'nobody' } }),
    ...fewer,
    { name: policy.version, policy },
    ...shorter,
  ];
}
