import { A_DAY, Arrivals } from './arrivals.ts';
import { Draws } from './draws.ts';
import { type Advisor, Call, Message } from './office.ts';
import { minuteOf, type Scenario, workMinutes } from './scenario.ts';
import { DAY, isMeasured, MINUTE, type Simulation } from './simulation.ts';

const OF = { day: 1, call: 2, message: 3, staff: 4 } as const;

/** What comes on a day, in order: the same under every policy with the same seed. */
export interface Coming {
  readonly calls: Arrivals;
  readonly messages: Arrivals;
}

export function dayOf(simulation: Simulation): Coming {
  const { scenario, seed, day } = simulation;
  const draws = new Draws(seed, OF.day, day);
  const factor = Math.max(0.5, 1 + scenario.dayFactorSd * draws.normal());
  const times = timesOf(scenario);
  const staffMinutes = scenario.advisors * (1 - scenario.absence.share) * workMinutes(scenario) * factor;
  const calls = draws.poisson((staffMinutes * scenario.voiceLoad) / scenario.handle.meanMinutes);
  const messages = draws.poisson((staffMinutes * scenario.messageLoad) / scenario.message.meanMinutes);
  return {
    calls: new Arrivals(calls, day, (index) => callBegins(simulation, times, index)),
    messages: new Arrivals(messages, day, (index) => messageArrives(simulation, times, index)),
  };
}

function callBegins({ seed, day }: Simulation, times: Times, index: number): number {
  const draws = new Draws(seed, OF.call, day * A_DAY + index);
  draws.skip();
  return Math.round(day * DAY + timeOfDay(times, draws) * MINUTE);
}

/** The call with this number, which begins now. */
export function callOf({ scenario, seed, day, office }: Simulation, caseloads: Caseloads, index: number): Call {
  const draws = new Draws(seed, OF.call, day * A_DAY + index);
  const own = office.staff[caseloads.pick(draws.uniform())] as Advisor;
  draws.skip();
  const { shape, meanMinutes, cv } = scenario.handle;
  const minutes = shape === 'exponential' ? draws.exponential(meanMinutes) : draws.lognormal(meanMinutes, cv);
  const handle = Math.max(1, Math.round(minutes * MINUTE));
  return drawAttempt(scenario, new Call(day, index, own, office.now, handle, isMeasured(scenario, day), draws));
}

/** What the caller will do in this attempt, whatever the policy does. */
export function drawAttempt({ patienceMeanMinutes }: Scenario, call: Call): Call {
  if (patienceMeanMinutes === null) call.draws.skip();
  else call.patience = Math.round(call.draws.exponential(1) * patienceMeanMinutes * MINUTE);
  call.acceptance = call.draws.uniform();
  return call;
}

function messageArrives({ scenario, seed, day }: Simulation, times: Times, index: number): number {
  const draws = new Draws(seed, OF.message, day * A_DAY + index);
  draws.skip();
  const overnight = draws.uniform() < scenario.message.overnight;
  const minute = overnight ? times.opens - draws.uniform() * 900 : timeOfDay(times, draws);
  return Math.round(day * DAY + minute * MINUTE);
}

/** The message with this number, which arrived at that instant. */
export function messageOf(
  { scenario, seed, day, office }: Simulation,
  caseloads: Caseloads,
  index: number,
  receivedAt: number,
): Message {
  const draws = new Draws(seed, OF.message, day * A_DAY + index);
  const own = office.staff[caseloads.pick(draws.uniform())] as Advisor;
  draws.skip();
  draws.skip();
  const left = Math.max(1, Math.round(draws.lognormal(scenario.message.meanMinutes, scenario.message.cv) * MINUTE));
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

/**
 * Whether an absence of this advisor begins on the day, and how many days it lasts; 0 when there. With `begins` a day,
 * (1 − begins) ÷ begins days at work come before each absence, so that the share absent is what the scenario says.
 */
export function absenceBeginning({ scenario, seed, day }: Simulation, index: number): number {
  const { share, meanDays } = scenario.absence;
  if (share === 0) return 0;
  const draws = new Draws(seed, OF.staff, 1 + index + day * A_DAY);
  const begins = day === 0 ? share : share / (share + (1 - share) * meanDays);
  if (draws.uniform() >= begins) return 0;
  let days = 1;
  while (draws.uniform() >= 1 / meanDays) days += 1;
  return days;
}
