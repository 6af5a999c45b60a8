import { setTimeout as pause } from 'node:timers/promises';

/** Does the work and answers not before so many milliseconds, so that the time taken says nothing about what was found. */
export async function atLeast<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  const [result] = await Promise.all([work, pause(milliseconds)]);
  return result;
}
