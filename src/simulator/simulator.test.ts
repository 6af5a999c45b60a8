import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen } from '../core/calendar/calendar.ts';
import { erlangA } from '../core/queueing/erlang-a.ts';
import { decide } from '../core/routing/decide.ts';
import type { Policy } from '../core/routing/policy.ts';
import { isFree } from '../core/routing/situation.ts';
import { estimate, type FigureName } from './figures.ts';
import { frontierOf } from './frontier.ts';
import { inThreads } from './in-threads.ts';
import { type Advisor, type Call, Callback, type Office } from './office.ts';
import { POLICIES } from './policies.ts';
import { run } from './run.ts';
import { type Scenario, scenarioSchema } from './scenario.ts';
import { SCENARIOS, steadyQueue } from './scenarios.ts';
import { MINUTE, type Watcher } from './simulation.ts';
import { runSeed } from './study.ts';
import { Tally } from './tally.ts';

const seeds = (count: number): number[] => Array.from({ length: count }, (_, index) => 1001 + index);

function scenario(name: string): Scenario {
  return scenarioSchema.parse(SCENARIOS[name]);
}

async function over(world: Scenario, policy: string, count: number) {
  const runs = seeds(count).map((seed) => ({ scenario: world, policy: policyNamed(policy), seed }));
  const results = await inThreads(runs, 2, new AbortController().signal, () => {});
  return (figure: FigureName) => results.map(({ figures }) => figures[figure]);
}

function policyNamed(name: string) {
  const policy = POLICIES[name];
  if (!policy) throw new Error(`no policy ${name}`);
  return policy;
}

describe('the simulator, where the answer is known exactly', () => {
  it.each([
    [30, 25.5, 9],
    [1, 0.85, 120],
  ])('agrees with Erlang A for %d servers', async (advisors, load, days) => {
    const world = steadyQueue({ advisors, load, handleMinutes: 8, patienceMinutes: 4, days });
    const exact = erlangA({ servers: advisors, load, handle: 8, patience: 4 });
    const figures = await over(world, 'hotline', 6);
    const abandoned = estimate(figures('abandoned'));
    const hold = estimate(figures('holdMean'));
    // Three half-widths: one seed list in a few hundred thousand would fail by chance, a wrong model always.
    expect(Math.abs(abandoned.mean - exact.abandons)).toBeLessThan(3 * abandoned.half);
    expect(Math.abs(hold.mean - exact.meanWait * 60)).toBeLessThan(3 * hold.half);
    expect(abandoned.half / exact.abandons).toBeLessThan(0.2);
  });

  it('finds that own first, holding for nobody, queues as a hotline does: order of service is free', async () => {
    const [named, hotline] = await Promise.all(['named', 'hotline'].map((policy) => over(scenario('V85'), policy, 4)));
    const differences = (figure: FigureName) =>
      estimate((named?.(figure) ?? []).map((value, index) => value - (hotline?.(figure)[index] ?? Number.NaN)));
    for (const figure of ['holdMean', 'abandoned', 'neverServed'] as const) {
      const { mean, half } = differences(figure);
      expect(Math.abs(mean)).toBeLessThan(2 * half);
    }
  });
});

/** Small worlds of every kind, rushed or quiet, with lunch and absence, written work and wrap-up. */
const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({
    advisors: fc.integer({ min: 1, max: 12 }),
    podSize: fc.integer({ min: 1, max: 5 }),
    voiceLoad: fc.double({ min: 0.1, max: 1.4, noNaN: true }),
    messageLoad: fc.double({ min: 0, max: 0.5, noNaN: true }),
    wrapUpSeconds: fc.constantFrom(0, 45, 60),
    acceptance: fc.double({ min: 0, max: 1, noNaN: true }),
    patienceMeanMinutes: fc.option(fc.double({ min: 0.5, max: 20, noNaN: true })),
    absence: fc.double({ min: 0, max: 0.5, noNaN: true }),
  })
  .map(({ wrapUpSeconds, acceptance, absence, ...numbers }) => {
    const base = scenario('V85-10');
    return {
      ...base,
      ...numbers,
      days: { simulated: 4, warmUp: 0, dropped: 0 },
      handle: { ...base.handle, wrapUpSeconds },
      acceptance: { ...base.acceptance, share: acceptance },
      absence: { share: absence, meanDays: 2 },
    };
  });

