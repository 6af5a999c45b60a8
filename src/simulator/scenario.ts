import { z } from 'zod';

const share = z.number().min(0).max(1);
const minutes = z.number().min(0);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time such as 09:00');

/** A world to run policies in, as a file that a lead can read and write. Times in minutes unless said. */
const fields = z.strictObject({
  name: z.string().min(1),
  advisors: z.int().min(1).max(2000),
  /** Colleagues who sit together; everyone has this many named backups among them. */
  podSize: z.int().min(1),
  backups: z.int().min(0),
  days: z.strictObject({ simulated: z.int().min(1), warmUp: z.int().min(0), dropped: z.int().min(0) }),
  open: z.strictObject({
    from: time,
    to: time,
    /** Calls of each hour beside the mean hour; also for messages by day. */
    hourlyWeights: z.array(z.number().min(0)).min(1),
    /** After closing, to finish what waits. */
    clearDownMinutes: minutes,
  }),
  /** Busy and quiet days: standard deviation of the factor of a day. */
  dayFactorSd: z.number().min(0).max(0.5),
  lunch: z.strictObject({ minutes, groups: z.array(time) }),
  absence: z.strictObject({ share: z.number().min(0).max(0.9), meanDays: z.number().min(1) }),
  /** Caseloads lie evenly within ± this share of the mean. */
  caseloadSpread: share,
  /** Minutes of calls, and of messages, beside the minutes of work the staff has. */
  voiceLoad: z.number().min(0).max(3),
  messageLoad: z.number().min(0).max(3),
  handle: z.strictObject({
    meanMinutes: z.number().positive(),
    shape: z.enum(['lognormal', 'exponential']),
    cv: z.number().positive(),
    /** The last seconds of it are for writing up, when the caller has gone. */
    wrapUpSeconds: z.number().min(0),
  }),
  /** Exponential; null: nobody gives up. */
  patienceMeanMinutes: z.number().positive().nullable(),
  retry: z.strictObject({ share, meanMinutes: minutes, attempts: z.int().min(1) }),
  /**
   * Who accepts an offer for today: `share`, times what the delay leaves of it, times `byBackup` when it is not the own
   * advisor. For another day: `nextDay` or `inDays` of all callers, whatever `share` is.
   */
  acceptance: z.strictObject({
    share,
    within30Minutes: share,
    within120Minutes: share,
    laterToday: share,
    nextDay: share,
    inDays: share,
    byBackup: share,
  }),
  offerSeconds: z.number().min(0),
  callback: z.strictObject({
    unanswered: share,
    unansweredMinutes: minutes,
    againAfterMinutes: minutes,
    tries: z.int().min(1),
  }),
  message: z.strictObject({
    meanMinutes: z.number().positive(),
    cv: z.number().positive(),
    overnight: share,
    answerWithinMinutes: minutes,
  }),
});

export type Scenario = z.infer<typeof fields>;

/** Fields one by one, then what only holds between them. */
export const scenarioSchema = fields.superRefine((scenario, context) => {
  for (const { path, message } of contradictionsIn(scenario)) context.addIssue({ code: 'custom', path, message });
});

/** Where a scenario contradicts itself, in sentences that say how to mend it. */
function contradictionsIn(scenario: Scenario): { path: string[]; message: string }[] {
  const { open, lunch, days, backups, podSize } = scenario;
  const [from, to] = [minuteOf(open.from), minuteOf(open.to)];
  const hours = (to - from) / 60;
  const weights = open.hourlyWeights;
  const found: { path: string[]; message: string }[] = [];
  const check = (holds: boolean, path: string[], message: string) => {
    if (!holds) found.push({ path, message });
  };
  check(from < to, ['open', 'to'], `closes at ${open.to}, before it opens at ${open.from}`);
  if (from >= to) return found;
  check(
    weights.length === 1 || weights.length === Math.ceil(hours),
    ['open', 'hourlyWeights'],
    `has ${weights.length} weights for ${hours} hours from ${open.from} to ${open.to}: one weight an hour, or one for all`,
  );
  check(
    weights.some((weight) => weight > 0),
    ['open', 'hourlyWeights'],
    'is 0 in every hour: when do people call?',
  );
  for (const group of lunch.groups) {
    const at = minuteOf(group);
    check(
      at >= from && at + lunch.minutes <= to,
      ['lunch', 'groups'],
      `${group} with ${lunch.minutes} minutes lies outside the hours from ${open.from} to ${open.to}`,
    );
  }
  check(lunch.minutes === 0 || lunch.groups.length > 0, ['lunch', 'groups'], 'is empty: when is lunch?');
  check(lunch.minutes < to - from, ['lunch', 'minutes'], 'is as long as the day: nobody would work');
  check(
    days.warmUp + days.dropped < days.simulated,
    ['days', 'simulated'],
    `is ${days.simulated}, which leaves no day to count after ${days.warmUp} to warm up and ${days.dropped} dropped`,
  );
  check(backups < podSize, ['backups'], `is ${backups}, but a pod of ${podSize} has ${podSize - 1} colleagues at most`);
  return found;
}

/** Minutes a day that an advisor who is there works. */
export function workMinutes(scenario: Scenario): number {
  return minuteOf(scenario.open.to) - minuteOf(scenario.open.from) - scenario.lunch.minutes;
}

/** Minutes after midnight. */
export function minuteOf(hhmm: string): number {
  return Number(hhmm.slice(0, 2)) * 60 + Number(hhmm.slice(3));
}
