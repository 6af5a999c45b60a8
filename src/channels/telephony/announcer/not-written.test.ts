import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { writeWav } from '../../../core/telephony/wav.ts';
import { createLog } from '../../../platform/log/log.ts';
import { startAnnouncer } from './start.ts';

const PROMPT = '0123456789abcdef';
const patience = { timeout: 20_000, interval: 20 };

test('a message that can no longer be written: its caller is hung up on and the operator is told once; an announcement to another caller is heard to its end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-not-written-'));
  const recordings = join(folder, 'recordings');
  // Eight seconds: the other caller has spoken and is cut off long before.
  writeFileSync(join(folder, `${PROMPT}.wav`), writeWav(new Int16Array(64_000)));
  const troubles: [facts: unknown, words: string][] = [];
  const log = createLog('silent');
  log.error = ((facts: unknown, words: string) => void troubles.push([facts, words])) as typeof log.error;
  const announcer = await startAnnouncer(log, { folder, recordings, mediaAddress: '127.0.0.1' });
  const port = Number(announcer.address()?.split(':')[1]);
  const talking = await callerAt(port, 'talking@example.org');
  const listening = await callerAt(port, 'listening@example.org');
  try {
    talking.say('INVITE', ['X-Voicemail: cafe0001']);
    await vi.waitFor(() => expect(talking.heard.some((each) => each.startsWith('SIP/2.0 200'))).toBe(true), patience);
    talking.say('ACK');
    listening.say('INVITE', [`X-Prompt: ${PROMPT}`]);
    await talking.speak(1_200);
    rmSync(recordings, { recursive: true });
    await talking.speak(1_000);
    await vi.waitFor(() => expect(talking.heard.some((each) => each.startsWith('BYE '))).toBe(true), patience);
    expect(listening.heard.every((each) => each.startsWith('SIP/2.0 183'))).toBe(true);
    const ended = /^SIP\/2\.0 480 .*X-Played-Ms: (\d+)/s;
    await vi.waitFor(() => expect(listening.heard.some((each) => ended.test(each))).toBe(true), patience);
    listening.say('ACK');
    const played = listening.heard.map((each) => ended.exec(each)?.[1]).find(Boolean);
    expect(played).toBe('8000');
    expect(listening.packets()).toBe(400);
    expect(troubles).toMatchObject([
      [{ folder: recordings }, expect.stringMatching(/voice message could not be written/)],
    ]);
    // The next one finds a folder again.
    const next = await callerAt(port, 'next@example.org');
    next.say('INVITE', ['X-Voicemail: cafe0002']);
    await vi.waitFor(() => expect(next.heard.some((each) => each.startsWith('SIP/2.0 200'))).toBe(true), patience);
    next.say('ACK');
    await next.speak(1_500);
    next.say('BYE');
    await vi.waitFor(() => expect(next.heard.some((each) => each.includes('CSeq: 1 BYE'))).toBe(true), patience);
    next.close();
    expect(troubles).toHaveLength(1);
  } finally {
    talking.close();
    listening.close();
    await announcer.stop();
  }
});

/** A caller as Kamailio passes one on: what they hear of SIP, and packets of sound both ways. */
async function callerAt(port: number, callId: string) {
  const sip = createSocket('udp4');
  const sound = createSocket('udp4');
  const heard: string[] = [];
  let packets = 0;
  sip.on('message', (bytes) => void heard.push(bytes.toString()));
  sound.on('message', () => {
    packets += 1;
  });
  for (const socket of [sip, sound]) await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const own = `127.0.0.1:${sip.address().port}`;
  const sdp = [
    ...['v=0', 'o=u 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'],
    ...[`m=audio ${sound.address().port} RTP/AVP 8`, ''],
  ].join('\r\n');
  let said = 0;
  return {
    heard,
    packets: () => packets,
    say: (method: string, more: readonly string[] = []) => {
      const body = method === 'INVITE' ? sdp : '';
      const lines = [
        `${method} sip:announcer@127.0.0.1:${port} SIP/2.0`,
        `Via: SIP/2.0/UDP ${own};branch=z9hG4bK${callId}`,
        `From: <sip:c@127.0.0.1>;tag=a`,
        'To: <sip:announcer@127.0.0.1>',
        `Contact: <sip:c@${own}>`,
        `Call-ID: ${callId}`,
        `CSeq: 1 ${method}`,
        ...more,
        `Content-Length: ${body.length}`,
      ];
      sip.send(`${lines.join('\r\n')}\r\n\r\n${body}`, port, '127.0.0.1');
    },
    /** Talks for so long to whoever answered. */
    speak: async (ms: number) => {
      const to = Number(/m=audio (\d+)/.exec(heard.find((each) => each.startsWith('SIP/2.0 200')) ?? '')?.[1]);
      for (let spoken = 0; spoken < ms; spoken += 20) {
        const packet = Buffer.alloc(172, 1);
        packet.writeUInt16BE(0x8008, 0);
        said += 160;
        packet.writeUInt32BE(said, 4);
        sound.send(packet, to, '127.0.0.1');
        await pause(20);
      }
    },
    close: () => {
      sip.close();
      sound.close();
    },
  };
}
