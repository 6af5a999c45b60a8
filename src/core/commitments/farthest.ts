/** Nothing is promised further ahead: somebody has mistyped a year. */
const MOST_DAYS_AHEAD = 400;

/** The last instant that can be promised at `now`. */
export function farthestDue(now: Date): Date {
  return new Date(now.getTime() + MOST_DAYS_AHEAD * 86_400_000);
}
