import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { decodeG711, encodeG711, SILENCE } from '../../../core/telephony/g711.ts';
import { startRecording } from './recording.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'visavis-recording-'));
});
const NOTHING = { full: () => undefined, failed: (error: unknown) => expect(error).toBeUndefined() };
const file = () => join(folder, 'cafe0001.8.g711');

/** 20 ms of this byte as an RTP packet. */
function packet(at: number, byte: number, { type = 8, first = 0x80, rest = Buffer.alloc(0) } = {}): Buffer {
  const head = Buffer.alloc(12);
  head[0] = first;
  head[1] = type;
  head.writeUInt32BE(at * 160, 4);
  return Buffer.concat([head, rest, Buffer.alloc(160, byte)]);
}

test('a lost packet is heard as silence; one that comes late or twice, and what is no sound of this call, is passed over', () => {
  const recording = startRecording(folder, 'cafe0001', 8, NOTHING);
  recording.take(packet(10, 1));
  recording.take(packet(10, 1));
  recording.take(packet(12, 3));
  recording.take(packet(11, 2));
  recording.take(packet(13, 4, { type: 0 }));
  recording.take(packet(13, 4, { first: 0x00 }));
  recording.take(Buffer.from('no RTP'));
  expect(existsSync(file())).toBe(false);
  recording.close();
  const kept = readFileSync(file());
  expect([...kept.filter((_, at) => at % 160 === 0)]).toEqual([1, SILENCE[8], 3]);
});

test('sources, extensions and filling of a packet are not heard', () => {
  const recording = startRecording(folder, 'cafe0001', 8, NOTHING);
  const extension = Buffer.from([0, 0, 0, 1, 9, 9, 9, 9]);
  recording.take(packet(1, 7, { first: 0x91, rest: Buffer.concat([Buffer.alloc(4, 9), extension]) }));
  recording.take(Buffer.concat([packet(2, 6, { first: 0xa0 }), Buffer.from([0, 0, 0, 4])]));
  recording.close();
  expect(readFileSync(file())).toEqual(Buffer.concat([Buffer.alloc(160, 7), Buffer.alloc(160, 6)]));
});

test('a message is cut after two minutes, and whoever hears it is told once', () => {
  let told = 0;
  const full = () => {
    told += 1;
  };
  const recording = startRecording(folder, 'cafe0001', 8, { ...NOTHING, full });
  for (let at = 0; at < 7_000; at++) recording.take(packet(at, 1));
  recording.close();
  expect(readFileSync(file())).toHaveLength(120 * 8_000);
  expect(told).toBe(1);
});

test('nothing said leaves no file', () => {
  startRecording(folder, 'cafe0001', 8, NOTHING).close();
  expect(existsSync(file())).toBe(false);
});

test('a folder that is gone, or cannot be had: whoever hears the message is told once, and nothing is thrown', () => {
  const failures: unknown[] = [];
  const failed = (error: unknown) => void failures.push(error);
  const recording = startRecording(folder, 'cafe0001', 8, { ...NOTHING, failed });
  rmSync(folder, { recursive: true });
  for (let at = 0; at < 100; at++) recording.take(packet(at, 1));
  recording.close();
  expect(failures).toMatchObject([{ code: 'ENOENT' }]);
  // A file where the folder should be.
  writeFileSync(folder, '');
  startRecording(folder, 'cafe0002', 8, { ...NOTHING, failed }).close();
  expect(failures).toHaveLength(2);
});

test.each([0, 8] as const)('every code of G.711 (%i) becomes a sample that has this code', (type) => {
  const codes = Uint8Array.from({ length: 256 }, (_, code) => code);
  const again = encodeG711(decodeG711(codes, type), type);
  // µ-law writes zero in two ways.
  const differs = [...codes].filter((code) => again[code] !== code);
  expect(differs).toEqual(type === 0 ? [0x7f] : []);
});
