/** Young enough to be used as it is; and, while it is read again, this old at most. */
const FRESH_MS = 100;
const USABLE_MS = 200;

/**
 * One reading for all who ask at the same time, however many calls come in a second: never older than 200 ms, and read
 * again in the background from 100 ms on. `now` in milliseconds of any clock that does not jump.
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
    if (!last || age > USABLE_MS) return again();
    if (age > FRESH_MS) void again().catch(() => undefined);
    return last.value;
  };
}