/** Looks on and finds fault. */
class Critic extends Tally {
  readonly faults: string[] = [];
  private readonly endings = new Map<Call, number>();
  private readonly policy: Policy;
  private office: Office | null = null;

  constructor(world: Scenario, policy: Policy) {
    super(world);
    this.policy = policy;
  }

  decided: NonNullable<Watcher['decided']> = (office, request, decision) => {
    this.office = office;
    const { attempts } = decision;
    // The list of the free that the office keeps is a short cut only: `decide` says the same without it.
    const { now, calendar, advisors, pods, everyone, waiting, leadId } = office;
    const plain = { now, calendar, advisors, pods, everyone, waiting, leadId };
    if (!isDeepStrictEqual(decide(this.policy, plain, request), decision))
      this.faults.push(`decided otherwise for the list of the free: ${now}`);
    if (!office.messagesWait && office.staff.some(({ messages }) => messages.length > 0))
      this.faults.push(`said that no message waits: ${now}`);
    const own = request.ownId === null ? undefined : office.advisors[request.ownId];
    const mayAnswer = this.policy.people.answer === 'own_only' ? (own ? [own] : []) : office.staff;
    if (request.declined && isOpen(calendar, now) && attempts.length === 0 && mayAnswer.some(isFree))
      this.faults.push(`declined, and waits while someone is free: ${now}`);
    this.lookAtQueue();
  };

  /** Whoever waits, from the first moment on, waits because nobody who may answer is free. */
  private lookAtQueue(): void {
    for (const call of this.office?.waiting ?? []) {
      const who = call.heldFor ?? (this.policy.people.answer === 'own_only' ? call.ownId : null);
      const mayAnswer = (this.office?.staff ?? []).filter(({ id }) => who === null || id === who);
      if (mayAnswer.some(isFree)) this.faults.push(`${call.id} waits while someone is free: ${this.office?.now}`);
      if (call.heldFor !== null && call.declined) this.faults.push(`declined, and is held for one: ${call.id}`);
    }
  }

  override called(call: Call): void {
    super.called(call);
    if (call.attempt === 1) this.endings.set(call, 0);
  }

  override answered(call: Call, advisor: Advisor, hold: number): void {
    super.answered(call, advisor, hold);
    if (advisor.task !== null || advisor.away !== null) this.faults.push(`took a call beside another: ${advisor.id}`);
    if (hold < 0) this.faults.push(`answered before it rang: ${call.id}`);
  }

  override gaveUp(call: Call, hold: number): void {
    this.lookAtQueue();
    super.gaveUp(call, hold);
  }

  override rangBack(callback: Callback, advisor: Advisor, at: number, reached: boolean): void {
    super.rangBack(callback, advisor, at, reached);
    if (advisor.task !== null || advisor.away !== null) this.faults.push(`rang back beside a call: ${advisor.id}`);
    if (at < callback.madeAt || at < callback.notBefore) this.faults.push(`rang back before it was offered: ${at}`);
    // The one reason of an advisor who has become free to leave a caller to others: a callback is owed to someone else.
    const left = this.policy.people.answer === 'own_only' ? [] : (this.office?.waiting ?? []);
    for (const caller of left) {
      const { own } = caller;
      const stranger = own !== advisor && !own.backups.includes(advisor.id) && own.podId !== advisor.podId;
      const waited = (at - caller.since) / MINUTE;
      const mine = caller.heldFor === null || caller.heldFor === advisor.id;
      const mayLeave = stranger && waited < this.policy.onFree.strangerWaitsMinutes && callback.owner === advisor;
      if (mine && !mayLeave) this.faults.push(`rang back while ${caller.id} waited ${waited} min`);
    }
  }

  override ended(call: Call, how: 'served' | 'calledBack' | 'lost'): void {
    super.ended(call, how);
    this.endings.set(call, (this.endings.get(call) ?? Number.NaN) + 1);
  }

