import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { meanWaitErlangC } from '../../src/core/queueing/erlang-c.ts';
import { type Estimate, estimate } from '../../src/simulator/figures.ts';
import type { Call } from '../../src/simulator/office.ts';
import { POLICIES } from '../../src/simulator/policies.ts';
import { run } from '../../src/simulator/run.ts';
import { SCENARIOS } from '../../src/simulator/scenarios.ts';
import { Tally } from '../../src/simulator/tally.ts';
import { middle } from './measure.ts';

const QUEUE = { advisors: 30, load: 25.5, handleMinutes: 8 };
const SEEDS = Array.from({ length: 10 }, (_, index) => 7001 + index);
const DAYS = 60;

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
  const fullPolicy = wholePolicyPerSecond();
  const turns = [];
  // In turn, seed by seed: what else the machine does slows both.
  for (const seed of SEEDS) turns.push({ ours: await inVisavis(seed), simpy: await inSimpy(seed) });
  const simpy = turns.map((turn) => turn.simpy);
  return {
    fullPolicy,
    ours: speedAndWait(turns.map((turn) => turn.ours)),
    simpy: { ...speedAndWait(simpy), version: simpy[0]?.version ?? '' },
    exactWait: meanWaitErlangC(QUEUE.advisors, QUEUE.load, QUEUE.handleMinutes) * 60,
  };
}

/** The whole report, and every call of it. */
class Report extends Tally {
  calls = 0;
  override called(call: Call): void {
    this.calls += 1;
    super.called(call);
  }
}

/** Calls a second of processor time, on V85 with the product's own policy, reported upon in full. */
function wholePolicyPerSecond(): number {
  const [v85, own] = [SCENARIOS.V85, POLICIES.own];
  if (!v85 || !own) throw new Error('scenario or policy has another name now');
  const callsOf = (seed: number) => {
    const report = new Report(v85);
    run(v85, own, seed, report);
    return report.calls;
  };
  // What is measured has been compiled.
  for (const seed of [1, 2, 3]) callsOf(seed);
  const before = process.cpuUsage();
  const calls = [4, 5, 6].reduce((sum, seed) => sum + callsOf(seed), 0);
  const { user, system } = process.cpuUsage(before);
  return calls / ((user + system) / 1e6);
}

/** What either program says of one seed: mean waits in minutes, calls, seconds of processor time. */
interface Queue {
  readonly means: readonly number[];
  readonly calls: number;
  readonly seconds: number;
}

function speedAndWait(queues: readonly Queue[]): { perSecond: number; wait: Estimate } {
  return {
    perSecond: middle(queues.map(({ calls, seconds }) => calls / seconds)),
    wait: estimate(queues.flatMap(({ means }) => means.map((minutes) => minutes * 60))),
  };
}

const inVisavis = (seed: number) => queueIn<Queue>(process.execPath, 'queue-in-visavis.ts', seed);
const inSimpy = (seed: number) => queueIn<Queue & { version: string }>('/usr/bin/python3', 'queue_in_simpy.py', seed);

async function queueIn<Said>(interpreter: string, program: string, seed: number): Promise<Said> {
  // Seen from the built bench in `dist`.
  const file = fileURLToPath(new URL(`../test/bench/${program}`, import.meta.url));
  const asked = [QUEUE.advisors, QUEUE.load, QUEUE.handleMinutes, DAYS, seed, 1].map(String);
  const { stdout } = await promisify(execFile)(interpreter, [file, ...asked]);
  return JSON.parse(stdout) as Said;
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
