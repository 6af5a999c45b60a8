import { createSocket } from 'node:dgram';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { writeWav } from '../../../core/telephony/wav.ts';
import { createLog } from '../../../platform/log/log.ts';
import { startAnnouncer } from './start.ts';

const SENTENCE = '0123456789abcdef';

/** An announcer with one sentence, and one who speaks SIP to it by hand: what is said goes out, and the answers are kept. */
async function speakTo(options: { keptMs?: number } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-announcer-'));
  writeFileSync(join(folder, `${SENTENCE}.wav`), writeWav(new Int16Array(1_600)));
  const place = { folder, recordings: join(folder, 'recordings'), mediaAddress: '127.0.0.1' };
  const announcer = await startAnnouncer(createLog('silent'), { ...place, ...options });
  const port = Number(announcer.address()?.split(':')[1]);
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const answers: string[] = [];
  socket.on('message', (bytes) => void answers.push(bytes.toString()));
  onTestFinished(async () => {
    socket.close();
    await announcer.stop();
  });
  const say = (method: string, call: string, headers: readonly string[] = []) => {
    const lines = [
      `${method} sip:announcer@127.0.0.1:${port} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${socket.address().port};branch=z9hG4bK${call}`,
      'From: <sip:c@127.0.0.1>;tag=a',
      'To: <sip:announcer@127.0.0.1>',
      `Call-ID: ${call}@example.org`,
      `CSeq: 1 ${method}`,
      ...headers,
    ];
    const body = method === 'INVITE' ? SDP : '';
    socket.send(`${lines.join('\r\n')}\r\nContent-Length: ${body.length}\r\n\r\n${body}`, port, '127.0.0.1');
  };
  const answersTo = (call: string) => answers.filter((answer) => answer.includes(`Call-ID: ${call}@`));
  return { announcer, say, answersTo };
}

test('its refusal is said again until it is acknowledged, and an INVITE that comes again is the same call', async () => {
  const { say, answersTo } = await speakTo();
  const answers = () => answersTo('repeats');
  // No such sentence lies there.
  const invite = () => say('INVITE', 'repeats', ['X-Prompt: fedcba9876543210']);
  invite();
  await vi.waitFor(() => expect(answers().length).toBeGreaterThan(2), { timeout: 8_000, interval: 50 });
  expect(new Set(answers()).size).toBe(1);
  expect(answers()[0]).toMatch(/^SIP\/2\.0 480 /);
  say('ACK', 'repeats');
  await pause(200);
  const told = answers().length;
  await pause(1_300);
  expect(answers()).toHaveLength(told);
  invite();
  await vi.waitFor(() => expect(answers()).toHaveLength(told + 1), { timeout: 4_000, interval: 20 });
  // The same tag: no second call was begun.
  expect(new Set(answers()).size).toBe(1);
});

test('however long somebody waits, they are put through, and hanging up ends it; over, it is forgotten', async () => {
  const { announcer, say, answersTo } = await speakTo({ keptMs: 200 });
  const wait = (call: string) => say('INVITE', call, [`X-Prompt: ${SENTENCE}`, `X-Waits: ${call}`, 'X-Play-Ms: 60000']);
  const statuses = (call: string) => answersTo(call).map((answer) => answer.split('\r\n')[0]);
  const heard = (call: string, status: string) =>
    vi.waitFor(() => expect(statuses(call)).toContain(`SIP/2.0 ${status}`), { timeout: 4_000, interval: 20 });
  for (const call of ['through', 'cancelled']) {
    wait(call);
    await heard(call, '183 Session Progress');
  }
  // Three times as long as what is over is kept.
  await pause(600);
  announcer.putThrough('through');
  await heard('through', '480 Announcement Ended');
  say('CANCEL', 'cancelled');
  await heard('cancelled', '487 Request Terminated');
  for (const call of ['through', 'cancelled']) say('ACK', call);
  await pause(600);
  say('CANCEL', 'through');
  await heard('through', '481 Call/Transaction Does Not Exist');
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
