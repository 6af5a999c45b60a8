import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { meanWaitErlangC } from '../../src/core/queueing/erlang-c.ts';
import type { Policy } from '../../src/core/routing/policy.ts';
import { type Estimate, estimate } from '../../src/simulator/figures.ts';
import type { Call } from '../../src/simulator/office.ts';
import { POLICIES } from '../../src/simulator/policies.ts';
import { run } from '../../src/simulator/run.ts';
import type { Scenario } from '../../src/simulator/scenario.ts';
import { SCENARIOS, steadyQueue } from '../../src/simulator/scenarios.ts';
import { Tally } from '../../src/simulator/tally.ts';

const QUEUE = { advisors: 30, load: 25.5, handleMinutes: 8 };
const SEEDS = Array.from({ length: 10 }, (_, index) => 7001 + index);
const DAYS = 15;
const WARM_UP = [1, 2, 3];

export interface SimulatorReport {
  /** Calls a second of processor time, full policy on V85. */
  readonly fullPolicy: number;
  /** M/M/30 by both, calls a second of processor time, and the mean wait in seconds with its 95 % interval. */
  readonly ours: { readonly perSecond: number; readonly wait: Estimate };
  readonly simpy: { readonly perSecond: number; readonly wait: Estimate; readonly version: string };
  /** Erlang C, seconds. */
  readonly exactWait: number;
}

/** The simulator beside SimPy (Debian's python3-simpy3) on one queue, and alone with the whole policy. */
export async function benchSimulator(): Promise<SimulatorReport> {
  const queue = steadyQueue({ ...QUEUE, patienceMinutes: null, days: DAYS });
  const [v85, own, hotline] = [SCENARIOS.V85, POLICIES.own, POLICIES.hotline];
  if (!v85 || !own || !hotline) throw new Error('scenario or policy has another name now');
  // What is measured has been compiled.
  simulate(v85, own, WARM_UP);
  simulate(queue, hotline, WARM_UP);
  const full = simulate(v85, own, [4, 5, 6]);
  const ours = simulate(queue, hotline, SEEDS);
  return {
    fullPolicy: full.perSecond,
    ours: { perSecond: ours.perSecond, wait: estimate(ours.waits) },
    simpy: await inSimpy(),
    exactWait: meanWaitErlangC(QUEUE.advisors, QUEUE.load, QUEUE.handleMinutes) * 60,
  };
}

class Counted extends Tally {
  attempts = 0;
  override called(call: Call): void {
    this.attempts += 1;
    super.called(call);
  }
}

function simulate(scenario: Scenario, policy: Policy, seeds: readonly number[]) {
  const before = process.cpuUsage();
  const tallies = seeds.map((seed) => {
    const tally = new Counted(scenario);
    run(scenario, policy, seed, tally);
    return tally;
  });
  const used = process.cpuUsage(before);
  const calls = tallies.reduce((sum, { attempts }) => sum + attempts, 0);
  return {
    perSecond: calls / ((used.user + used.system) / 1e6),
    waits: tallies.map(({ counts, lists }) => counts.holdSum / lists.holds.length),
  };
}

async function inSimpy(): Promise<SimulatorReport['simpy']> {
  // Seen from the built bench in `dist`.
  const file = fileURLToPath(new URL('../test/bench/queue_in_simpy.py', import.meta.url));
  const asked = [QUEUE.advisors, QUEUE.load, QUEUE.handleMinutes, DAYS, SEEDS[0], SEEDS.length].map(String);
  const { stdout } = await promisify(execFile)('/usr/bin/python3', [file, ...asked]);
  const { means, calls, seconds, version } = JSON.parse(stdout) as {
    means: number[];
    calls: number;
    seconds: number;
    version: string;
  };
  return { perSecond: calls / seconds, wait: estimate(means.map((minutes) => minutes * 60)), version };
}

/** Whether both speeds and both intervals are as promised. */
export function simulatorReached({ fullPolicy, ours, simpy, exactWait }: SimulatorReport): boolean {
  const holds = ({ mean, half }: Estimate) => Math.abs(mean - exactWait) <= half;
  return fullPolicy >= 60_000 && ours.perSecond >= 10 * simpy.perSecond && holds(ours.wait) && holds(simpy.wait);
}

/** For people. */
export function simulatorTable(report: SimulatorReport): string {
  const { fullPolicy, ours, simpy, exactWait } = report;
  const speed = (perSecond: number) => `${Math.round(perSecond).toLocaleString('en')} calls/s of processor time`;
  const wait = ({ mean, half }: Estimate) => `mean wait ${mean.toFixed(2)} ± ${half.toFixed(2)} s`;
  return `full policy, V85: ${speed(fullPolicy)} (target ≥ 60,000)
M/M/30, ours: ${speed(ours.perSecond)}, ${wait(ours.wait)}
M/M/30, SimPy ${simpy.version}: ${speed(simpy.perSecond)}, ${wait(simpy.wait)}
exact: ${exactWait.toFixed(2)} s; ours is ${(ours.perSecond / simpy.perSecond).toFixed(1)} times as fast (target ≥ 10)
${simulatorReached(report) ? 'reached' : 'MISSED'}
`;
}
