import type { Tally } from './tally.ts';

/** The figures of one run, in the order they are reported: shares from 0 to 1, holds in seconds, delays in minutes. */
export const FIGURES = [
  'own',
  'named',
  'pod',
  'holdMean',
  'holdP95',
  'liveP95',
  'within20',
  'abandoned',
  'neverServed',
  'callbackP50',
  'callbackP95',
  'promisesKept',
  'reached15',
  'reached60',
  'reachedToday',
  'ownLive',
  'ownCallback',
  'ownMessage',
  'offered',
  'acceptedShare',
  'busiest',
  'leastBusy',
  'overtime',
] as const;

export type FigureName = (typeof FIGURES)[number];
export type Figures = Record<FigureName, number>;

/** `NaN` where there was nothing to count. */
export function figuresOf({ counts, lists, advisors, workMinutes }: Tally): Figures {
  const reached = counts.served + counts.calledBack;
  const shares = advisors.filter(({ present }) => present > 0).map(({ worked, present }) => worked / present);
  const presentMinutes = advisors.reduce((sum, { present }) => sum + present, 0);
  const holds = Float64Array.from(lists.holds).sort();
  const delays = Float64Array.from(lists.delays).sort();
  return {
    own: counts.own / reached,
    named: counts.named / reached,
    pod: counts.pod / reached,
    holdMean: counts.holdSum / holds.length,
    holdP95: quantile(holds, 0.95),
    liveP95: quantile(Float64Array.from(lists.liveHolds).sort(), 0.95),
    within20: counts.within20 / counts.attempts,
    abandoned: counts.abandoned / counts.attempts,
    neverServed: counts.lost / counts.calls,
    callbackP50: quantile(delays, 0.5),
    callbackP95: quantile(delays, 0.95),
    promisesKept: counts.promisesKept / counts.promises,
    reached15: counts.reached15 / counts.calls,
    reached60: counts.reached60 / counts.calls,
    reachedToday: counts.reachedToday / counts.calls,
    ownLive: counts.liveOwn / counts.served,
    ownCallback: counts.callbacksOwn / counts.calledBack,
    ownMessage: counts.messagesOwn / counts.messages,
    offered: counts.offers / counts.attempts,
    acceptedShare: counts.accepted / counts.offers,
    busiest: Math.max(...shares),
    leastBusy: Math.min(...shares),
    overtime: counts.overtime / (presentMinutes / workMinutes),
  };
}

/** Of a sorted list; NaN when it is empty. */
function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export interface Estimate {
  readonly mean: number;
  /** Half the width of the 95 % confidence interval; NaN with one value. */
  readonly half: number;
}

/** Student's 97.5 % quantiles for 1, 2, … degrees of freedom. */
const STUDENT = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** The mean over seeds with its interval; values that are no number are left out. */
export function estimate(values: readonly number[]): Estimate {
  const known = values.filter((value) => Number.isFinite(value));
  const count = known.length;
  const mean = known.reduce((sum, value) => sum + value, 0) / count;
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  return { mean, half: (STUDENT[count - 2] ?? 1.96) * Math.sqrt(variance / count) };
}
