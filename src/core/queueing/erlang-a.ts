import { checkServers } from './erlang-b.ts';

/** A queue with impatient callers: `load` in erlangs, mean handle time and mean patience in the same unit (minutes). */
export interface ImpatientQueue {
  readonly servers: number;
  readonly load: number;
  readonly handle: number;
  readonly patience: number;
}

export interface ErlangA {
  /** Share of calls that find everyone busy. */
  readonly waits: number;
  /** Share of calls that give up. */
  readonly abandons: number;
  /** Mean wait of all calls, those who gave up included, in the unit of handle and patience. */
  readonly meanWait: number;
  /** Mean share of its time that a server works. */
  readonly occupancy: number;
}

/**
 * The exact steady state of Poisson calls with exponential handle times and exponential patience, from the birth–death
 * chain: with k calls present, one comes at rate λ and one goes at min(k, n)·μ + max(0, k − n)·θ.
 * Throws RangeError on impossible numbers.
 */
export function erlangA(queue: ImpatientQueue): ErlangA {
  const { servers, load, handle, patience } = queue;
  checkServers(servers, load);
  if (!(handle > 0) || !(patience > 0)) throw new RangeError('handle time and patience must be more than 0');
  if (load === 0) return { waits: servers === 0 ? 1 : 0, abandons: 0, meanWait: 0, occupancy: 0 };
  const arrivals = load / handle;
  const below = weightBelow(servers, load);
  const above = weightsAbove(queue, arrivals);
  const total = below * above.first + above.weight;
  const waitingCalls = above.waiting / total;
  const abandons = waitingCalls / (patience * arrivals);
  return {
    waits: above.weight / total,
    abandons,
    meanWait: waitingCalls / arrivals,
    occupancy: servers === 0 ? 0 : ((1 - abandons) * load) / servers,
  };
}

/** Weight of the states 0 … n − 1, where the state n weighs 1. */
function weightBelow(servers: number, load: number): number {
  let weight = 1;
  let sum = 0;
  for (let calls = servers; calls > 0 && weight > sum * 1e-18; calls -= 1) {
    weight *= calls / load;
    sum += weight;
  }
  return sum;
}

/**
 * Weight of the states n, n + 1, …, the weighted number of calls waiting in them, and the weight of the state n itself:
 * all three are scaled down together before they outgrow a number.
 */
function weightsAbove({ servers, handle, patience }: ImpatientQueue, arrivals: number) {
  let weight = 1;
  let first = 1;
  let sum = 1;
  let waiting = 0;
  for (let queued = 1; weight > sum * 1e-18; queued += 1) {
    weight *= arrivals / (servers / handle + queued / patience);
    sum += weight;
    waiting += queued * weight;
    if (sum > LARGE) {
      weight /= LARGE;
      first /= LARGE;
      sum /= LARGE;
      waiting /= LARGE;
    }
  }
  return { weight: sum, waiting, first };
}

const LARGE = 1e200;
