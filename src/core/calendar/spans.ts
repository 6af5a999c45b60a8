import type { Opening } from './days.ts';

/** The parts of `spans` that lie in none of `taken`. Both in any order; the result is ordered. */
export function subtractSpans(spans: readonly Opening[], taken: readonly Opening[]): Opening[] {
  let left = [...spans];
  for (const cut of taken) {
    left = left.flatMap((span) =>
      cut.to <= span.from || span.to <= cut.from
        ? [span]
        : [
            { from: span.from, to: cut.from },
            { from: cut.to, to: span.to },
          ].filter((part) => part.from < part.to),
    );
  }
  return left.sort((a, b) => a.from - b.from);
}

/** The parts that lie in both. */
export function intersectSpans(spans: readonly Opening[], others: readonly Opening[]): Opening[] {
  return spans
    .flatMap((span) =>
      others.map((other) => ({ from: Math.max(span.from, other.from), to: Math.min(span.to, other.to) })),
    )
    .filter((span) => span.from < span.to)
    .sort((a, b) => a.from - b.from);
}
