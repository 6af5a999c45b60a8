const GRAM = 4;

/**
 * A 64-bit fingerprint of a text as "0101…": texts that resemble each other differ in few bits (Charikar 2002). Case,
 * accents, digits and what addresses lead to do not count, so that a template filled in differently stays itself.
 */
export function simhash(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/https?:\/\/\S+|www\.\S+/g, 'url')
    .replace(/\d+/g, '0')
    .replace(/[^\p{L}0]+/gu, ' ')
    .trim();
  const weights = new Int32Array(64);
  for (let at = 0; at + GRAM <= Math.max(plain.length, GRAM); at++) {
    const gram = plain.slice(at, at + GRAM);
    count(weights, 0, hash(gram, 0x811c9dc5));
    count(weights, 32, hash(gram, 0x9747b28c));
  }
  return Array.from(weights, (weight) => (weight > 0 ? '1' : '0')).join('');
}

function count(weights: Int32Array, from: number, bits: number): void {
  for (let bit = 0; bit < 32; bit++) weights[from + bit]! += (bits >>> bit) & 1 ? 1 : -1;
}

/** FNV-1a with a final mix, so that every bit depends on every character. */
function hash(gram: string, seed: number): number {
  let value = seed;
  for (let at = 0; at < gram.length; at++) value = Math.imul(value ^ gram.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  value = Math.imul(value ^ (value >>> 12), 0x297a2d39);
  return value ^ (value >>> 15);
}
