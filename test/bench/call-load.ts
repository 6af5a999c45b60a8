import { createSocket } from 'node:dgram';
import { setTimeout as pause } from 'node:timers/promises';
import { type Measured, summary } from './measure.ts';

export interface CallLoad {
  /** Where calls are sent on loopback. */
  port: number;
  /** Who calls: one after the other, from the beginning again when they are used up. */
  callers: readonly string[];
  perSecond: number;
  seconds: number;
  /** How long a caller hears it ring before they hang up: 300 when left out. */
  ringsMs?: number;
  /** Told of each call as it begins. */
  noteBegin?(from: string): void;
}

const RINGS_MS = 300;
const PATIENCE_MS = 5_000;

/**
 * Calls at a steady rate: each waits for the first ring (180 or 183), hangs up and takes the end. Times to that ring;
 * `failed`: calls without one, or without an end. Our own caller, because sipp's clock goes in steps of 4 ms.
 */
export async function callLoad({
  port,
  callers,
  perSecond,
  seconds,
  ringsMs = RINGS_MS,
  noteBegin,
}: CallLoad): Promise<Measured> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4_000_000 });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const own = socket.address().port;
  const run = `${process.pid}-${Math.round(performance.now())}`;
  const calls = new Map<string, { from: string; began: number; rang?: number; over?: boolean }>();
  const send = (message: string) => socket.send(message, port, '127.0.0.1');
  const request = (method: string, id: string, { toTag = '', sdp = '' } = {}) =>
    [
      `${method} sip:0800000000@127.0.0.1:${port} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${own};branch=z9hG4bK${id}`,
      `From: <sip:${calls.get(id)?.from}@127.0.0.1>;tag=${id}`,
      `To: <sip:0800000000@127.0.0.1>${toTag}`,
      `Call-ID: ${id}@bench`,
      `CSeq: 1 ${method}`,
      'Max-Forwards: 70',
      ...(sdp ? [`Contact: <sip:c@127.0.0.1:${own}>`, 'Content-Type: application/sdp'] : []),
      `Content-Length: ${sdp.length}`,
      '',
      sdp,
    ].join('\r\n');
  socket.on('message', (bytes) => {
    const now = performance.now();
    const text = bytes.toString('latin1');
    const id = /^Call-ID: (\S+)@bench/im.exec(text)?.[1] ?? '';
    const call = calls.get(id);
    if (!call || !/^CSeq: 1 INVITE/im.test(text)) return;
    const status = Number(text.slice(8, 11));
    if ((status === 180 || status === 183) && call.rang === undefined) {
      call.rang = now;
      setTimeout(() => send(request('CANCEL', id)), ringsMs);
    }
    if (status < 300) return;
    call.over = true;
    send(request('ACK', id, { toTag: /^To: .*?(;tag=\S+)/im.exec(text)?.[1] }));
  });
  const total = perSecond * seconds;
  const started = performance.now();
  for (let count = 0; count < total; count++) {
    const wait = started + (count * 1_000) / perSecond - performance.now();
    if (wait > 1) await pause(wait);
    const id = `${count}.${run}`;
    const from = callers[count % callers.length] ?? 'anonymous';
    calls.set(id, { from, began: performance.now() });
    noteBegin?.(from);
    send(request('INVITE', id, { sdp: SDP }));
  }
  for (let waited = 0; waited < PATIENCE_MS && [...calls.values()].some(({ over }) => !over); waited += 50)
    await pause(50);
  socket.close();
  const went = [...calls.values()].flatMap(({ began, rang, over }) => (rang && over ? rang - began : []));
  return summary(went, seconds, total - went.length);
}

const SDP = 'v=0\r\no=c 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8\r\n';
