import { setTimeout as pause } from 'node:timers/promises';

/** Young enough to be used as it is; and, while it is read again, this old at most. */
const FRESH_MS = 100;
const USABLE_MS = 200;
/** When a new reading is not there so soon, what is known serves, up to this age: a caller waits for the answer. */
const PATIENCE_MS = 10;
const OLDEST_MS = 1_000;

/**
 * One reading for all who ask at the same time, however many calls come in a second: read again in the background from
 * 100 ms on, waited for from 200 ms on, and never older than a second. `now` in milliseconds of any clock that does not jump.
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
    if (!last || age > OLDEST_MS) return again();
    if (age > FRESH_MS) again().catch(() => undefined);
    if (age <= USABLE_MS || !reading) return last.value;
    return Promise.race([reading, pause(PATIENCE_MS, last.value)]);
  };
}
