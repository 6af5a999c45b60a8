import { expect, it } from 'vitest';
import type { Policy } from '../core/routing/policy.ts';
import { POLICIES } from './policies.ts';
import { type Scenario, scenarioSchema } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';
import { newSimulation } from './simulation.ts';
import { Tally } from './tally.ts';
import { absenceBeginning } from './world.ts';

const ADVISORS = 60;
const DAYS = 4_000;

/** Part of the days on which advisors are away, from the first morning on. */
function shareAbsent(scenario: Scenario): number {
  const simulation = newSimulation(scenario, POLICIES.own as Policy, 9_001, new Tally(scenario));
  let absent = 0;
  for (let advisor = 0; advisor < ADVISORS; advisor += 1) {
    let until = 0;
    for (simulation.day = 0; simulation.day < DAYS; simulation.day += 1) {
      if (until <= simulation.day) until = simulation.day + absenceBeginning(simulation, advisor);
      if (until > simulation.day) absent += 1;
    }
  }
  return absent / (ADVISORS * DAYS);
}

it.each([
  [0.15, 3],
  [0.3, 6],
])('has advisors away on the share of days the scenario says: %d, in spells of %d days', (share, meanDays) => {
  const scenario = scenarioSchema.parse({ ...SCENARIOS.V85, absence: { share, meanDays } });
  // Some three standard deviations. Begun with the chance share ÷ (1 − share) ÷ mean days, 0.15 becomes 0.158.
  expect(Math.abs(shareAbsent(scenario) - share)).toBeLessThan(share === 0.15 ? 0.005 : 0.012);
});
