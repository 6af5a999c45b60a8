import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeG711, type PayloadType, SILENCE } from '../../../core/telephony/g711.ts';
import { readWav } from '../../../core/telephony/wav.ts';

const kept = new Map<string, Uint8Array>();
const MOST_KEPT = 200;

/** A prompt in this codec, padded to whole packets; undefined when there is none. A prompt never changes under its name. */
export function soundOf(folder: string, prompt: string, payloadType: PayloadType): Uint8Array | undefined {
  // The name comes off the wire: nothing but a name may reach the file system.
  if (!/^[0-9a-f]{8,64}$/.test(prompt)) return undefined;
  const key = `${prompt} ${payloadType}`;
  const known = kept.get(key);
  if (known) return known;
  const samples = read(join(folder, `${prompt}.wav`));
  if (!samples || samples.length === 0) return undefined;
  const sound = new Uint8Array(Math.ceil(samples.length / 160) * 160).fill(SILENCE[payloadType]);
  sound.set(encodeG711(samples, payloadType));
  const oldest = kept.keys().next().value;
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, sound);
  return sound;
}

function read(file: string): Int16Array | undefined {
  try {
    return readWav(readFileSync(file));
  } catch {
    return undefined;
  }
}

/** What a phone that rings sounds like in most of Europe (440 Hz, 1.5 s in 5), but quiet; after a second of silence. */
export function ringBack(payloadType: PayloadType): Uint8Array {
  const known = rings.get(payloadType);
  if (known) return known;
  const samples = Int16Array.from({ length: 40_000 }, (_, at) =>
    at >= 8_000 && at < 20_000 ? Math.round(1_500 * Math.sin((2 * Math.PI * 440 * at) / 8_000)) : 0,
  );
  const sound = encodeG711(samples, payloadType);
  rings.set(payloadType, sound);
  return sound;
}

const rings = new Map<PayloadType, Uint8Array>();
