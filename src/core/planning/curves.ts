import { erlangA } from '../queueing/erlang-a.ts';
import { peakOf, withPeak } from './hours.ts';
import { type Demand, outlookFor, planRules } from './plan.ts';
import {
  type Assumption,
  type Assumptions,
  cornersOf,
  demandOf,
  type OutlookRange,
  outlookRange,
  type Range,
  rangesOf,
} from './plan-range.ts';

/** One hour of the day: calls that come, people at their desks, how many of them the calls need on average, the hold. */
export interface PlannedHour {
  hour: number;
  calls: Range;
  present: Range;
  busy: Range;
  holdSeconds: Range;
}

export interface PlanCurves {
  /** Continuity against staff. */
  staff: { advisors: number; own: OutlookRange['own']; named: OutlookRange['named'] }[];
  /** Wait against load: the same people with fewer and more calls. `load` is work ÷ time present. */
  load: { load: number; holdSeconds: Range; hotlineHoldSeconds: Range }[];
  day: PlannedHour[];
}

const OPENS = 9;

/** What the plots of a plan show, by formulas; `weights`: calls of each opening hour beside the mean hour. */
export function planCurves(assumptions: Assumptions, advisors: number, weights: readonly number[]): PlanCurves {
  const around = Array.from({ length: 9 }, (_, index) => Math.max(1, Math.round(advisors * (0.7 + index * 0.1))));
  return {
    staff: [...new Set(around)].map((each) => {
      const { own, named } = outlookRange(assumptions, each);
      return { advisors: each, own, named };
    }),
    load: Array.from({ length: 9 }, (_, index) => {
      const busier = withWork(assumptions, 0.6 + index * 0.1);
      // The load stands below the plot: the range is that of everything else, at the work meant.
      const load = outlookFor(demandOf(busier), advisors).occupancy;
      const { holdSeconds, hotlineHoldSeconds } = outlookRange(busier, advisors);
      return { load, holdSeconds, hotlineHoldSeconds };
    }),
    day: dayOf(assumptions, advisors, weights),
  };
}

/** Calls and messages times this factor; both are certain then, since they are what is looked at. */
function withWork(assumptions: Assumptions, factor: number): Assumptions {
  const certain = ({ value, measuredOn }: Assumption) => {
    const [low, high] = [value * factor, value * factor];
    return { value: value * factor, low, high, measuredOn };
  };
  return { ...assumptions, calls: certain(assumptions.calls), messages: certain(assumptions.messages) };
}

function dayOf(assumptions: Assumptions, advisors: number, weights: readonly number[]): PlannedHour[] {
  const middle = demandOf(assumptions);
  const hours = (demand: Demand) => {
    // The hours are those of the middle; another peak stretches them.
    const stretched =
      demand.peak === middle.peak ? weights : withPeak(weights, (peakOf(weights) * demand.peak) / middle.peak);
    const total = stretched.reduce((sum, each) => sum + each, 0);
    return stretched.map((weight, index) => hourOf(demand, advisors, OPENS + index, weight / total));
  };
  const corners = cornersOf({
    ...assumptions,
    acceptance: only(middle.acceptance),
    messages: only(0),
    messageMinutes: only(1),
  });
  const all = corners.map(hours);
  return hours(middle).map((hour, index) => ({
    hour: OPENS + index,
    ...rangesOf(
      hour,
      all.flatMap((each) => each[index] ?? []),
    ),
  }));
}

function only(value: number): Assumption {
  return { value, low: value, high: value, measuredOn: 0 };
}

/** Two groups lunch one after the other, at 12 and at 13: then half of those present are there. */
function hourOf(demand: Demand, advisors: number, hour: number, share: number) {
  const { daysAMonth, patienceMinutes } = planRules;
  const calls = (demand.calls / daysAMonth) * share;
  const present = advisors * (1 - demand.absence) * (hour === 12 || hour === 13 ? 0.5 : 1);
  const load = (calls * demand.callMinutes) / 60;
  const servers = Math.max(1, Math.floor(present));
  const { meanWait } = erlangA({ servers, load, handle: demand.callMinutes, patience: patienceMinutes });
  return { calls, present, busy: Math.min(load, present), holdSeconds: meanWait * 60 };
}
