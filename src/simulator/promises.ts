import { dayAt } from '../core/calendar/days.ts';
import { owe } from './lists.ts';
import { type Advisor, type Call, Callback } from './office.ts';
import { DAY, LATER, MINUTE, type Simulation } from './simulation.ts';
import { lookForWork } from './work.ts';

/** A callback is owed. Nobody is rung back on another day than the one they were told. */
export function promise(simulation: Simulation, call: Call, owner: Advisor, dueAt: number): void {
  const { office, watcher, agenda, policy } = simulation;
  const opens = dayAt(office.calendar, dueAt).openings[0]?.from ?? office.now;
  const callback = new Callback(call, owner, office.now, dueAt, Math.max(office.now, opens));
  call.state = 'promised';
  watcher.promised(callback);
  owe(owner, callback);
  agenda.add(dueAt + policy.onFree.lateCallbackMinutes * MINUTE, LATER.lookAgain, null);
  lookForWork(simulation, owner);
}

/** Today's callbacks of who is absent today go to the first backup who is there. */
export function handOver({ office }: Simulation, absent: Advisor): void {
  const endOfToday = (Math.floor(office.now / DAY) + 1) * DAY;
  const stand = absent.backups.map((id) => office.advisors[id] as Advisor).find(({ away }) => away === null);
  if (!stand) return;
  const due = absent.callbacks.filter(({ dueAt }) => dueAt < endOfToday);
  absent.callbacks = absent.callbacks.filter(({ dueAt }) => dueAt >= endOfToday);
  for (const callback of due) {
    callback.owner = stand;
    owe(stand, callback);
  }
}
