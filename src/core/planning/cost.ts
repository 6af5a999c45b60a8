import { fewestFrom } from './fewest.ts';
import { advisorsNeeded, type Demand, outlookFor, planRules } from './plan.ts';
import { type Assumptions, cornersOf, demandOf, type Range } from './plan-range.ts';

/** Hours paid for one advisor a month: absence is paid too. */
export const PAID_HOURS = (planRules.minutesADay / 60) * planRules.daysAMonth;

export interface PlanCost {
  /** Advisors with named contacts. */
  advisors: number;
  /** Fewest people of a hotline without names who hold callers no longer, lose no more and do the same work. */
  hotline: Range;
  /** Money a month of both; null until an hourly cost was entered. */
  money: { perHour: number; advisors: number; hotline: Range } | null;
}

/** What named contacts cost beside a hotline that serves as well, from an hourly cost in any money. By formulas. */
export function costOf(assumptions: Assumptions, advisors: number, perHour: number | null): PlanCost {
  const value = hotlineStaff(demandOf(assumptions), advisors);
  const all = [value, ...cornersOf(assumptions).map((demand) => hotlineStaff(demand, advisors))];
  const hotline = { value, low: Math.min(...all), high: Math.max(...all) };
  const month = (people: number) => people * PAID_HOURS * (perHour ?? 0);
  return {
    advisors,
    hotline,
    money:
      perHour === null
        ? null
        : {
            perHour,
            advisors: month(advisors),
            hotline: { value: month(hotline.value), low: month(hotline.low), high: month(hotline.high) },
          },
  };
}

/** Holds, losses and work of these advisors, by the fewest people who answer for everyone; never more than they are. */
function hotlineStaff(demand: Demand, advisors: number): number {
  const named = outlookFor(demand, advisors);
  const enough = Math.min(advisors, advisorsNeeded(demand).forWork);
  return fewestFrom(enough, advisors, (people) => {
    const { hotlineHoldSeconds, abandoned } = outlookFor(demand, people);
    // A share that nobody would notice is no reason for one more person.
    return hotlineHoldSeconds <= named.holdSeconds && abandoned <= named.abandoned + UNNOTICED;
  });
}

const UNNOTICED = 0.005;
