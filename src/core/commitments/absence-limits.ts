/** What an absence may be at most; further away, somebody has mistyped a year. */
export const absenceLimits = { yearsLong: 2, yearsAhead: 3, yearsPast: 1 } as const;

/** The same date and time so many years later; earlier when negative. */
export function yearsAfter(at: Date, years: number): Date {
  const then = new Date(at);
  then.setUTCFullYear(then.getUTCFullYear() + years);
  return then;
}
