import type { Opening } from './days.ts';

/** The parts of `spans` that lie in none of `taken`. Both in any order; the result is ordered. */
export function subtractSpans(spans: readonly Opening[], taken: readonly Opening[]): Opening[] {
  const cuts = joined(taken);
  const left: Opening[] = [];
  let next = 0;
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    while (next < cuts.length && (cuts[next] as Opening).to <= span.from) next += 1;
    left.push(...without(span, cuts, next));
  }
  return left.sort((a, b) => a.from - b.from);
}

/** What is left of one span; `first` is the first cut that ends after its start. */
function without(span: Opening, cuts: readonly Opening[], first: number): Opening[] {
  const left: Opening[] = [];
  let { from } = span;
  for (let index = first; index < cuts.length; index += 1) {
    const cut = cuts[index] as Opening;
    if (cut.from >= span.to) break;
    if (from < cut.from) left.push({ from, to: cut.from });
    from = cut.to;
  }
  if (from < span.to) left.push({ from, to: span.to });
  return left;
}

/** The same time in spans that neither overlap nor touch, in order. */
function joined(spans: readonly Opening[]): Opening[] {
  const found: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else if (from < to) found.push({ from, to });
  }
  return found;
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
