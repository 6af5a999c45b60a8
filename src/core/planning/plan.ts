import { erlangA } from '../queueing/erlang-a.ts';
import { fewestFrom } from './fewest.ts';

/** What a plan starts from. Shares from 0 to 1, times in minutes, counts a month. */
export interface Demand {
  customers: number;
  calls: number;
  callMinutes: number;
  messages: number;
  messageMinutes: number;
  /** Share of working days an advisor is away. */
  absence: number;
  /** Share of callers offered their own advisor's callback who accept. */
  acceptance: number;
  /** Calls of the busiest hour ÷ calls of a mean opening hour. */
  peak: number;
}

/** What a number of advisors would mean; all by formulas, in well under a second. */
export interface Outlook {
  advisors: number;
  caseload: number;
  /** Work ÷ time present, written work included. */
  occupancy: number;
  own: number;
  named: number;
  /** Mean hold of the busiest hour in seconds, the six of the offer included. */
  holdSeconds: number;
  /** The same for a plain hotline with the same people. */
  hotlineHoldSeconds: number;
  /** What of the hold is the offer that is heard. */
  offerHoldSeconds: number;
  /** Share of callers of the busiest hour who give up. */
  abandoned: number;
  /** Minutes until a promised callback is due. */
  callbackMinutes: number;
}

export const planRules = {
  minutesADay: 480,
  daysAMonth: 21,
  openHours: 9,
  patienceMinutes: 4,
  targetOccupancy: 0.85,
  abandonedMost: 0.03,
  offerSeconds: 6,
  /** Acceptance falls with the delay: g. When the advisor is absent their own share is n (routing.md, The planner). */
  delayFactor: 0.9,
  ownWhenAbsent: 0.12,
} as const;

/** No plan looks further. */
const MOST_ADVISORS = 5_000;

export interface AdvisorsNeeded {
  forWork: number;
  forCalls: number;
  needed: number;
}

/** Fewest advisors for the work at the target occupancy, and for 3 % abandoned in the busiest hour (Erlang A). */
export function advisorsNeeded(demand: Demand): AdvisorsNeeded {
  const { minutesADay, daysAMonth, targetOccupancy, abandonedMost } = planRules;
  const present = minutesADay * daysAMonth * (1 - demand.absence);
  const forWork = Math.max(1, Math.ceil(workMinutes(demand) / (present * targetOccupancy) - 1e-9));
  const forCalls = fewestFrom(1, MOST_ADVISORS, (count) => busiestHour(demand, count).abandons <= abandonedMost);
  return { forWork, forCalls, needed: Math.max(forWork, forCalls) };
}

/** What this number of advisors would mean for those who call and write. */
export function outlookFor(demand: Demand, advisors: number): Outlook {
  const { minutesADay, daysAMonth, openHours } = planRules;
  const present = advisors * minutesADay * daysAMonth * (1 - demand.absence);
  const voice = Math.min(1, (demand.calls * demand.callMinutes) / present);
  const lunch = 1 - minutesADay / 60 / openHours;
  const busy = Math.min(1, voice * (1 - lunch) + lunch);
  const queue = busiestHour(demand, advisors);
  const hotlineHoldSeconds = queue.meanWait * 60;
  const offerHoldSeconds = (1 - demand.absence) * busy * planRules.offerSeconds;
  return {
    advisors,
    caseload: demand.customers / advisors,
    occupancy: workMinutes(demand) / present,
    ...shares(demand, busy),
    holdSeconds: hotlineHoldSeconds + offerHoldSeconds,
    hotlineHoldSeconds,
    offerHoldSeconds,
    abandoned: queue.abandons,
    // One call going on; another callback already owed in the share of time the advisor is on the phone.
    callbackMinutes: Math.max(15, 10 + 1.5 * (demand.callMinutes + 2 * demand.callMinutes * voice)),
  };
}

/** own ≈ A·[(1−b) + b·p·g] + (1−A)·n; the named share adds two backups, free or ringing back. */
function shares({ absence, acceptance }: Demand, busy: number): { own: number; named: number } {
  const { delayFactor, ownWhenAbsent } = planRules;
  const presence = 1 - absence;
  const accepted = busy * acceptance * delayFactor;
  const own = presence * (1 - busy + accepted) + absence * ownWhenAbsent;
  const backupFree = 1 - (1 - presence * (1 - busy)) ** 2;
  const declined = presence * (busy - accepted) * backupFree;
  const away = absence * (1 - ownWhenAbsent) * (backupFree + (1 - backupFree) * 0.8 * acceptance * delayFactor);
  return { own, named: Math.min(1, own + declined + away) };
}

function workMinutes({ calls, callMinutes, messages, messageMinutes }: Demand): number {
  return calls * callMinutes + messages * messageMinutes;
}

/** All who are at their desk answer in the end: that layer decides who holds. */
function busiestHour(demand: Demand, advisors: number): { abandons: number; meanWait: number } {
  const { minutesADay, daysAMonth, openHours, patienceMinutes } = planRules;
  const callsAnHour = (demand.calls / daysAMonth / openHours) * demand.peak;
  const servers = Math.floor(advisors * (1 - demand.absence) * (minutesADay / 60 / openHours));
  const load = (callsAnHour * demand.callMinutes) / 60;
  return erlangA({ servers, load, handle: demand.callMinutes, patience: patienceMinutes });
}
