import type { Advisor, Call, Callback, Message } from './office.ts';
import { minuteOf, type Scenario, workMinutes } from './scenario.ts';
import { DAY, isMeasured, MINUTE, SECOND, type Watcher } from './simulation.ts';

/** What happened in one run, as plain numbers: calls are those that first came on a measured day. */
export interface Counts {
  calls: number;
  attempts: number;
  offers: number;
  acceptedOwn: number;
  accepted: number;
  abandoned: number;
  within20: number;
  served: number;
  calledBack: number;
  lost: number;
  own: number;
  named: number;
  pod: number;
  liveOwn: number;
  callbacksOwn: number;
  reached15: number;
  reached60: number;
  reachedToday: number;
  promisesKept: number;
  promises: number;
  messages: number;
  messagesOwn: number;
  holdSum: number;
  overtime: number;
}

/** Every hold and every delay of a callback, in seconds and minutes, for quantiles. */
export interface Lists {
  holds: number[];
  liveHolds: number[];
  delays: number[];
}

const ZERO: Counts = {
  calls: 0,
  attempts: 0,
  offers: 0,
  acceptedOwn: 0,
  accepted: 0,
  abandoned: 0,
  within20: 0,
  served: 0,
  calledBack: 0,
  lost: 0,
  own: 0,
  named: 0,
  pod: 0,
  liveOwn: 0,
  callbacksOwn: 0,
  reached15: 0,
  reached60: 0,
  reachedToday: 0,
  promisesKept: 0,
  promises: 0,
  messages: 0,
  messagesOwn: 0,
  holdSum: 0,
  overtime: 0,
};

interface Hour {
  attempts: number;
  holdSum: number;
  abandoned: number;
  reached: number;
  own: number;
}

/** Counts one run. */
export class Tally implements Watcher {
  readonly counts: Counts = { ...ZERO };
  readonly lists: Lists = { holds: [], liveHolds: [], delays: [] };
  readonly hours: Hour[];
  readonly advisors: { reached: number; own: number; worked: number; present: number }[];
  /** Of a day of someone who is there. */
  readonly workMinutes: number;
  private readonly opensHour: number;
  private readonly scenario: Scenario;

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.workMinutes = workMinutes(scenario);
    this.opensHour = minuteOf(scenario.open.from) / 60;
    const hours = (minuteOf(scenario.open.to) - minuteOf(scenario.open.from)) / 60;
    this.hours = Array.from({ length: Math.ceil(hours) }, () => ({
      attempts: 0,
      holdSum: 0,
      abandoned: 0,
      reached: 0,
      own: 0,
    }));
    this.advisors = Array.from({ length: scenario.advisors }, () => ({ reached: 0, own: 0, worked: 0, present: 0 }));
  }

  called(call: Call): void {
    if (!call.measured) return;
    if (call.attempt === 1) this.counts.calls += 1;
    this.counts.attempts += 1;
    this.hourOf(call.since).attempts += 1;
  }

  offered(call: Call): void {
    if (call.measured) this.counts.offers += 1;
  }

  accepted(call: Call, hold: number): void {
    if (!call.measured) return;
    this.counts.accepted += 1;
    if (call.promisedBy === call.own) this.counts.acceptedOwn += 1;
    this.held(call, hold);
  }

  answered(call: Call, advisor: Advisor, hold: number): void {
    if (!call.measured) return;
    if (hold <= 20 * SECOND) this.counts.within20 += 1;
    if (advisor === call.own) this.counts.liveOwn += 1;
    this.lists.liveHolds.push(hold / SECOND);
    this.held(call, hold);
    this.reach(call, advisor, call.since + hold);
  }

  gaveUp(call: Call, hold: number): void {
    if (!call.measured) return;
    this.counts.abandoned += 1;
    this.hourOf(call.since).abandoned += 1;
    this.held(call, hold);
  }

  ended(call: Call, how: 'served' | 'calledBack' | 'lost'): void {
    if (call.measured) this.counts[how] += 1;
  }

  promised(): void {}

  rangBack(callback: Callback, advisor: Advisor, at: number, reached: boolean): void {
    if (!callback.call.measured) return;
    if (callback.tries === 0) {
      this.counts.promises += 1;
      if (at <= callback.dueAt) this.counts.promisesKept += 1;
      this.lists.delays.push((at - callback.madeAt) / MINUTE);
    }
    if (!reached) return;
    if (advisor === callback.call.own) this.counts.callbacksOwn += 1;
    this.reach(callback.call, advisor, at);
  }

  wrote(message: Message, advisor: Advisor): void {
    if (!message.measured) return;
    this.counts.messages += 1;
    if (advisor === message.own) this.counts.messagesOwn += 1;
  }

  worked(advisor: Advisor, minutes: number, day: number): void {
    const of = this.advisors[advisor.index];
    if (of && isMeasured(this.scenario, day)) of.worked += minutes;
  }

  present(advisor: Advisor, minutes: number, day: number): void {
    const of = this.advisors[advisor.index];
    if (of && isMeasured(this.scenario, day)) of.present += minutes;
  }

  overtime(minutes: number, day: number): void {
    if (isMeasured(this.scenario, day)) this.counts.overtime += minutes;
  }

  /** A conversation begins. */
  private reach(call: Call, advisor: Advisor, at: number): void {
    const { counts } = this;
    const { own } = call;
    const hour = this.hourOf(call.firstAt);
    const of = this.advisors[own.index];
    const isOwn = advisor === own;
    hour.reached += 1;
    if (of) of.reached += 1;
    if (isOwn) {
      counts.own += 1;
      hour.own += 1;
      if (of) of.own += 1;
    }
    if (isOwn || own.backups.includes(advisor.id)) counts.named += 1;
    if (advisor.podId === own.podId) counts.pod += 1;
    const delay = at - call.firstAt;
    if (delay <= 15 * MINUTE) counts.reached15 += 1;
    if (delay <= 60 * MINUTE) counts.reached60 += 1;
    if (Math.floor(at / DAY) === Math.floor(call.firstAt / DAY)) counts.reachedToday += 1;
  }

  private held(call: Call, hold: number): void {
    this.lists.holds.push(hold / SECOND);
    this.counts.holdSum += hold / SECOND;
    this.hourOf(call.since).holdSum += hold / SECOND;
  }

  private hourOf(at: number): Hour {
    const index = Math.floor((at - Math.floor(at / DAY) * DAY) / (60 * MINUTE) - this.opensHour);
    return this.hours[Math.min(this.hours.length - 1, Math.max(0, index))] as Hour;
  }
}
