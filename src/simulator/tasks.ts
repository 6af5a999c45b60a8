import { putInTray } from './lists.ts';
import { type Advisor, type Call, type Callback, Message } from './office.ts';
import { minuteOf } from './scenario.ts';
import { DAY, LATER, MINUTE, SECOND, type Simulation } from './simulation.ts';

/** The advisor takes the call: what they are writing is put aside. */
export function serve(simulation: Simulation, call: Call, advisor: Advisor): void {
  const { office, watcher } = simulation;
  if (advisor.task instanceof Message) putAside(simulation, advisor, advisor.task);
  call.state = 'talking';
  watcher.answered(call, advisor, office.now - call.since);
  const wrapUp = simulation.scenario.handle.wrapUpSeconds * SECOND;
  begin(simulation, advisor, call, 'call', Math.max(1, call.handle - wrapUp));
}

/** Starts a task that ends by itself. */
export function begin(
  simulation: Simulation,
  advisor: Advisor,
  task: Call | Callback | Message,
  doing: 'call' | 'message',
  lasts: number,
): void {
  const { office, agenda } = simulation;
  advisor.task = task;
  advisor.doing = doing;
  advisor.since = office.now;
  if (doing === 'call') advisor.lastServedAt = office.now;
  advisor.endsAt = office.now + lasts;
  agenda.add(advisor.endsAt, LATER.taskEnds, advisor);
}

/** Pauses what the advisor writes; it is first in the tray again. */
export function putAside(simulation: Simulation, advisor: Advisor, message: Message): void {
  message.left = Math.max(1, advisor.endsAt - simulation.office.now);
  note(simulation, advisor);
  advisor.task = null;
  advisor.endsAt = -1;
  putInTray(advisor, message);
}

/** To lunch, or home. */
export function leave(simulation: Simulation, advisor: Advisor): void {
  const { office, scenario, agenda, closesAt, watcher, day } = simulation;
  advisor.doing = 'off';
  advisor.since = office.now;
  if (advisor.lunchDue && office.now < closesAt) {
    advisor.lunchDue = false;
    advisor.leaves = null;
    const backAt = office.now + scenario.lunch.minutes * MINUTE;
    advisor.away = { why: 'lunch', backAt, coverId: null };
    agenda.add(backAt, LATER.lunchEnds, advisor);
    return;
  }
  advisor.away = { why: 'hours', backAt: (day + 1) * DAY + minuteOf(scenario.open.from) * MINUTE, coverId: null };
  watcher.overtime(Math.max(0, office.now - closesAt) / MINUTE, day);
}

/** What was done since the task began counts as work. */
export function note({ office, watcher, day }: Simulation, advisor: Advisor): void {
  watcher.worked(advisor, (office.now - advisor.since) / MINUTE, day);
}
