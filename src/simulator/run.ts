import type { Policy } from '../core/routing/policy.ts';
import { callComes, givesUp, offerEnds, waitEnds } from './calls.ts';
import type { Advisor, Call } from './office.ts';
import type { Scenario } from './scenario.ts';
import { clearedDown, closes, dayBegins, lunchBegins, lunchEnds, messageComes } from './shifts.ts';
import { DAY, LATER, newSimulation, type Simulation, type Subject, type Watcher } from './simulation.ts';
import { becomeFree, lookForWork, taskEnds } from './work.ts';
import { type Caseloads, callOf, caseloadsOf, dayOf, messageOf } from './world.ts';

/** One seed of a scenario under a policy, from the first morning to the last evening. */
export function run(scenario: Scenario, policy: Policy, seed: number, watcher: Watcher): void {
  const simulation = newSimulation(scenario, policy, seed, watcher);
  const caseloads = caseloadsOf(scenario, seed);
  for (let day = 0; day < scenario.days.simulated; day += 1) {
    simulation.day = day;
    runDay(simulation, caseloads);
  }
}

function runDay(simulation: Simulation, caseloads: Caseloads): void {
  const { office, agenda } = simulation;
  dayBegins(simulation);
  const { calls, messages } = dayOf(simulation);
  const handle = (at: number, kind: number, subject: Subject) => {
    office.now = at;
    happen(simulation, kind, subject);
  };
  const opens = office.now;
  const untilThen = (at: number) => {
    while (agenda.next() <= at) agenda.take(handle);
    office.now = at;
  };
  for (;;) {
    const callAt = calls.next();
    const messageAt = messages.next();
    if (messageAt < callAt) {
      untilThen(Math.max(opens, messageAt));
      messageComes(simulation, messageOf(simulation, caseloads, messages.take(), messageAt));
    } else if (callAt < Number.POSITIVE_INFINITY) {
      untilThen(callAt);
      callComes(simulation, callOf(simulation, caseloads, calls.take()));
    } else break;
  }
  const nextMorning = opens + DAY;
  while (agenda.next() < nextMorning) agenda.take(handle);
}

function happen(simulation: Simulation, kind: number, subject: Subject): void {
  if (kind === LATER.taskEnds) taskEnds(simulation, subject as Advisor);
  else if (kind === LATER.offerEnds) offerEnds(simulation, subject as Call);
  else if (kind === LATER.givesUp) givesUp(simulation, subject as Call);
  else if (kind === LATER.waitEnds) waitEnds(simulation, subject as Call);
  else if (kind === LATER.wrapUpEnds) becomeFree(simulation, subject as Advisor);
  else if (kind === LATER.ringsAgain) callComes(simulation, subject as Call);
  else if (kind === LATER.lunchBegins) lunchBegins(simulation, subject as Advisor);
  else if (kind === LATER.lunchEnds) lunchEnds(simulation, subject as Advisor);
  else if (kind === LATER.lookAgain) lookForWork(simulation, subject as Advisor | null);
  else if (kind === LATER.closes) closes(simulation);
  else clearedDown(simulation);
}
