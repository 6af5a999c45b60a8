import { onFree } from '../core/routing/on-free.ts';
import { leaveQueue, owe, taken } from './lists.ts';
import { type Advisor, type Call, Callback, Message } from './office.ts';
import { LATER, MINUTE, SECOND, type Simulation } from './simulation.ts';
import { begin, leave, note, serve } from './tasks.ts';

/** The task of this advisor ends now, unless it was put aside before. */
export function taskEnds(simulation: Simulation, advisor: Advisor): void {
  if (advisor.endsAt !== simulation.office.now || advisor.task === null) return;
  const { task } = advisor;
  note(simulation, advisor);
  advisor.task = null;
  advisor.endsAt = -1;
  if (task instanceof Message) {
    wrote(simulation, advisor, task);
    return;
  }
  if (task instanceof Callback) {
    rangBack(simulation, advisor, task);
    return;
  }
  if (!task) return;
  task.state = 'ended';
  simulation.watcher.ended(task, 'served', advisor, simulation.office.now);
  writeUp(simulation, advisor, task.handle);
}

/** Ready for the next task. */
export function becomeFree(simulation: Simulation, advisor: Advisor): void {
  const { office } = simulation;
  advisor.doing = 'idle';
  advisor.since = office.now;
  const toLunch = advisor.lunchDue && !office.waiting.some(({ heldFor }) => heldFor === advisor.id);
  if (toLunch || office.now >= simulation.clearedAt) {
    leave(simulation, advisor);
    return;
  }
  employ(simulation, advisor);
}

/** What the production rules say this advisor does next. */
export function employ(simulation: Simulation, advisor: Advisor): void {
  const { office, policy, closesAt } = simulation;
  const next = onFree(policy, office, advisor.id);
  simulation.watcher.employed?.(office, advisor, next);
  const closed = office.now >= closesAt;
  if (next.task === 'call') {
    const call = office.waiting.find(({ id }) => id === next.callerId) as Call;
    leaveQueue(simulation, call);
    serve(simulation, call, advisor);
  } else if (next.task === 'callback') {
    ringBack(simulation, advisor, taken((office.advisors[next.ownerId] as Advisor).callbacks, next.callbackId));
  } else if (next.task === 'message' && !closed) {
    const message = taken((office.advisors[next.ownerId] as Advisor).messages, next.messageId);
    begin(simulation, advisor, message, 'message', message.left);
  } else if (closed) leave(simulation, advisor);
}

function ringBack(simulation: Simulation, advisor: Advisor, callback: Callback): void {
  const { scenario, office, watcher } = simulation;
  const { call } = callback;
  const reached = call.draws.uniform() >= scenario.callback.unanswered;
  callback.reached = reached;
  watcher.rangBack(callback, advisor, office.now, reached);
  const minutes = scenario.callback.unansweredMinutes;
  begin(simulation, advisor, callback, 'call', reached ? call.handle : Math.round(minutes * MINUTE));
}

function rangBack(simulation: Simulation, advisor: Advisor, callback: Callback): void {
  const { call } = callback;
  if (callback.reached) {
    call.state = 'ended';
    simulation.watcher.ended(call, 'calledBack', advisor, simulation.office.now);
  } else notReached(simulation, callback);
  becomeFree(simulation, advisor);
}

function wrote(simulation: Simulation, advisor: Advisor, message: Message): void {
  simulation.watcher.wrote(message, advisor, simulation.office.now);
  becomeFree(simulation, advisor);
}

function writeUp(simulation: Simulation, advisor: Advisor, handle: number): void {
  const { scenario, office, agenda } = simulation;
  const wrapUp = Math.min(handle - 1, scenario.handle.wrapUpSeconds * SECOND);
  if (wrapUp <= 0) {
    becomeFree(simulation, advisor);
    return;
  }
  advisor.doing = 'wrapUp';
  advisor.since = office.now;
  agenda.add(office.now + wrapUp, LATER.wrapUpEnds, advisor);
}

/** Someone who is idle may have something to do now; null: everyone. */
export function lookForWork(simulation: Simulation, advisor: Advisor | null): void {
  for (const each of advisor ? [advisor] : simulation.office.staff) {
    if (each.doing === 'idle' && each.away === null) employ(simulation, each);
  }
}

/** Nobody answered the callback: again later, three times in all. */
function notReached(simulation: Simulation, callback: Callback): void {
  const { scenario, office, agenda, watcher } = simulation;
  callback.tries += 1;
  if (callback.tries >= scenario.callback.tries) {
    callback.call.state = 'ended';
    watcher.ended(callback.call, 'lost', null, office.now);
    return;
  }
  callback.notBefore = office.now + scenario.callback.againAfterMinutes * MINUTE;
  owe(callback.owner, callback);
  agenda.add(callback.notBefore, LATER.lookAgain, callback.owner);
}
