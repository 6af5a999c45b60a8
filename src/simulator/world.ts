import { Draws } from './draws.ts';
import { type Advisor, Call, Message } from './office.ts';
import { minuteOf, type Scenario, workMinutes } from './scenario.ts';
import { DAY, isMeasured, MINUTE, type Simulation } from './simulation.ts';

const OF = { day: 1, call: 2, message: 3, staff: 4 } as const;
/** Room for the calls of one day in the numbering of draws. */
const A_DAY = 1 << 20;

/** What comes on a day, in order: the same under every policy with the same seed. */
export interface Coming {
  readonly calls: readonly Call[];
  readonly messages: readonly Message[];
}

export function dayOf(simulation: Simulation, caseloads: Caseloads): Coming {
  const { scenario, seed, day } = simulation;
  const draws = new Draws(seed, OF.day, day);
  const factor = Math.max(0.5, 1 + scenario.dayFactorSd * draws.normal());
  const times = timesOf(scenario);
  const staffMinutes = scenario.advisors * (1 - scenario.absence.share) * workMinutes(scenario) * factor;
  const calls = draws.poisson((staffMinutes * scenario.voiceLoad) / scenario.handle.meanMinutes);
  const messages = draws.poisson((staffMinutes * scenario.messageLoad) / scenario.message.meanMinutes);
  return {
    calls: inOrder(
      calls,
      day,
      (index) => callOf(simulation, caseloads, times, index),
      (call) => call.since,
    ),
    messages: inOrder(
      messages,
      day,
      (index) => messageOf(simulation, caseloads, times, index),
      (message) => message.receivedAt,
    ),
  };
}

/** Made one after the other, then put in the order of their instants: numbers sort faster than objects. */
function inOrder<Item>(count: number, day: number, make: (index: number) => Item, at: (item: Item) => number): Item[] {
  const items: Item[] = [];
  const keys = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    const item = make(index);
    items.push(item);
    keys[index] = (at(item) - day * DAY) * A_DAY + index;
  }
  keys.sort();
  const sorted: Item[] = [];
  for (const key of keys) sorted.push(items[key - Math.floor(key / A_DAY) * A_DAY] as Item);
  return sorted;
}

function callOf(simulation: Simulation, caseloads: Caseloads, times: Times, index: number): Call {
  const { scenario, seed, day, office } = simulation;
  const draws = new Draws(seed, OF.call, day * A_DAY + index);
  const own = office.staff[caseloads.pick(draws.uniform())] as Advisor;
  const since = Math.round(day * DAY + timeOfDay(times, draws) * MINUTE);
  const { shape, meanMinutes, cv } = scenario.handle;
  const minutes = shape === 'exponential' ? draws.exponential(meanMinutes) : draws.lognormal(meanMinutes, cv);
  const handle = Math.max(1, Math.round(minutes * MINUTE));
  return drawAttempt(scenario, new Call(day, index, own, since, handle, isMeasured(scenario, day), draws));
}

/** What the caller will do in this attempt, whatever the policy does. */
export function drawAttempt({ patienceMeanMinutes }: Scenario, call: Call): Call {
  const patience = call.draws.exponential(1);
  call.patience =
    patienceMeanMinutes === null ? Number.POSITIVE_INFINITY : Math.round(patience * patienceMeanMinutes * MINUTE);
  call.acceptance = call.draws.uniform();
  return call;
}

function messageOf(simulation: Simulation, caseloads: Caseloads, times: Times, index: number): Message {
  const { scenario, seed, day, office } = simulation;
  const draws = new Draws(seed, OF.message, day * A_DAY + index);
  const own = office.staff[caseloads.pick(draws.uniform())] as Advisor;
  const overnight = draws.uniform() < scenario.message.overnight;
  const minute = overnight ? times.opens - draws.uniform() * 900 : timeOfDay(times, draws);
  const left = Math.max(1, Math.round(draws.lognormal(scenario.message.meanMinutes, scenario.message.cv) * MINUTE));
  const receivedAt = Math.round(day * DAY + minute * MINUTE);
  return new Message(`${day}/${index}`, own, receivedAt, left, isMeasured(scenario, day));
}

/** When things come: minutes after midnight, and how many come in each step of the day. */
interface Times {
  readonly opens: number;
  readonly closes: number;
  readonly step: number;
  readonly weights: readonly number[];
  readonly total: number;
}

function timesOf({ open }: Scenario): Times {
  const [opens, closes, weights] = [minuteOf(open.from), minuteOf(open.to), open.hourlyWeights];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { opens, closes, step: (closes - opens) / weights.length, weights, total };
}

/** Minutes after midnight, by the weights of the hours. */
function timeOfDay({ opens, closes, step, weights, total }: Times, draws: Draws): number {
  let left = draws.uniform() * total;
  for (let index = 0; index < weights.length; index += 1) {
    const weight = weights[index] as number;
    if (left < weight) return opens + (index + left / weight) * step;
    left -= weight;
  }
  return closes - 1e-3;
}

/** Whose customer a caller is, by the sizes of the caseloads. */
export interface Caseloads {
  pick(uniform: number): number;
}

export function caseloadsOf({ advisors, caseloadSpread }: Scenario, seed: number): Caseloads {
  const draws = new Draws(seed, OF.staff, 0);
  const bounds: number[] = [];
  let total = 0;
  for (let index = 0; index < advisors; index += 1) {
    total += 1 + caseloadSpread * (2 * draws.uniform() - 1);
    bounds.push(total);
  }
  return {
    pick(uniform) {
      const at = uniform * total;
      let low = 0;
      let high = bounds.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((bounds[middle] as number) > at) high = middle;
        else low = middle + 1;
      }
      return low;
    },
  };
}

/** Whether an absence of this advisor begins on the day, and how many days it lasts; 0 when there. */
export function absenceBeginning({ scenario, seed, day }: Simulation, index: number): number {
  const { share, meanDays } = scenario.absence;
  if (share === 0) return 0;
  const draws = new Draws(seed, OF.staff, 1 + index + day * A_DAY);
  const begins = day === 0 ? share : share / (1 - share) / meanDays;
  if (draws.uniform() >= begins) return 0;
  let days = 1;
  while (draws.uniform() >= 1 / meanDays) days += 1;
  return days;
}
