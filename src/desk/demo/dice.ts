import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { v7 } from 'uuid';

/** Chance that comes out the same for the same seed. */
export interface Dice {
  /** A whole number, both ends possible. */
  int(min: number, max: number): number;
  /** True with this probability (0 to 1). */
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** A uuid v7 of that instant. */
  id(at: Date): string;
}

/** Dice for a seed; the same seed throws the same numbers on every machine. */
export function throwDice(seed: number): Dice {
  const generator = xoroshiro128plus(seed);
  const int = (min: number, max: number) => uniformInt(generator, min, max);
  return {
    int,
    chance: (probability) => int(0, 999_999) < probability * 1_000_000,
    pick: (items) => {
      const item = items[int(0, items.length - 1)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    id: (at) => v7({ msecs: at.getTime(), seq: int(0, 0x7fffffff), random: bytes(int) }),
  };
}

function bytes(int: (min: number, max: number) => number): Uint8Array {
  const random = new Uint8Array(16);
  const view = new DataView(random.buffer);
  for (let offset = 0; offset < 16; offset += 4) view.setUint32(offset, int(0, 0xffffffff));
  return random;
}
