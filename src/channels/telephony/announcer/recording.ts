import { appendFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type PayloadType, SILENCE } from '../../../core/telephony/g711.ts';

/** What a caller says, as it comes. */
export interface Recording {
  /** One RTP packet; others are passed over. */
  take(packet: Uint8Array): void;
  /** Nothing more comes: the file gets the name under which the house finds it. */
  close(): void;
}

/** What whoever hears a message is told, each at most once. */
export interface RecordingEnd {
  full(): void;
  /** It cannot be written: what was said is lost from there on. */
  failed(error: unknown): void;
}

/** Longer messages are cut: nobody listens to more. */
const MOST_SECONDS = 120;
const MOST_BYTES = MOST_SECONDS * 8_000;
/** Lost packets are heard as silence, but a jump is no pause of this length. */
const MOST_GAP_BYTES = 5 * 8_000;
/** Half a second is what a crash may cost. */
const WRITE_EVERY_BYTES = 4_000;

/** File of a message: `NAME.0.g711` or `NAME.8.g711`, and `.part` behind it while it is being left. */
export function startRecording(folder: string, name: string, payloadType: PayloadType, told: RecordingEnd): Recording {
  const file = join(folder, `${name}.${payloadType}.g711`);
  const part = `${file}.part`;
  let isLost = false;
  // One message that cannot be written must not end the thread that speaks to everybody.
  const onDisk = (work: () => void) => {
    if (isLost) return;
    try {
      work();
    } catch (error) {
      isLost = true;
      told.failed(error);
    }
  };
  onDisk(() => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    rmSync(part, { force: true });
  });
  let waiting: Uint8Array[] = [];
  let unwritten = 0;
  let written = 0;
  let next: number | undefined;
  const write = () => {
    const bytes = Buffer.concat(waiting);
    if (unwritten > 0) onDisk(() => appendFileSync(part, bytes, { mode: 0o600 }));
    waiting = [];
    unwritten = 0;
  };
  const add = (bytes: Uint8Array) => {
    waiting.push(bytes);
    unwritten += bytes.length;
    written += bytes.length;
  };
  return {
    take: (packet) => {
      const read = readRtp(packet, payloadType);
      if (!read || isLost || written >= MOST_BYTES) return;
      const ahead = next === undefined ? 0 : (read.timestamp - next) | 0;
      // It came too late: what follows has been written.
      if (ahead < 0) return;
      if (ahead > 0 && ahead <= MOST_GAP_BYTES) add(new Uint8Array(ahead).fill(SILENCE[payloadType]));
      add(Uint8Array.from(read.sound));
      next = (read.timestamp + read.sound.length) >>> 0;
      if (unwritten >= WRITE_EVERY_BYTES) write();
      if (written >= MOST_BYTES) told.full();
    },
    close: () => {
      write();
      if (written > 0) onDisk(() => renameSync(part, file));
    },
  };
}

/** RFC 3550, 5.1: the sound behind the header, its sources and its extension. */
function readRtp(packet: Uint8Array, payloadType: PayloadType): { timestamp: number; sound: Uint8Array } | undefined {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  if (packet.length <= 12 || view.getUint8(0) >> 6 !== 2 || (view.getUint8(1) & 0x7f) !== payloadType) return undefined;
  const first = view.getUint8(0);
  let from = 12 + 4 * (first & 15);
  if (first & 0x10) from += from + 4 <= packet.length ? 4 + 4 * view.getUint16(from + 2) : packet.length;
  const until = packet.length - (first & 0x20 ? (packet.at(-1) ?? 0) : 0);
  return from < until ? { timestamp: view.getUint32(4), sound: packet.subarray(from, until) } : undefined;
}
