import { SILENCE } from '../../../core/telephony/g711.ts';
import type { Announcement, Playing } from './announcement.ts';

const PACKET_MS = 20;
const PACKET_BYTES = 160;

/** Sends every packet that is due by now, and ends the announcements whose sound has ended. Late ones are caught up. */
export function sendDue(live: Set<Announcement>, now: number): void {
  for (const announcement of live) {
    const { playing } = announcement;
    if (!playing) {
      live.delete(announcement);
      continue;
    }
    while (playing.sent < playing.packets && playing.startedAt + playing.sent * PACKET_MS <= now) {
      playing.send(packet(playing));
      playing.sent += 1;
    }
    // The last packet is heard out before the branch ends.
    if (playing.startedAt + playing.packets * PACKET_MS <= now) {
      live.delete(announcement);
      announcement.finish();
    }
  }
}

/** RFC 3550: twelve bytes of header, then 20 ms of sound. The first packet carries the mark. */
function packet({ payloadType, sent, sequence, timestamp, ssrc, sound, after }: Playing): Buffer {
  const bytes = Buffer.alloc(12 + PACKET_BYTES, SILENCE[payloadType]);
  bytes[0] = 0x80;
  bytes[1] = payloadType | (sent === 0 ? 0x80 : 0);
  bytes.writeUInt16BE((sequence + sent) & 0xffff, 2);
  bytes.writeUInt32BE((timestamp + sent * PACKET_BYTES) >>> 0, 4);
  bytes.writeUInt32BE(ssrc, 8);
  const at = sent * PACKET_BYTES;
  const [from, place] = at < sound.length || !after ? [sound, at] : [after, (at - sound.length) % after.length];
  bytes.set(from.subarray(place, place + PACKET_BYTES), 12);
  return bytes;
}
