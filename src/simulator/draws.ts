import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/**
 * Random numbers of one thing (a day, a call, a message), from its own seed: whatever a policy does with one call, the
 * next call is the same call under every policy.
 */
export class Draws {
  private readonly generator;

  constructor(seed: number, subject: number, index: number) {
    this.generator = xoroshiro128plus(mix(mix(mix(seed) ^ subject) ^ index));
    // The first numbers still show the seed.
    this.skip();
    this.skip();
  }

  /** Leaves one number out, so that those after it stay the same. */
  skip(): void {
    this.generator.next();
  }

  /** Between 0 and 1, neither of them. */
  uniform(): number {
    return ((this.generator.next() >>> 0) + 0.5) / 4_294_967_296;
  }

  exponential(mean: number): number {
    return -mean * Math.log(this.uniform());
  }

  /** Mean 0, standard deviation 1. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  lognormal(mean: number, cv: number): number {
    const variance = Math.log(1 + cv * cv);
    return mean * Math.exp(Math.sqrt(variance) * this.normal() - variance / 2);
  }

  /** How many of these happen, by counting them one after the other. */
  poisson(mean: number): number {
    let count = 0;
    for (let at = this.exponential(1); at < mean; at += this.exponential(1)) count += 1;
    return count;
  }
}

/** Seeds that differ in one bit give numbers that differ in half of theirs (the finish of MurmurHash3). */
function mix(value: number): number {
  let mixed = (value + 0x9e3779b9) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
