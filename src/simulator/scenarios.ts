import type { Scenario } from './scenario.ts';

/** The world of routing.md: 30 advisors, voice alone at 85 % of their time. Every other scenario is this one, changed. */
const V85: Scenario = {
  name: 'V85',
  advisors: 30,
  podSize: 5,
  backups: 2,
  days: { simulated: 34, warmUp: 4, dropped: 4 },
  open: {
    from: '09:00',
    to: '18:00',
    hourlyWeights: [1.3, 1.35, 1.2, 0.6, 0.6, 1.05, 1.1, 1, 0.8],
    clearDownMinutes: 30,
  },
  dayFactorSd: 0.05,
  lunch: { minutes: 60, groups: ['12:00', '13:00'] },
  absence: { share: 0.15, meanDays: 3 },
  caseloadSpread: 0.1,
  voiceLoad: 0.85,
  messageLoad: 0,
  handle: { meanMinutes: 8, shape: 'lognormal', cv: 1, wrapUpSeconds: 0 },
  patienceMeanMinutes: 4,
  retry: { share: 0.6, meanMinutes: 30, attempts: 4 },
  acceptance: {
    share: 0.6,
    within30Minutes: 1,
    within120Minutes: 0.85,
    laterToday: 0.6,
    nextDay: 0.25,
    inDays: 0.1,
    byBackup: 0.8,
  },
  offerSeconds: 6,
  callback: { unanswered: 0.1, unansweredMinutes: 0.5, againAfterMinutes: 20, tries: 3 },
  message: { meanMinutes: 5, cv: 1, overnight: 0.25, answerWithinMinutes: 480 },
};

const loads = {
  V75: [0.75, 0],
  V85: [0.85, 0],
  V92: [0.92, 0],
  B75: [0.45, 0.3],
  B85: [0.51, 0.34],
  B92: [0.552, 0.368],
  R85: [0.187, 0.663],
} as const;

/** DJ30 by load (V85 …), and DJ10 of each (V85-10 …): 10 advisors in pods of 5, same rules. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = Object.fromEntries(
  Object.entries(loads).flatMap(([name, [voiceLoad, messageLoad]]) => {
    const dj30 = { ...V85, name, voiceLoad, messageLoad };
    const dj10 = { ...dj30, name: `${name}-10`, advisors: 10 };
    return [dj30, dj10].map((scenario) => [scenario.name, scenario] as const);
  }),
);

/** A steady queue as the textbooks have it: no lunch, no absence, no retries, exponential times; for proofs. */
export function steadyQueue(queue: {
  advisors: number;
  load: number;
  handleMinutes: number;
  patienceMinutes: number | null;
  days: number;
}): Scenario {
  return {
    ...V85,
    name: `M/M/${queue.advisors}`,
    advisors: queue.advisors,
    days: { simulated: queue.days, warmUp: 1, dropped: 0 },
    open: { from: '00:00', to: '24:00', hourlyWeights: [1], clearDownMinutes: 0 },
    dayFactorSd: 0,
    lunch: { minutes: 0, groups: [] },
    absence: { share: 0, meanDays: 1 },
    caseloadSpread: 0,
    voiceLoad: queue.load / queue.advisors,
    handle: { meanMinutes: queue.handleMinutes, shape: 'exponential', cv: 1, wrapUpSeconds: 0 },
    patienceMeanMinutes: queue.patienceMinutes,
    retry: { share: 0, meanMinutes: 0, attempts: 1 },
  };
}
