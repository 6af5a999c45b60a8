import { DAY } from './simulation.ts';

/** Room for the calls of one day in their numbering. */
export const A_DAY = 1 << 20;

/**
 * When the things of a day come, in order. A thing itself is made only when it comes: thousands of them, kept until later
 * in the day, would be far from the processor by then.
 */
export class Arrivals {
  private readonly midnight: number;
  /** Milliseconds after midnight with the number of what comes then behind: numbers sort faster than objects. */
  private readonly keys: Float64Array;
  private place = 0;

  constructor(count: number, day: number, instantOf: (index: number) => number) {
    this.midnight = day * DAY;
    const keys = new Float64Array(count);
    for (let index = 0; index < count; index += 1) keys[index] = (instantOf(index) - this.midnight) * A_DAY + index;
    this.keys = inOrder(keys);
  }

  /** The instant of the next one; Infinity when all have come. */
  next(): number {
    const key = this.keys[this.place];
    return key === undefined ? Number.POSITIVE_INFINITY : this.midnight + Math.floor(key / A_DAY);
  }

  /** The number of the next one, which has now come; only when there is one. */
  take(): number {
    const key = this.keys[this.place] as number;
    this.place += 1;
    return key - Math.floor(key / A_DAY) * A_DAY;
  }
}

/** As many slots as keys, each key into the slot of its size, then the few that share one: things come all day long. */
function inOrder(keys: Float64Array): Float64Array {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const key of keys) {
    if (key < least) least = key;
    if (key > most) most = key;
  }
  const slots = (keys.length - 1) / Math.max(1, most - least);
  const slotOf = (key: number) => Math.floor((key - least) * slots);
  // Where each slot begins: after all that belongs into those before.
  const begins = new Int32Array(keys.length + 1);
  for (const key of keys) begins[slotOf(key) + 1] = (begins[slotOf(key) + 1] as number) + 1;
  for (let slot = 1; slot < keys.length; slot += 1)
    begins[slot] = (begins[slot] as number) + (begins[slot - 1] as number);
  const sorted = new Float64Array(keys.length);
  for (const key of keys) {
    const slot = slotOf(key);
    const place = begins[slot] as number;
    sorted[place] = key;
    begins[slot] = place + 1;
  }
  for (let index = 1; index < sorted.length; index += 1) {
    const key = sorted[index] as number;
    let place = index;
    for (; place > 0 && (sorted[place - 1] as number) > key; place -= 1) sorted[place] = sorted[place - 1] as number;
    sorted[place] = key;
  }
  return sorted;
}
