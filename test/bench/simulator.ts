import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { meanWaitErlangC } from '../../src/core/queueing/erlang-c.ts';
import type { Policy } from '../../src/core/routing/policy.ts';
import { type Estimate, estimate } from '../../src/simulator/figures.ts';
import type { Advisor, Call } from '../../src/simulator/office.ts';
import { POLICIES } from '../../src/simulator/policies.ts';
import { run } from '../../src/simulator/run.ts';
import type { Scenario } from '../../src/simulator/scenario.ts';
import { SCENARIOS, steadyQueue } from '../../src/simulator/scenarios.ts';
import type { Watcher } from '../../src/simulator/simulation.ts';
import { Tally } from '../../src/simulator/tally.ts';
import { middle } from './measure.ts';

const QUEUE = { advisors: 30, load: 25.5, handleMinutes: 8 };
const SEEDS = Array.from({ length: 10 }, (_, index) => 7001 + index);
const DAYS = 15;
const WARM_UP = [1, 2, 3];

export interface SimulatorReport {
  /** Calls a second of processor time, full policy on V85. */
  readonly fullPolicy: number;
  /** M/M/30 by both, calls a second of processor time in the middle of the seeds, and the mean wait in seconds with its 95 % interval. */
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
  const [report, waits] = [() => new Report(v85), () => new Waits()];
  // What is measured has been compiled.
  simulate(v85, own, WARM_UP, report);
  simulate(queue, hotline, WARM_UP, waits);
  const full = simulate(v85, own, [4, 5, 6], report);
  const turns = [];
  // In turn, seed by seed: what else the machine does slows both.
  for (const seed of SEEDS) turns.push({ ours: simulate(queue, hotline, [seed], waits), simpy: await inSimpy(seed) });
  const ours = turns.map((turn) => turn.ours);
  const simpy = turns.map((turn) => turn.simpy);
  return {
    fullPolicy: full.perSecond,
    ours: {
      perSecond: middle(ours.map(({ perSecond }) => perSecond)),
      wait: estimate(ours.flatMap(({ watchers }) => watchers.map((watcher) => meanSeconds(watcher.waits)))),
    },
    simpy: {
      perSecond: middle(simpy.map(({ calls, seconds }) => calls / seconds)),
      wait: estimate(simpy.flatMap(({ means }) => means.map((minutes) => minutes * 60))),
      version: simpy[0]?.version ?? '',
    },
    exactWait: meanWaitErlangC(QUEUE.advisors, QUEUE.load, QUEUE.handleMinutes) * 60,
  };
}

/** Counts what the program in SimPy counts: every call, and the waits of those that came after the first day. */
class Waits implements Watcher {
  calls = 0;
  readonly waits: number[] = [];

  called(): void {
    this.calls += 1;
  }

  answered(call: Call, _advisor: Advisor, hold: number): void {
    if (call.measured) this.waits.push(hold);
  }

  offered(): void {}
  accepted(): void {}
  gaveUp(): void {}
  ended(): void {}
  promised(): void {}
  rangBack(): void {}
  wrote(): void {}
  worked(): void {}
  present(): void {}
  overtime(): void {}
}

/** The whole report, and every call of it. */
class Report extends Tally {
  calls = 0;
  override called(call: Call): void {
    this.calls += 1;
    super.called(call);
  }
}

function simulate<Counting extends Watcher & { readonly calls: number }>(
  scenario: Scenario,
  policy: Policy,
  seeds: readonly number[],
  newWatcher: () => Counting,
) {
  const before = process.cpuUsage();
  const watchers = seeds.map((seed) => {
    const watcher = newWatcher();
    run(scenario, policy, seed, watcher);
    return watcher;
  });
  const used = process.cpuUsage(before);
  const calls = watchers.reduce((sum, watcher) => sum + watcher.calls, 0);
  return { perSecond: calls / ((used.user + used.system) / 1e6), watchers };
}

function meanSeconds(waits: readonly number[]): number {
  return waits.reduce((sum, wait) => sum + wait, 0) / waits.length / 1000;
}

async function inSimpy(seed: number) {
  // Seen from the built bench in `dist`.
  const file = fileURLToPath(new URL('../test/bench/queue_in_simpy.py', import.meta.url));
  const asked = [QUEUE.advisors, QUEUE.load, QUEUE.handleMinutes, DAYS, seed, 1].map(String);
  const { stdout } = await promisify(execFile)('/usr/bin/python3', [file, ...asked]);
  return JSON.parse(stdout) as { means: number[]; calls: number; seconds: number; version: string };
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