  /** Calls whose callback is still owed when the weeks are over; each stands with exactly one advisor. */
  private owed(): number {
    const lists = (this.office?.staff ?? []).flatMap(({ callbacks, task }) => [
      ...callbacks.map(({ call }) => call),
      ...(task instanceof Callback ? [task.call] : []),
    ]);
    if (new Set(lists).size !== lists.length) this.faults.push('a callback is owed twice');
    for (const call of lists) if (call.state !== 'promised') this.faults.push(`owed, and ${call.state}: ${call.id}`);
    return lists.length;
  }

  all(): string[] {
    const { calls, served, calledBack, lost } = this.counts;
    const owed = this.owed();
    const open = [...this.endings].filter(([, count]) => count === 0);
    const twice = [...this.endings].filter(([, count]) => count > 1).map(([{ id }]) => `ended twice: ${id}`);
    const forgotten = open.filter(([{ state }]) => state !== 'promised').map(([{ id, state }]) => `${state}: ${id}`);
    const sums = [calls - served - calledBack - lost - owed, open.length - owed, this.endings.size - calls];
    const missing = sums.every((sum) => sum === 0) ? [] : [`calls that are nowhere, or twice: ${sums.join(', ')}`];
    return [...this.faults, ...twice, ...forgotten, ...missing];
  }
}

describe('in any world, under any policy', () => {
  it('nobody waits while someone who may answer is free, nobody is on two calls, no call is lost or counted twice', () => {
    const property = fc.property(
      anyScenario,
      fc.constantFrom(...Object.keys(POLICIES)),
      fc.nat(),
      (world, name, seed) => {
        const critic = new Critic(world, policyNamed(name));
        run(world, policyNamed(name), seed, critic);
        expect(critic.all()).toEqual([]);
        expect(critic.counts.calls).toBeGreaterThan(0);
      },
    );
    fc.assert(property, { numRuns: 60 });
  });

  it('the critic of these worlds finds what is wrong: a policy that lets people wait beside the free', () => {
    const world = scenario('V85-10');
    const critic = new Critic(world, policyNamed('own'));
    run(world, policyNamed('dedicated'), 3, critic);
    expect(critic.faults.filter((fault) => fault.includes('waits while someone is free')).length).toBeGreaterThan(100);
  });

  it('every call that came on a measured day ends once: served, called back or lost', () => {
    const property = fc.property(fc.constantFrom(...Object.keys(POLICIES)), fc.nat(), (name, seed) => {
      const tally = new Tally(scenario('V85-10'));
      run(scenario('V85-10'), policyNamed(name), seed, tally);
      const { calls, served, calledBack, lost } = tally.counts;
      expect(served + calledBack + lost).toBe(calls);
      expect(calls).toBeGreaterThan(5_000);
    });
    fc.assert(property, { numRuns: 10 });
  });

  it('the same seed gives the same run, another seed another one', () => {
    const [one, again, other] = [5, 5, 6].map((seed) => runSeed(scenario('B85-10'), policyNamed('own'), seed));
    expect(one).toEqual(again);
    expect(one?.figures).not.toEqual(other?.figures);
  });

  it('every policy meets the same callers', () => {
    const calls = Object.values(POLICIES).map((policy) => {
      const tally = new Tally(scenario('V85-10'));
      run(scenario('V85-10'), policy, 7, tally);
      return tally.counts.calls;
    });
    expect(new Set(calls).size).toBe(1);
  });

  it('along the frontier the own share grows and fewer reach somebody within 15 minutes', () => {
    const shares = frontierOf(policyNamed('own'), 'en').map(({ policy }) => {
      const { own, reached15 } = runSeed(scenario('V85-10'), policy, 7).figures;
      return { own, reached15 };
    });
    expect(shares.map(({ own }) => own)).toEqual(shares.map(({ own }) => own).sort((a, b) => a - b));
    // Without offers more wait and give up: that end is not compared.
    const reached = shares.slice(1).map(({ reached15 }) => reached15);
    expect(reached).toEqual([...reached].sort((a, b) => b - a));
  });
});
