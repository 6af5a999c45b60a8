import { decide } from '../core/routing/decide.ts';
import { turnAway } from './calls.ts';
import { putInTray } from './lists.ts';
import type { Advisor, Message } from './office.ts';
import { handOver } from './promises.ts';
import { minuteOf, workMinutes } from './scenario.ts';
import { DAY, LATER, MINUTE, type Simulation } from './simulation.ts';
import { leave, putAside } from './tasks.ts';
import { becomeFree, lookForWork } from './work.ts';
import { absenceBeginning } from './world.ts';

/** The doors open: who is there, who is absent until when, who goes to lunch when. */
export function dayBegins(simulation: Simulation): void {
  const { scenario, office, agenda, day } = simulation;
  const opens = day * DAY + minuteOf(scenario.open.from) * MINUTE;
  office.now = opens;
  simulation.closesAt = day * DAY + minuteOf(scenario.open.to) * MINUTE;
  simulation.clearedAt = simulation.closesAt + scenario.open.clearDownMinutes * MINUTE;
  if (isAlwaysOpen(simulation) && day > 0) return;
  for (const advisor of office.staff) comeIn(simulation, advisor);
  for (const advisor of office.staff) if (advisor.absentUntil > day) handOver(simulation, advisor);
  for (const advisor of office.staff) if (advisor.away === null) becomeFree(simulation, advisor);
  if (isAlwaysOpen(simulation)) return;
  agenda.add(simulation.closesAt, LATER.closes, null);
  agenda.add(simulation.clearedAt, LATER.clearedDown, null);
}

/** Open day and night: nobody comes and nobody goes (the steady queues of the textbooks). */
export function isAlwaysOpen({ scenario: { open } }: Simulation): boolean {
  return open.from === '00:00' && open.to === '24:00';
}

export function messageComes(simulation: Simulation, message: Message): void {
  const { office, policy, scenario } = simulation;
  const answerWithinMinutes = scenario.message.answerWithinMinutes;
  const request = { channel: 'message', ownId: message.own.id, answerWithinMinutes } as const;
  const owner = office.advisors[decide(policy, office, request).ownerId] as Advisor;
  putInTray(owner, message);
  office.messagesWait = true;
  lookForWork(simulation, owner);
  const { backedUpMessageMinutes, podMessageMinutes } = policy.onFree;
  for (const minutes of [backedUpMessageMinutes, podMessageMinutes])
    simulation.agenda.add(office.now + minutes * MINUTE, LATER.lookAgain, null);
}

export function lunchBegins(simulation: Simulation, advisor: Advisor): void {
  advisor.lunchDue = true;
  if (advisor.doing === 'message') putAside(simulation, advisor, advisor.task as Message);
  else if (advisor.doing !== 'idle') return;
  leave(simulation, advisor);
}

export function lunchEnds(simulation: Simulation, advisor: Advisor): void {
  advisor.away = null;
  becomeFree(simulation, advisor);
}

/** No new callers; who is idle goes home, who waits is still served, pens are put down. */
export function closes(simulation: Simulation): void {
  for (const advisor of simulation.office.staff) {
    if (advisor.doing === 'message') putAside(simulation, advisor, advisor.task as Message);
    if (advisor.doing === 'message' || advisor.doing === 'idle') becomeFree(simulation, advisor);
  }
}

/** The last go when they have hung up. */
export function clearedDown(simulation: Simulation): void {
  turnAway(simulation);
  for (const advisor of simulation.office.staff) if (advisor.doing === 'idle') leave(simulation, advisor);
}

function comeIn(simulation: Simulation, advisor: Advisor): void {
  const { scenario, agenda, day, watcher } = simulation;
  const opens = minuteOf(scenario.open.from) * MINUTE;
  if (advisor.absentUntil <= day) {
    const days = absenceBeginning(simulation, advisor.index);
    advisor.absentUntil = days > 0 ? day + days : 0;
  }
  if (advisor.absentUntil > day) {
    advisor.doing = 'off';
    advisor.away = { why: 'absence', backAt: advisor.absentUntil * DAY + opens, coverId: null };
    return;
  }
  advisor.away = null;
  advisor.leaves = null;
  advisor.lunchDue = false;
  advisor.doing = 'idle';
  watcher.present(advisor, workMinutes(scenario), day);
  const { groups } = scenario.lunch;
  const lunch = groups[advisor.index % Math.max(1, groups.length)];
  if (!lunch) return;
  const at = day * DAY + minuteOf(lunch) * MINUTE;
  advisor.leaves = { at, backAt: at + scenario.lunch.minutes * MINUTE };
  agenda.add(at, LATER.lunchBegins, advisor);
}
