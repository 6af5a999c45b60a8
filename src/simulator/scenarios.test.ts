import { expect, test } from 'vitest';
import { POLICIES } from './policies.ts';
import { scenarioSchema, workMinutes } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';

/** The numbers of the specification (routing, The simulator), written down a second time: a kinder scenario is none of ours. */
const DJ30 = {
  podSize: 5,
  backups: 2,
  days: { simulated: 34, warmUp: 4, dropped: 4 },
  open: { from: '09:00', to: '18:00', hourlyWeights: [1.3, 1.35, 1.2, 0.6, 0.6, 1.05, 1.1, 1, 0.8], clearDownMinutes: 30 },
  dayFactorSd: 0.05,
  lunch: { minutes: 60, groups: ['12:00', '13:00'] },
  absence: { share: 0.15, meanDays: 3 },
  caseloadSpread: 0.1,
  handle: { meanMinutes: 8, shape: 'lognormal', cv: 1, wrapUpSeconds: 0 },
  patienceMeanMinutes: 4,
  retry: { share: 0.6, meanMinutes: 30, attempts: 4 },
  acceptance: {
    share: 0.6, within30Minutes: 1, within120Minutes: 0.85, laterToday: 0.6, nextDay: 0.25, inDays: 0.1, byBackup: 0.8,
  },
  offerSeconds: 6,
  callback: { unanswered: 0.1, unansweredMinutes: 0.5, againAfterMinutes: 20, tries: 3 },
  message: { meanMinutes: 5, cv: 1, overnight: 0.25, answerWithinMinutes: 480 },
}; // biome-ignore format: numbers of the specification

/** Voice load, load of messages. */
const LOADS: Record<string, [number, number]> = {
  V75: [0.75, 0],
  V85: [0.85, 0],
  V92: [0.92, 0],
  B75: [0.45, 0.3],
  B85: [0.51, 0.34],
  B92: [0.552, 0.368],
  R85: [0.187, 0.663],
};

test('every scenario has the numbers of the specification and nothing else', () => {
  const names = Object.keys(LOADS);
  expect(Object.keys(SCENARIOS).sort()).toEqual([...names, ...names.map((name) => `${name}-10`)].sort());
  for (const [name, [voiceLoad, messageLoad]] of Object.entries(LOADS)) {
    expect(SCENARIOS[name]).toEqual({ ...DJ30, name, advisors: 30, voiceLoad, messageLoad });
    expect(SCENARIOS[`${name}-10`]).toEqual({ ...DJ30, name: `${name}-10`, advisors: 10, voiceLoad, messageLoad });
  }
});

test('every scenario can be read as a file, and its day has 480 minutes of work', () => {
  for (const scenario of Object.values(SCENARIOS)) {
    expect(scenarioSchema.parse(scenario)).toEqual(scenario);
    expect(workMinutes(scenario)).toBe(480);
  }
});

test('what the product is held against answers and rings back as it says', () => {
  const people = Object.fromEntries(Object.entries(POLICIES).map(([name, policy]) => [name, policy.people]));
  expect(people).toMatchObject({
    own: { answer: 'own_first', ringBack: 'own_first' },
    hotline: { answer: 'anyone', ringBack: 'nobody' },
    anonymous: { answer: 'anyone', ringBack: 'anyone' },
    dedicated: { answer: 'own_only', ringBack: 'nobody' },
    named: { answer: 'own_first', ringBack: 'nobody' },
  });
  expect(POLICIES.named?.call.holdForOwnMostSeconds).toBe(0);
});
