import type { Policy } from '../core/routing/policy.ts';
import { type Estimate, estimate, FIGURES, type FigureName, type Figures, figuresOf } from './figures.ts';
import { run } from './run.ts';
import type { Scenario } from './scenario.ts';
import { Tally } from './tally.ts';

/** What one seed gave, small enough to be sent between threads. */
export interface SeedResult {
  readonly seed: number;
  readonly figures: Figures;
  /** Holds of this seed in five-second steps, the last one open. */
  readonly holds: readonly number[];
  readonly hours: readonly { readonly own: number; readonly hold: number; readonly abandoned: number }[];
  readonly ownByAdvisor: readonly number[];
}

const HOLD_STEPS = 37;

/** Runs one seed and keeps its figures. */
export function runSeed(scenario: Scenario, policy: Policy, seed: number): SeedResult {
  const tally = new Tally(scenario);
  run(scenario, policy, seed, tally);
  const holds = new Array<number>(HOLD_STEPS).fill(0);
  for (const hold of tally.lists.holds) {
    const step = hold === 0 ? 0 : Math.min(HOLD_STEPS - 1, 1 + Math.floor(hold / 5));
    holds[step] = (holds[step] ?? 0) + 1 / tally.lists.holds.length;
  }
  return {
    seed,
    figures: figuresOf(tally),
    holds,
    hours: tally.hours.map(({ attempts, holdSum, abandoned, reached, own }) => ({
      own: own / reached,
      hold: holdSum / attempts,
      abandoned: abandoned / attempts,
    })),
    ownByAdvisor: tally.advisors.map(({ reached, own }) => own / reached),
  };
}

/** One policy in one scenario over all its seeds. */
export interface Study {
  readonly scenario: string;
  readonly policy: string;
  readonly policyVersion: string;
  readonly seeds: readonly number[];
  readonly figures: Record<FigureName, Estimate>;
  readonly holds: readonly number[];
  readonly hours: readonly { readonly own: Estimate; readonly hold: Estimate; readonly abandoned: Estimate }[];
  /** Least first. */
  readonly ownByAdvisor: readonly number[];
}

/** Puts the seeds together; they may come in any order. */
export function studyOf(scenario: Scenario, name: string, policy: Policy, results: readonly SeedResult[]): Study {
  const sorted = [...results].sort((a, b) => a.seed - b.seed);
  const meanOf = (pick: (result: SeedResult) => number): number => estimate(sorted.map(pick)).mean;
  const first = sorted[0];
  return {
    scenario: scenario.name,
    policy: name,
    policyVersion: policy.version,
    seeds: sorted.map(({ seed }) => seed),
    figures: Object.fromEntries(
      FIGURES.map((figure) => [figure, estimate(sorted.map(({ figures }) => figures[figure]))]),
    ) as Record<FigureName, Estimate>,
    holds: (first?.holds ?? []).map((_, step) => meanOf(({ holds }) => holds[step] ?? 0)),
    hours: (first?.hours ?? []).map((_, hour) => ({
      own: estimate(sorted.map(({ hours }) => hours[hour]?.own ?? Number.NaN)),
      hold: estimate(sorted.map(({ hours }) => hours[hour]?.hold ?? Number.NaN)),
      abandoned: estimate(sorted.map(({ hours }) => hours[hour]?.abandoned ?? Number.NaN)),
    })),
    ownByAdvisor: (first?.ownByAdvisor ?? [])
      .map((_, index) => meanOf(({ ownByAdvisor }) => ownByAdvisor[index] ?? Number.NaN))
      .sort((a, b) => a - b),
  };
}
