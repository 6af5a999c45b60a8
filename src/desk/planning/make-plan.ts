import type { Kysely } from 'kysely';
import { costOf, type PlanCost } from '../../core/planning/cost.ts';
import { type PlanCurves, planCurves } from '../../core/planning/curves.ts';
import { withPeak } from '../../core/planning/hours.ts';
import {
  type Assumptions,
  neededRange,
  type OutlookRange,
  outlookRange,
  type Range,
} from '../../core/planning/plan-range.ts';
import type { DB } from '../tables.ts';
import { type ArrivalProfile, assumed, estimateDemand } from './estimate.ts';

/** What a lead may enter instead of what is measured or assumed. */
export type Entered = Partial<Record<keyof Assumptions | 'advisors' | 'hourlyCost', number>>;

export interface Plan {
  assumptions: Assumptions;
  /** What routing was designed with, to stand beside what was measured. */
  assumed: Assumptions;
  needed: ReturnType<typeof neededRange>;
  advisorsNow: number;
  /** For the number asked for (else the number needed), one less and one more. */
  fewer: OutlookRange | null;
  chosen: OutlookRange;
  more: OutlookRange;
  /** The chosen number if more are away, or fewer accept: one assumption moved, the others as they are. */
  sensitivity: {
    what: 'absence' | 'acceptance';
    at: number;
    own: OutlookRange['own'];
    named: OutlookRange['named'];
    holdSeconds: OutlookRange['holdSeconds'];
    needed: Range;
  }[];
  /** Beside a hotline without names that serves as well. */
  cost: PlanCost;
  /** `peakEntered`: the hours were stretched to the busiest hour a lead entered. */
  profile: ArrivalProfile & { peakEntered: boolean };
  curves: PlanCurves;
}

/** From recorded or entered demand to people, by formulas alone. */
export async function makePlan(db: Kysely<DB>, now: Date, entered: Entered): Promise<Plan> {
  const estimated = await estimateDemand(db, now);
  const assumptions = enter(estimated.assumptions, entered);
  const needed = neededRange(assumptions);
  const advisors = entered.advisors ?? needed.needed.value;
  const profile = profileFor(estimated.profile, entered.peak);
  return {
    assumptions,
    assumed,
    needed,
    advisorsNow: estimated.advisors,
    fewer: advisors > 1 ? outlookRange(assumptions, advisors - 1) : null,
    chosen: outlookRange(assumptions, advisors),
    more: outlookRange(assumptions, advisors + 1),
    sensitivity: [
      ...[0.05, 0.1, 0.15, 0.2, 0.25].map((at) => moved(assumptions, advisors, 'absence', at)),
      ...[0.37, 0.6, 0.85].map((at) => moved(assumptions, advisors, 'acceptance', at)),
    ],
    cost: costOf(assumptions, advisors, entered.hourlyCost ?? null),
    profile,
    curves: planCurves(assumptions, advisors, profile.weights),
  };
}

/** The hours of the day, with the busiest one as entered: what is simulated and drawn is what was asked. */
function profileFor(profile: ArrivalProfile, peak: number | undefined): Plan['profile'] {
  if (peak === undefined) return { ...profile, peakEntered: false };
  return { ...profile, weights: withPeak(profile.weights, peak), peakEntered: true };
}

function enter(assumptions: Assumptions, entered: Entered): Assumptions {
  const certain = Object.entries(entered).flatMap(([name, value]) =>
    name === 'advisors' || name === 'hourlyCost' || value === undefined
      ? []
      : [[name, { value, low: value, high: value, measuredOn: 0 }]],
  );
  return { ...assumptions, ...(Object.fromEntries(certain) as Partial<Assumptions>) };
}

function moved(
  assumptions: Assumptions,
  advisors: number,
  what: 'absence' | 'acceptance',
  at: number,
): Plan['sensitivity'][number] {
  const other = enter(assumptions, { [what]: at });
  const { own, named, holdSeconds } = outlookRange(other, advisors);
  const { needed } = neededRange(other);
  return { what, at, own, named, holdSeconds, needed };
}
