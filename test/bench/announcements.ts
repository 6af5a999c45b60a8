import { createSocket, type Socket } from 'node:dgram';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAnnouncer } from '../../src/channels/telephony/announcer/start.ts';
import { writeWav } from '../../src/core/telephony/wav.ts';
import { createLog } from '../../src/platform/log/log.ts';
import { type Measured, summary } from './measure.ts';

const AT_ONCE = 50;
const SECONDS = 6;
const PROMPT = 'be'.repeat(16);

/** Fifty announcements of six seconds at once: the time between two packets of one of them. `failed`: packets lost. */
export async function announcements(): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-announcements-'));
  await writeFile(join(folder, `${PROMPT}.wav`), writeWav(new Int16Array(8_000 * SECONDS).fill(500)));
  const announcer = await startAnnouncer(createLog('error'), { folder, recordings: folder, mediaAddress: '127.0.0.1' });
  const port = Number(announcer.address()?.split(':')[1]);
  const heard = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => listen(port, index)));
  await announcer.stop();
  await rm(folder, { recursive: true });
  const gaps = heard.flatMap((times) => times.slice(1).map((time, index) => time - (times[index] ?? time)));
  const packets = heard.reduce((sum, times) => sum + times.length, 0);
  return summary(gaps, SECONDS, AT_ONCE * SECONDS * 50 - packets);
}

/** Times at which the packets of one announcement came, until its branch ended. */
async function listen(port: number, index: number): Promise<number[]> {
  const [sip, sound] = [await bound(), await bound()];
  const times: number[] = [];
  sound.on('message', () => void times.push(performance.now()));
  const sdp = `v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio ${sound.address().port} RTP/AVP 8\r\n`;
  const head = [
    `INVITE sip:announcer@127.0.0.1:${port} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${sip.address().port};branch=z9hG4bK${index}`,
    `From: <sip:k@127.0.0.1>;tag=${index}`,
    'To: <sip:announcer@127.0.0.1>',
    `Call-ID: ${index}@bench`,
    'CSeq: 1 INVITE',
    `X-Prompt: ${PROMPT}`,
    `Content-Length: ${sdp.length}`,
  ];
  sip.send(`${head.join('\r\n')}\r\n\r\n${sdp}`, port, '127.0.0.1');
  await new Promise<void>((resolve) => {
    sip.on('message', (bytes) => {
      if (bytes.toString('latin1').startsWith('SIP/2.0 480')) resolve();
    });
  });
  sip.close();
  sound.close();
  return times;
}

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return socket;
}
