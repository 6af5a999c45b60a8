import type { CallDecision } from '../core/routing/decision.ts';
import type { NextTask } from '../core/routing/on-free.ts';
import type { Policy } from '../core/routing/policy.ts';
import type { CallRequest } from '../core/routing/request.ts';
import { Agenda } from './agenda.ts';
import { type Advisor, type Call, type Callback, type Message, Office } from './office.ts';
import type { Scenario } from './scenario.ts';

export const SECOND = 1000;
export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** What can happen later. */
export const LATER = {
  offerEnds: 0,
  givesUp: 1,
  waitEnds: 2,
  taskEnds: 3,
  wrapUpEnds: 4,
  ringsAgain: 5,
  lunchBegins: 6,
  lunchEnds: 7,
  lookAgain: 8,
  closes: 9,
  clearedDown: 10,
} as const;

export type Subject = Call | Advisor | null;

/** Who looks on: counts for the report, checks for the tests. Instants in epoch milliseconds, holds in milliseconds. */
export interface Watcher {
  decided?(office: Office, request: CallRequest, decision: CallDecision): void;
  employed?(office: Office, advisor: Advisor, next: NextTask): void;
  called(call: Call): void;
  offered(call: Call, byOwn: boolean): void;
  accepted(call: Call, hold: number): void;
  answered(call: Call, advisor: Advisor, hold: number): void;
  gaveUp(call: Call, hold: number): void;
  ended(call: Call, how: 'served' | 'calledBack' | 'lost', advisor: Advisor | null, at: number): void;
  promised(callback: Callback): void;
  rangBack(callback: Callback, advisor: Advisor, at: number, reached: boolean): void;
  wrote(message: Message, advisor: Advisor, at: number): void;
  worked(advisor: Advisor, minutes: number, day: number): void;
  present(advisor: Advisor, minutes: number, day: number): void;
  overtime(minutes: number, day: number): void;
}

/** One world under one policy, at one instant. */
export interface Simulation {
  readonly scenario: Scenario;
  readonly policy: Policy;
  readonly office: Office;
  readonly agenda: Agenda<Subject>;
  readonly watcher: Watcher;
  readonly seed: number;
  day: number;
  closesAt: number;
  clearedAt: number;
}

export function newSimulation(scenario: Scenario, policy: Policy, seed: number, watcher: Watcher): Simulation {
  return {
    scenario,
    policy,
    seed,
    watcher,
    office: new Office(scenario),
    agenda: new Agenda(),
    day: 0,
    closesAt: 0,
    clearedAt: 0,
  };
}

/** Whether what begins on this day counts. */
export function isMeasured({ days }: Scenario, day: number): boolean {
  return day >= days.warmUp && day < days.simulated - days.dropped;
}
