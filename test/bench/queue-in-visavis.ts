// M/M/c in our engine, as `queue_in_simpy.py` has it in SimPy: for each seed the mean wait in minutes over all calls after
// the first day, and the processor time it took. A program of its own, as that one is: an engine that has just run other
// policies in the same process is compiled for them too.
//
// node queue-in-visavis.ts SERVERS LOAD HANDLE_MINUTES DAYS FIRST_SEED SEEDS
import '../../src/simulator/compile-deep.ts';
import type { Advisor, Call } from '../../src/simulator/office.ts';
import { POLICIES } from '../../src/simulator/policies.ts';
import { run } from '../../src/simulator/run.ts';
import { steadyQueue } from '../../src/simulator/scenarios.ts';
import type { Watcher } from '../../src/simulator/simulation.ts';

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

const [advisors = 30, load = 25.5, handleMinutes = 8, days = 15, first = 1, seeds = 1] = process.argv
  .slice(2)
  .map(Number);
const scenario = steadyQueue({ advisors, load, handleMinutes, patienceMinutes: null, days });
const { hotline } = POLICIES;
if (!hotline) throw new Error('the policy has another name now');

function waitsOf(seed: number): Waits {
  const waits = new Waits();
  run(scenario, hotline as NonNullable<typeof hotline>, seed, waits);
  return waits;
}

// What is measured has been compiled: Python has no such time.
for (let warmUp = 1; warmUp <= 12; warmUp += 1) waitsOf(first + seeds + warmUp);
const before = process.cpuUsage();
const all = Array.from({ length: seeds }, (_, index) => waitsOf(first + index));
const { user, system } = process.cpuUsage(before);
const meanMinutes = ({ waits }: Waits) => waits.reduce((sum, wait) => sum + wait, 0) / waits.length / 60_000;
const calls = all.reduce((sum, each) => sum + each.calls, 0);
process.stdout.write(JSON.stringify({ means: all.map(meanMinutes), calls, seconds: (user + system) / 1e6 }));
