import { decide } from '../core/routing/decide.ts';
import type { CallDecision, Offer } from '../core/routing/decision.ts';
import type { CallRequest } from '../core/routing/request.ts';
import { leaveQueue } from './lists.ts';
import type { Advisor, Call } from './office.ts';
import { promise } from './promises.ts';
import { DAY, LATER, MINUTE, SECOND, type Simulation } from './simulation.ts';
import { serve } from './tasks.ts';
import { drawAttempt } from './world.ts';

const NOBODY: readonly string[] = [];

/** A phone rings: the production rules decide, the world follows. */
export function callComes(simulation: Simulation, call: Call): void {
  simulation.watcher.called(call);
  const decision = decideFor(simulation, call);
  if (!decision.offer) {
    follow(simulation, call, decision);
    return;
  }
  const { own } = call;
  simulation.watcher.offered(call, decision.offer.advisorId === own.id);
  call.state = 'offer';
  call.declined = !accepts(simulation, call, decision.offer);
  if (!call.declined) call.promisesAt = decision.offer.before;
  const advisor = simulation.office.advisors[decision.offer.advisorId] as Advisor;
  if (!call.declined) call.promisedBy = advisor;
  simulation.agenda.add(simulation.office.now + simulation.scenario.offerSeconds * SECOND, LATER.offerEnds, call);
}

/** Who hung up is promised a callback; who stayed is decided upon again, as one who declined. */
export function offerEnds(simulation: Simulation, call: Call): void {
  const { office, watcher } = simulation;
  if (call.declined) {
    follow(simulation, call, decideFor(simulation, call));
    return;
  }
  watcher.accepted(call, office.now - call.since);
  promise(simulation, call, call.promisedBy as Advisor, call.promisesAt);
}

/** Patience is over. */
export function givesUp(simulation: Simulation, call: Call): void {
  if (call.state !== 'waiting' || call.leavesAt !== simulation.office.now) return;
  leaveQueue(simulation, call);
  abandon(simulation, call);
}

/** The longest wait of the policy is over: the caller is promised a callback instead. */
export function waitEnds(simulation: Simulation, call: Call): void {
  const { office, policy, watcher } = simulation;
  if (call.state !== 'waiting' || office.now < call.waitsFrom + policy.call.waitMostSeconds * SECOND) return;
  const { fallback } = decideFor(simulation, call);
  if (fallback.kind !== 'promise') return;
  leaveQueue(simulation, call);
  watcher.accepted(call, office.now - call.since);
  promise(simulation, call, office.advisors[fallback.ownerId] as Advisor, fallback.dueAt);
}

/** Those still waiting when the last advisors leave. */
export function turnAway(simulation: Simulation): void {
  for (const call of [...simulation.office.waiting]) {
    leaveQueue(simulation, call);
    simulation.watcher.gaveUp(call, simulation.office.now - call.since);
    end(simulation, call);
  }
}

function decideFor({ office, policy, watcher }: Simulation, call: Call): CallDecision {
  const request: CallRequest = {
    channel: 'call',
    ownId: call.ownId,
    numberOnFile: true,
    ringBack: 'ask',
    declined: call.declined,
    tried: NOBODY,
  };
  const decision = decide(policy, office, request);
  watcher.decided?.(office, request, decision);
  return decision;
}

/** Free phones are answered at once; else the caller waits as long as patience lasts. */
function follow(simulation: Simulation, call: Call, decision: CallDecision): void {
  const { office, agenda, policy } = simulation;
  const first = decision.attempts[0];
  if (first?.how === 'ring') {
    serve(simulation, call, office.advisors[first.advisorId] as Advisor);
    return;
  }
  call.heldFor = first ? first.advisorId : null;
  call.waitsFrom = office.now;
  call.leavesAt = Math.max(office.now, call.since + call.patience);
  call.state = 'waiting';
  office.waiting.push(call);
  if (call.leavesAt < Number.POSITIVE_INFINITY) agenda.add(call.leavesAt, LATER.givesUp, call);
  const waitsUntil = office.now + policy.call.waitMostSeconds * SECOND;
  if (waitsUntil < call.leavesAt && policy.call.waitMostSeconds < 86_400) agenda.add(waitsUntil, LATER.waitEnds, call);
}

function abandon(simulation: Simulation, call: Call): void {
  const { office, scenario, agenda, watcher } = simulation;
  watcher.gaveUp(call, office.now - call.since);
  const again = call.draws.uniform() < scenario.retry.share && call.attempt < scenario.retry.attempts;
  const at = office.now + Math.round(call.draws.exponential(scenario.retry.meanMinutes) * MINUTE);
  if (!again || at >= simulation.closesAt) {
    end(simulation, call);
    return;
  }
  call.state = 'gone';
  call.attempt += 1;
  call.since = at;
  call.declined = false;
  call.heldFor = null;
  drawAttempt(scenario, call);
  agenda.add(at, LATER.ringsAgain, call);
}

function end({ watcher, office }: Simulation, call: Call): void {
  call.state = 'ended';
  watcher.ended(call, 'lost', null, office.now);
}

/** Whether this caller, in this attempt, hangs up during the offer. */
function accepts({ scenario, policy, office }: Simulation, call: Call, { advisorId, before }: Offer): boolean {
  const { acceptance } = scenario;
  const delay = before - office.now;
  const days = Math.floor(before / DAY) - Math.floor(office.now / DAY);
  const { within30Minutes, within120Minutes, laterToday, nextDay, inDays } = acceptance;
  const today = delay <= 30 * MINUTE ? within30Minutes : delay <= 120 * MINUTE ? within120Minutes : laterToday;
  if (days > 0) return call.acceptance < (days === 1 ? nextDay : inDays);
  const byOther = advisorId !== call.ownId && policy.people.ringBack !== 'anyone';
  return call.acceptance < acceptance.share * today * (byOther ? acceptance.byBackup : 1);
}
