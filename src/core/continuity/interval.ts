/** A value with its 95 % confidence interval. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** Sums over customers, each with n contacts of which x hold: what a clustered share needs. */
export interface ClusterSums {
  clusters: number;
  n: number;
  x: number;
  nn: number;
  xn: number;
  xx: number;
}

/** 97.5 % quantile of the normal distribution. */
const Z = 1.959964;

/**
 * Share x ÷ n with its interval. Contacts of one customer resemble each other, so customers are counted, not contacts:
 * linearised variance of a ratio gives the effective number of contacts, and Wilson's interval is taken with it
 * (Kish 1965; Wilson 1927). Null without any contact.
 */
export function shareOf(sums: ClusterSums): Estimate | null {
  const { clusters, n, x } = sums;
  if (n === 0) return null;
  const value = x / n;
  return { value, ...wilson(value, effectiveCount(sums, value, clusters)) };
}

function effectiveCount({ n, nn, xn, xx }: ClusterSums, p: number, clusters: number): number {
  const squares = xx - 2 * p * xn + p * p * nn;
  const variance = clusters > 1 ? ((squares / (n * n)) * clusters) / (clusters - 1) : 0;
  const effective = variance > 0 ? (p * (1 - p)) / variance : clusters;
  return Math.min(effective, n);
}

/** Wilson's interval of a share p seen in n independent cases. */
export function wilson(p: number, n: number): { low: number; high: number } {
  const centre = (p + (Z * Z) / (2 * n)) / (1 + (Z * Z) / n);
  const half = (Z / (1 + (Z * Z) / n)) * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** Difference a − b of two independent estimates, its interval from theirs (Newcombe 1998, method 10; Zou and Donner 2008). */
export function differenceOf(a: Estimate, b: Estimate): Estimate {
  const value = a.value - b.value;
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
  };
}
