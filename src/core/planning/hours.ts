/**
 * Calls of each hour beside the mean hour (1), with the same shape but this peak: quiet hours get quieter as the busiest gets
 * busier, and none falls below 0. Hours that are all alike cannot be stretched and stay.
 */
export function withPeak(weights: readonly number[], peak: number): number[] {
  const most = Math.max(...weights);
  if (most <= 0) return [...weights];
  const raised = (power: number) => {
    const all = weights.map((weight) => (weight / most) ** power);
    const mean = all.reduce((sum, each) => sum + each, 0) / all.length;
    return all.map((each) => each / mean);
  };
  if (peak <= 1) return raised(0);
  let [low, high] = [0, STEEPEST];
  for (let turn = 0; turn < 50; turn += 1) {
    const middle = (low + high) / 2;
    if (Math.max(...raised(middle)) < peak) low = middle;
    else high = middle;
  }
  return raised(high);
}

const STEEPEST = 200;

/** Busiest hour ÷ mean hour. */
export function peakOf(weights: readonly number[]): number {
  return (Math.max(...weights) * weights.length) / weights.reduce((sum, each) => sum + each, 0);
}
