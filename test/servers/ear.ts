import { createSocket } from 'node:dgram';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeG711 } from '../../src/core/telephony/g711.ts';
import { writeWav } from '../../src/core/telephony/wav.ts';

export interface Ear {
  port: number;
  packets: Buffer[];
  close(): void;
}

/** The caller's ear: what arrives as sound. */
export async function listen(): Promise<Ear> {
  const socket = createSocket('udp4');
  const packets: Buffer[] = [];
  socket.on('message', (packet) => void packets.push(packet));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { port: socket.address().port, packets, close: () => socket.close() };
}

/** Times a second that what was heard, in A-law, goes up through zero: the pitch of a hum. */
export function pitchOf({ packets }: Ear): number {
  const samples = decodeG711(Buffer.concat(packets.map((packet) => packet.subarray(12))), 8);
  let rises = 0;
  for (let at = 1; at < samples.length; at++) if ((samples[at - 1] ?? 0) < 0 && (samples[at] ?? 0) >= 0) rises += 1;
  return (rises * 8_000) / samples.length;
}

export const PITCH = { fr: 300, en: 800 };

/** A voice that hums everything for so long: French low, English high. `said` has what it was asked to say. */
export function hummingVoice(seconds: number): { command: string[]; said(): string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-humming-'));
  for (const [locale, hertz] of Object.entries(PITCH)) {
    const hum = (at: number) => Math.round(9_000 * Math.sin((at * hertz * 2 * Math.PI) / 8_000));
    writeFileSync(
      join(folder, `${locale}.wav`),
      writeWav(Int16Array.from({ length: 8_000 * seconds }, (_, at) => hum(at))),
    );
  }
  const words = join(folder, 'said');
  writeFileSync(words, '');
  return {
    command: ['sh', '-c', `printf '%s: %s\\n' '{lang}' "$1" >> '${words}'; cat '${folder}/{lang}.wav'`, 'voice'],
    said: () => readFileSync(words, 'utf8').split('\n').filter(Boolean),
  };
}
