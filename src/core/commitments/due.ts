import { addWorkingMinutes, type Calendar, workingMinutesBetween } from '../calendar/calendar.ts';
import type { Policy } from '../routing/policy.ts';

/** A line's contractual service level: the only thing that may shorten a due time. */
export interface ServiceLevel {
  readonly answerWithinMinutes: number;
}

/** When an answer to something that arrived at `at` is owed: the service level's minutes, in opening hours. */
export function dueAt(calendar: Calendar, at: number, serviceLevel: ServiceLevel): number {
  return addWorkingMinutes(calendar, at, serviceLevel.answerWithinMinutes);
}

/** The shortest service level of a customer's lines, or the operator's standard one when there is no line. */
export function tightestServiceLevel(lines: readonly ServiceLevel[], standard: ServiceLevel): ServiceLevel {
  return lines.reduce((best, level) => (level.answerWithinMinutes < best.answerWithinMinutes ? level : best), {
    answerWithinMinutes: lines[0]?.answerWithinMinutes ?? standard.answerWithinMinutes,
  });
}

/** When the owner is reminded: once most of the working time has passed. Between `madeAt` and `dueTime`. */
export function remindAt(
  calendar: Calendar,
  madeAt: number,
  dueTime: number,
  rules: Pick<Policy['commitments'], 'remindAtShare'>,
): number {
  const minutes = workingMinutesBetween(calendar, madeAt, dueTime);
  return Math.min(dueTime, addWorkingMinutes(calendar, madeAt, minutes * rules.remindAtShare));
}
