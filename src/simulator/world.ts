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
  const staffMinutes = scenario.advisors * (1 - scenario.absence.share) * workMinutes(scenario) * factor;
  const calls = draws.poisson((staffMinutes * scenario.voiceLoad) / scenario.handle.meanMinutes);
  const messages = draws.poisson((staffMinutes * scenario.messageLoad) / scenario.message.meanMinutes);
  return {
    calls: inOrder(
      calls,
      (index) => callOf(simulation, caseloads, index),
      (call) => call.since,
    ),
    messages: inOrder(
      messages,
      (index) => messageOf(simulation, caseloads, index),
      (message) => message.receivedAt,
    ),
  };
}

function inOrder<Item>(count: number, make: (index: number) => Item, at: (item: Item) => number): Item[] {
  return Array.from({ length: count }, (_, index) => make(index)).sort((a, b) => at(a) - at(b));
}

function callOf({ scenario, seed, day, office }: Simulation, caseloads: Caseloads, index: number): Call {
  const draws = new Draws(seed, OF.call, day * A_DAY + index);
  const own = office.staff[caseloads.pick(draws.uniform())] as Advisor;
  const since = Math.round(day * DAY + timeOfDay(scenario, draws) * MINUTE);
  const { shape, meanMinutes, cv } = scenario.handle;
  const minutes = shape === 'exponential' ? draws.exponential(meanMinutes) : draws.lognormal(meanMinutes, cv);
  const handle = Math.max(1, Math.round(minutes * MINUTE));
  return drawAttempt(scenario, new Call(`${day}/${index}`, own, since, handle, isMeasured(scenario, day), draws));
}

/** What the caller will do in this attempt, whatever the policy does. */
export function drawAttempt({ patienceMeanMinutes }: Scenario, call: Call): Call {
  const patience = call.draws.exponential(1);
  call.patience =
    patienceMeanMinutes === null ? Number.POSITIVE_INFINITY : Math.round(patience * patienceMeanMinutes * MINUTE);
  call.acceptance = call.draws.uniform();
  return call;
}

function messageOf({ scenario, seed, day, office }: Simulation, caseloads: Caseloads, index: number): Message {
  const draws = new Draws(seed, OF.message, day * A_DAY + index);
  const own = office.staff[caseloads.pick(draws.uniform())] as Advisor;
  const opens = minuteOf(scenario.open.from);
  const overnight = draws.uniform() < scenario.message.overnight;
  const minute = overnight ? opens - draws.uniform() * 900 : timeOfDay(scenario, draws);
  const left = Math.max(1, Math.round(draws.lognormal(scenario.message.meanMinutes, scenario.message.cv) * MINUTE));
  const receivedAt = Math.round(day * DAY + minute * MINUTE);
  return new Message(`${day}/${index}`, own, receivedAt, left, isMeasured(scenario, day));
}

/** Minutes after midnight, by the weights of the hours. */
function timeOfDay({ open }: Scenario, draws: Draws): number {
  const total = open.hourlyWeights.reduce((sum, weight) => sum + weight, 0);
  const opens = minuteOf(open.from);
  const hour = (minuteOf(open.to) - opens) / open.hourlyWeights.length;
  let left = draws.uniform() * total;
  for (const [index, weight] of open.hourlyWeights.entries()) {
    if (left < weight) return opens + (index + left / weight) * hour;
    left -= weight;
  }
  return minuteOf(open.to) - 1e-3;
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
