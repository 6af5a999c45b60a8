import type { Policy } from '../routing/policy.ts';
import type { Demand } from './plan.ts';

/** The figures of simulated weeks that a plan shows. Shares 0 to 1, holds in seconds, delays in minutes. */
export const STAFFING_FIGURES = [
  'own',
  'named',
  'holdMean',
  'holdP95',
  'abandoned',
  'callbackP50',
  'promisesKept',
  'reached15',
] as const;
export type StaffingFigure = (typeof STAFFING_FIGURES)[number];

/** A mean over seeds and half of its 95 % interval; not finite (null once stored) where there was nothing to count. */
export interface Simulated {
  readonly mean: number | null;
  readonly half: number | null;
}

/** Own share and mean hold of one hour of the day; the halves are missing in what was stored before they were kept. */
export interface StaffingHour {
  readonly own: number | null;
  readonly ownHalf?: number | null;
  readonly hold: number | null;
  readonly holdHalf?: number | null;
}

/** One number of advisors under one policy. */
export interface Staffing {
  readonly advisors: number;
  readonly policy: 'own' | 'hotline';
  readonly figures: Readonly<Record<StaffingFigure, Simulated>>;
  readonly hours: readonly StaffingHour[];
}

/** What is simulated: the same demand for several numbers of advisors. */
export interface StaffingPlan {
  readonly demand: Demand;
  readonly advisors: readonly number[];
  /** Calls of each opening hour beside the mean hour. */
  readonly weights: readonly number[];
  readonly policy: Policy;
  readonly seeds: readonly number[];
}

export interface StaffingRun {
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, of: number) => void;
}

/** The simulator as those see it who may not import it. Throws when aborted. */
export type SimulateStaffing = (plan: StaffingPlan, run: StaffingRun) => Promise<Staffing[]>;

/** With more work than this beside the time of the people, queues only grow: there is nothing to simulate. */
export const MOST_LOAD = 1.3;
