import { z } from 'zod';
import type { Locale } from '../core/text/typeset.ts';
import { contradictions, timeOfDay } from './scenario-words.ts';

const share = z.number().min(0).max(1);
const minutes = z.number().min(0);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, timeOfDay.en);

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

/** Fields one by one, then what only holds between them: such an issue has its sentence in both languages in `params`. */
export const scenarioSchema = fields.superRefine((scenario, context) => {
  if (context.issues.length > 0) return;
  for (const { path, words } of contradictionsIn(scenario))
    context.addIssue({ code: 'custom', path, message: words.en, params: words });
});

/** Where a scenario contradicts itself, in sentences that say how to mend it. */
function contradictionsIn(scenario: Scenario): { path: string[]; words: Record<Locale, string> }[] {
  const { open, lunch, days, backups, podSize } = scenario;
  const [from, to] = [minuteOf(open.from), minuteOf(open.to)];
  const hours = (to - from) / 60;
  const weights = open.hourlyWeights;
  const found: { path: string[]; words: Record<Locale, string> }[] = [];
  const check = (holds: boolean, path: string[], words: Record<Locale, string>) => {
    if (!holds) found.push({ path, words });
  };
  check(from < to, ['open', 'to'], contradictions.closesFirst(open.from, open.to));
  if (from >= to) return found;
  check(
    weights.length === 1 || weights.length === Math.ceil(hours),
    ['open', 'hourlyWeights'],
    contradictions.weights(weights.length, hours, open.from, open.to),
  );
  check(
    weights.some((weight) => weight > 0),
    ['open', 'hourlyWeights'],
    contradictions.nobodyCalls,
  );
  for (const group of lunch.groups) {
    const at = minuteOf(group);
    check(
      at >= from && at + lunch.minutes <= to,
      ['lunch', 'groups'],
      contradictions.lunchOutside(group, lunch.minutes, open.from, open.to),
    );
  }
  check(lunch.minutes === 0 || lunch.groups.length > 0, ['lunch', 'groups'], contradictions.noLunch);
  check(lunch.minutes < to - from, ['lunch', 'minutes'], contradictions.lunchAllDay);
  check(
    days.warmUp + days.dropped < days.simulated,
    ['days', 'simulated'],
    contradictions.noDay(days.simulated, days.warmUp, days.dropped),
  );
  check(backups < podSize, ['backups'], contradictions.tooManyBackups(backups, podSize));
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
