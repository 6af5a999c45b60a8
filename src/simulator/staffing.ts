import { type Demand, planRules } from '../core/planning/plan.ts';
import { STAFFING_FIGURES, type Staffing, type StaffingPlan, type StaffingRun } from '../core/planning/staffing.ts';
import { inThreads } from './in-threads.ts';
import { POLICIES } from './policies.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';
import { studyOf } from './study.ts';

/**
 * The plan simulated: for each number of advisors the policy in force beside a plain hotline, on the same seeds. Aborted:
 * every thread is ended and it throws.
 */
export async function simulateStaffing(plan: StaffingPlan, run: StaffingRun): Promise<Staffing[]> {
  const cells = plan.advisors.flatMap((advisors) =>
    (['own', 'hotline'] as const).map((name) => ({
      name,
      advisors,
      policy: name === 'own' ? plan.policy : (POLICIES.hotline ?? plan.policy),
      scenario: staffingScenario(plan.demand, advisors, plan.weights),
    })),
  );
  const runs = cells.flatMap(({ scenario, policy }) => plan.seeds.map((seed) => ({ scenario, policy, seed })));
  const results = await inThreads(runs, run.threads, run.signal, (done) => run.onProgress(done, runs.length));
  const { length } = plan.seeds;
  return cells.map(({ name, advisors, policy, scenario }, index) => {
    const study = studyOf(scenario, name, policy, results.slice(index * length, (index + 1) * length));
    const figures = STAFFING_FIGURES.map((figure) => [figure, study.figures[figure]] as const);
    return {
      advisors,
      policy: name,
      figures: Object.fromEntries(figures) as Staffing['figures'],
      hours: study.hours.map(({ own, hold }) => ({
        own: own.mean,
        ownHalf: own.half,
        hold: hold.mean,
        holdHalf: hold.half,
      })),
    };
  });
}

/** The world of routing.md with the demand and the people of a plan. */
export function staffingScenario(demand: Demand, advisors: number, weights: readonly number[]): Scenario {
  const base = SCENARIOS.V85;
  if (!base) throw new Error('the scenario V85 is gone');
  const { minutesADay, daysAMonth } = planRules;
  const minutes = advisors * (1 - demand.absence) * minutesADay * daysAMonth;
  return {
    ...base,
    name: `${advisors}`,
    advisors,
    voiceLoad: (demand.calls * demand.callMinutes) / minutes,
    messageLoad: (demand.messages * demand.messageMinutes) / minutes,
    open: { ...base.open, hourlyWeights: [...weights] },
    absence: { ...base.absence, share: demand.absence },
    handle: { ...base.handle, meanMinutes: demand.callMinutes },
    message: { ...base.message, meanMinutes: demand.messageMinutes },
    acceptance: { ...base.acceptance, share: demand.acceptance },
  };
}
