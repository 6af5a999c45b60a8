import { setTimeout as pause } from 'node:timers/promises';

/** Young enough to be used as it is; and, while it is read again, this old at most. */
const FRESH_MS = 100;
const USABLE_MS = 200;
/** When a new reading is not there so soon, what is known serves, up to this age: a caller waits for the answer. */
const PATIENCE_MS = 10;
export const OLDEST_READING_MS = 1_000;

/**
 * One reading for all who ask at the same time, however many calls come in a second: read again in the background from
 * 100 ms on, waited for from 200 ms on, and never older than a second. Fails only when nothing so young is known. `now` in
 * milliseconds of any clock that does not jump.
 */
export function recent<Read>(
  read: () => Promise<Read>,
  now: () => number = () => performance.now(),
): () => Promise<Read> {
  let last: { value: Read; from: number } | undefined;
  let reading: Promise<Read> | undefined;
  const again = (): Promise<Read> => {
    const from = now();
    reading ??= read()
      .then((value) => {
        last = { value, from };
        return value;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  return async () => {
    const age = last ? now() - last.from : Number.POSITIVE_INFINITY;
    if (!last || age > OLDEST_READING_MS) return again();
    const known = last.value;
    if (age <= FRESH_MS) return known;
    const newer = again().catch(() => known);
    return age <= USABLE_MS ? known : Promise.race([newer, pause(PATIENCE_MS, known)]);
  };
}
