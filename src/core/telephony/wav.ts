/** What telephones carry. */
export const SAMPLES_A_SECOND = 8_000;

/** A WAV file of 16-bit sound as mono samples at 8000 a second; undefined when it is nothing we can read. */
export function readWav(bytes: Uint8Array): Int16Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 44 || view.getUint32(0) !== 0x52494646) return undefined;
  const format = chunk(view, 0x666d7420);
  const data = chunk(view, 0x64617461);
  if (!format || !data || view.getUint16(format.from, true) !== 1) return undefined;
  const channels = view.getUint16(format.from + 2, true);
  const rate = view.getUint32(format.from + 4, true);
  if (view.getUint16(format.from + 14, true) !== 16 || channels === 0 || rate < SAMPLES_A_SECOND) return undefined;
  const count = Math.floor(data.length / (2 * channels));
  const samples = new Int16Array(count);
  for (let index = 0; index < count; index++) samples[index] = view.getInt16(data.from + 2 * channels * index, true);
  return rate === SAMPLES_A_SECOND ? samples : slowDown(samples, rate / SAMPLES_A_SECOND);
}

/** Mono samples as a WAV file, at 8000 a second unless said otherwise. */
export function writeWav(samples: Int16Array, rate = SAMPLES_A_SECOND): Uint8Array {
  const bytes = new Uint8Array(44 + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const header = [0x52494646, 36 + samples.length * 2, 0x57415645, 0x666d7420, 16];
  header.forEach((value, index) => {
    view.setUint32(index * 4, value, index === 1 || index === 4);
  });
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  view.setUint32(36, 0x64617461);
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, index) => {
    view.setInt16(44 + index * 2, sample, true);
  });
  return bytes;
}

/** A chunk's place. A length of a stream that was never filled in (0xffffffff) ends at the end of the file. */
function chunk(view: DataView, name: number): { from: number; length: number } | undefined {
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const length = Math.min(view.getUint32(at + 4, true), view.byteLength - at - 8);
    if (view.getUint32(at) === name) return { from: at + 8, length };
    at += 8 + length + (length & 1);
  }
  return undefined;
}

/** Samples either side that one new sample is made of. */
const REACH = 12;

/** Places between two samples at which the weights are known: finer than what 16 bits can tell. */
const PLACES = 512;

/** Fewer samples a second by a windowed sinc, so that what is too high for a telephone does not come back as noise. */
function slowDown(samples: Int16Array, ratio: number): Int16Array {
  const reach = Math.ceil(REACH * ratio);
  const known = weights(ratio, reach);
  const slow = new Int16Array(Math.floor(samples.length / ratio));
  for (let index = 0; index < slow.length; index++) {
    const middle = index * ratio;
    const before = Math.floor(middle);
    const row = Math.round((middle - before) * PLACES) * (2 * reach + 1) + reach - before;
    const last = Math.min(samples.length - 1, before + reach);
    let sum = 0;
    for (let at = Math.max(0, before - reach); at <= last; at++) sum += (samples[at] ?? 0) * (known[row + at] ?? 0);
    slow[index] = Math.max(-32_768, Math.min(32_767, Math.round(sum / ratio)));
  }
  return slow;
}

let kept: { ratio: number; weights: Float64Array } | undefined;

/** For each place between two samples a row of weights. Worked out once a voice: it took longer than to speak. */
function weights(ratio: number, reach: number): Float64Array {
  if (kept?.ratio === ratio) return kept.weights;
  const width = 2 * reach + 1;
  const found = Float64Array.from({ length: (PLACES + 1) * width }, (_, index) =>
    weight(((index % width) - reach - Math.floor(index / width) / PLACES) / ratio),
  );
  kept = { ratio, weights: found };
  return found;
}

function weight(distance: number): number {
  if (distance === 0) return 1;
  if (Math.abs(distance) >= REACH) return 0;
  const turn = Math.PI * distance;
  return (Math.sin(turn) / turn) * (0.5 + 0.5 * Math.cos(turn / REACH));
}
