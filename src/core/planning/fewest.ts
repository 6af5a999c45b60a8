/** The smallest whole number from `from` on that is enough, where more than enough is enough too; `most` when none is. */
export function fewestFrom(from: number, most: number, isEnough: (count: number) => boolean): number {
  if (from >= most || isEnough(from)) return from;
  let short = from;
  let step = 1;
  while (short + step < most && !isEnough(short + step)) {
    short += step;
    step *= 2;
  }
  let enough = Math.min(most, short + step);
  while (enough - short > 1) {
    const middle = (short + enough) >> 1;
    if (isEnough(middle)) enough = middle;
    else short = middle;
  }
  return enough;
}
