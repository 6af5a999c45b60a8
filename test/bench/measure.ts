/** Times of many requests, in milliseconds, and how many there were a second. */
export interface Measured {
  count: number;
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  failed: number;
}

/**
 * A closed loop: `connections` workers, each doing one thing after the other for this long. Work that throws counts as
 * failed, and its time does not count.
 */
export async function measure(
  connections: number,
  seconds: number,
  work: (worker: number, turn: number) => Promise<void>,
): Promise<Measured> {
  const times: number[] = [];
  let failed = 0;
  const started = performance.now();
  const until = started + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, async (_, worker) => {
      for (let turn = 0; performance.now() < until; turn++) {
        const from = performance.now();
        try {
          await work(worker, turn);
          times.push(performance.now() - from);
        } catch {
          failed += 1;
        }
      }
    }),
  );
  return summary(times, (performance.now() - started) / 1000, failed);
}

/** The usual points of a list of times. */
export function summary(times: readonly number[], seconds: number, failed = 0): Measured {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return {
    count: sorted.length,
    perSecond: sorted.length / seconds,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    failed,
  };
}

/** The one in the middle: what a figure was when the machine was neither at its best nor at its worst. */
export function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
