import { erlangA } from '../queueing/erlang-a.ts';
import { type Demand, outlookFor, planRules } from './plan.ts';
import { type Assumptions, demandOf, type OutlookRange, outlookRange } from './plan-range.ts';

/** One hour of the day: calls that come, people at their desks, how many of them the calls need on average, the hold. */
export interface PlannedHour {
  hour: number;
  calls: number;
  present: number;
  busy: number;
  holdSeconds: number;
}

export interface PlanCurves {
  /** Continuity against staff. */
  staff: { advisors: number; own: OutlookRange['own']; named: OutlookRange['named'] }[];
  /** Wait against load: the same people with fewer and more calls. `load` is work ÷ time present. */
  load: { load: number; holdSeconds: number; hotlineHoldSeconds: number }[];
  day: PlannedHour[];
}

const OPENS = 9;

/** What the plots of a plan show, by formulas; `weights`: calls of each opening hour beside the mean hour. */
export function planCurves(assumptions: Assumptions, advisors: number, weights: readonly number[]): PlanCurves {
  const demand = demandOf(assumptions);
  const around = Array.from({ length: 9 }, (_, index) => Math.max(1, Math.round(advisors * (0.7 + index * 0.1))));
  return {
    staff: [...new Set(around)].map((each) => {
      const { own, named } = outlookRange(assumptions, each);
      return { advisors: each, own, named };
    }),
    load: Array.from({ length: 9 }, (_, index) => {
      const { occupancy, holdSeconds, hotlineHoldSeconds } = outlookFor(busier(demand, 0.6 + index * 0.1), advisors);
      return { load: occupancy, holdSeconds, hotlineHoldSeconds };
    }),
    day: weights.map((weight, index) => hourOf(demand, advisors, OPENS + index, weight, weights)),
  };
}

function busier(demand: Demand, factor: number): Demand {
  return { ...demand, calls: demand.calls * factor, messages: demand.messages * factor };
}

/** Two groups lunch one after the other, at 12 and at 13: then half of those present are there. */
function hourOf(demand: Demand, advisors: number, hour: number, weight: number, all: readonly number[]): PlannedHour {
  const { daysAMonth, patienceMinutes } = planRules;
  const total = all.reduce((sum, each) => sum + each, 0);
  const calls = ((demand.calls / daysAMonth) * weight) / total;
  const present = advisors * (1 - demand.absence) * (hour === 12 || hour === 13 ? 0.5 : 1);
  const load = (calls * demand.callMinutes) / 60;
  const servers = Math.max(1, Math.floor(present));
  const { meanWait } = erlangA({ servers, load, handle: demand.callMinutes, patience: patienceMinutes });
  return { hour, calls, present, busy: Math.min(load, present), holdSeconds: meanWait * 60 };
}
