import { createSocket } from 'node:dgram';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { createLog } from '../../../platform/log/log.ts';
import { startAnnouncer } from './start.ts';

test('its refusal is said again until it is acknowledged, and an INVITE that comes again is the same call', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-announcer-'));
  const recordings = join(folder, 'recordings');
  const announcer = await startAnnouncer(createLog('silent'), { folder, recordings, mediaAddress: '127.0.0.1' });
  const port = Number(announcer.address()?.split(':')[1]);
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const answers: string[] = [];
  socket.on('message', (bytes) => void answers.push(bytes.toString()));
  const say = (method: string) => {
    const lines = [
      `${method} sip:announcer@127.0.0.1:${port} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${socket.address().port};branch=z9hG4bKrepeats`,
      'From: <sip:c@127.0.0.1>;tag=a',
      'To: <sip:announcer@127.0.0.1>',
      'Call-ID: repeats@example.org',
      `CSeq: 1 ${method}`,
      // No such sentence lies there.
      'X-Prompt: 0123456789abcdef',
    ];
    const body = method === 'INVITE' ? SDP : '';
    socket.send(`${lines.join('\r\n')}\r\nContent-Length: ${body.length}\r\n\r\n${body}`, port, '127.0.0.1');
  };
  try {
    say('INVITE');
    await vi.waitFor(() => expect(answers.length).toBeGreaterThan(2), { timeout: 8_000, interval: 50 });
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^SIP\/2\.0 480 /);
    say('ACK');
    await pause(200);
    const told = answers.length;
    await pause(1_300);
    expect(answers).toHaveLength(told);
    say('INVITE');
    await vi.waitFor(() => expect(answers).toHaveLength(told + 1), { timeout: 4_000, interval: 20 });
    // The same tag: no second call was begun.
    expect(new Set(answers).size).toBe(1);
  } finally {
    socket.close();
    await announcer.stop();
  }
});

const SDP = [
  'v=0',
  'o=u 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 40002 RTP/AVP 8',
  '',
].join('\r\n');
