import { expect, test } from 'vitest';
import { type Demand, outlookFor } from '../core/planning/plan.ts';
import { STANDARD_POLICY } from '../core/routing/policy.ts';
import { FORMULAS_DIFFER } from '../desk/planning/sentences.ts';
import { scenarioSchema } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';
import { simulateStaffing, staffingScenario } from './staffing.ts';

const weights = SCENARIOS.V85?.open.hourlyWeights ?? [];

/** The demand that gives DJ30 or DJ10 its load. */
function demandOf(name: string, acceptance: number): { demand: Demand; advisors: number } {
  const { advisors, voiceLoad, messageLoad } = scenarioSchema.parse(SCENARIOS[name]);
  const minutes = advisors * 0.85 * 480 * 21;
  const [calls, messages] = [(voiceLoad * minutes) / 8, (messageLoad * minutes) / 5];
  const rest = { callMinutes: 8, messageMinutes: 5, absence: 0.15, acceptance, peak: 1.35, customers: 120_000 };
  return { advisors, demand: { calls, messages, ...rest } };
}

test('a plan of the work of DJ30 is simulated in the world of DJ30', () => {
  const { demand, advisors } = demandOf('B85', 0.6);
  const { name: _name, voiceLoad, messageLoad, ...world } = staffingScenario(demand, advisors, weights);
  const { name: _same, voiceLoad: voice, messageLoad: written, ...expected } = scenarioSchema.parse(SCENARIOS.B85);
  expect(world).toEqual(expected);
  expect([voiceLoad, messageLoad]).toEqual([expect.closeTo(voice, 9), expect.closeTo(written, 9)]);
});

test('formulas stay as near to simulated weeks as the planner says: a calm operator, and the worst one', async () => {
  for (const [name, acceptance, own, named] of [
    ['B85-10', 0.6, FORMULAS_DIFFER.calmOwn, FORMULAS_DIFFER.calmNamed],
    ['R85-10', 0.85, FORMULAS_DIFFER.calmOwn, FORMULAS_DIFFER.calmNamed],
    ['V92-10', 0.37, FORMULAS_DIFFER.own, FORMULAS_DIFFER.named],
  ] as const) {
    const { demand, advisors } = demandOf(name, acceptance);
    const plan = { demand, advisors: [advisors], weights, policy: STANDARD_POLICY, seeds: [9101, 9102, 9103, 9104] };
    const run = { threads: 2, signal: new AbortController().signal, onProgress: () => undefined };
    const [names] = await simulateStaffing(plan, run);
    const formulas = outlookFor(demand, advisors);
    // Half a point for rounding and for the chance of four seeds.
    expect(Math.abs(formulas.own - (names?.figures.own.mean ?? 9)) * 100, name).toBeLessThan(own + 0.5);
    expect(Math.abs(formulas.named - (names?.figures.named.mean ?? 9)) * 100, name).toBeLessThan(named + 0.5);
  }
}, 60_000);

test('stopped, it throws at once and says nothing', async () => {
  const stopping = new AbortController();
  const { demand, advisors } = demandOf('V85', 0.6);
  const plan = { demand, advisors: [advisors], weights, policy: STANDARD_POLICY, seeds: [1, 2, 3, 4, 5, 6, 7, 8] };
  const onProgress = () => stopping.abort();
  await expect(simulateStaffing(plan, { threads: 2, signal: stopping.signal, onProgress })).rejects.toThrow('stopped');
});
