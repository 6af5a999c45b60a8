import { differenceOf, type Estimate } from './interval.ts';
import { FEWEST_SHOWN } from './suppress.ts';

/** What is compared between town halls and subscribers; more is better for each. */
export type ParityMeasure = 'inTimeToHuman' | 'ownShare' | 'kept';

export interface ParityGroup {
  contacts: number;
  customers: number;
  share: Estimate | null;
}

/** Town halls beside subscribers. The difference is town halls minus subscribers, as a share. */
export interface Parity {
  measure: ParityMeasure;
  officials: ParityGroup;
  subscribers: ParityGroup;
  difference: Estimate | null;
  verdict: 'too_few' | 'too_vague' | 'equal' | 'no_difference_shown' | 'officials_better' | 'officials_worse';
}

/** Fewer contacts than this say nothing about a difference. */
const FEWEST_COMPARED = 30;
/** A difference smaller than this does not matter to anyone (5 points). */
const SMALL = 0.05;
/** An interval wider than this to one side shows nothing at all (20 points). */
const VAGUE = 0.2;

/** Compares the two groups, and says no more than the numbers do. Groups under 10 have no share at all. */
export function compareParity(measure: ParityMeasure, officials: ParityGroup, subscribers: ParityGroup): Parity {
  const [a, b] = [shown(officials), shown(subscribers)];
  if (!a.share || !b.share) return { measure, officials: a, subscribers: b, difference: null, verdict: 'too_few' };
  const difference = differenceOf(a.share, b.share);
  const few = Math.min(a.contacts, b.contacts) < FEWEST_COMPARED;
  return { measure, officials: a, subscribers: b, difference, verdict: few ? 'too_few' : verdictOn(difference) };
}

function shown(group: ParityGroup): ParityGroup {
  const few = group.contacts < FEWEST_SHOWN || group.customers < FEWEST_SHOWN;
  return few ? { ...group, share: null } : group;
}

function verdictOn({ low, high }: Estimate): Parity['verdict'] {
  if (low > -SMALL && high < SMALL) return 'equal';
  if (low > 0) return 'officials_better';
  if (high < 0) return 'officials_worse';
  return low < -VAGUE || high > VAGUE ? 'too_vague' : 'no_difference_shown';
}
