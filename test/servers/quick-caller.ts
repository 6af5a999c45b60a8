import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';

/** How a call went, as its caller saw it. */
export type Seen = 'answered' | 'cancelled' | 'refused';

/**
 * A caller who hangs up so many milliseconds after the first ring (180), or after the first sound of an offer (183): with a
 * CANCEL while nobody has answered, and with a BYE when an answer comes all the same, as RFC 3261 (9.1 and 13.2.2.4) asks.
 * sipp follows one list of steps and cannot.
 */
export async function hangUpQuickly(port: number, from: string, after: 180 | 183, afterMs: number): Promise<Seen> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  try {
    return await inTime(converse(socket, { port, from, after, afterMs }));
  } finally {
    socket.close();
  }
}

const MOST_MS = 15_000;

function inTime<Value>(work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the call did not end')), MOST_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

interface Haste {
  port: number;
  from: string;
  after: 180 | 183;
  afterMs: number;
}

function converse(socket: Socket, { port, from, after, afterMs }: Haste): Promise<Seen> {
  const own = socket.address().port;
  const target = `sip:0800000000@127.0.0.1:${port}`;
  const callId = randomBytes(8).toString('hex');
  const via = () => `Via: SIP/2.0/UDP 127.0.0.1:${own};branch=z9hG4bK${randomBytes(6).toString('hex')}`;
  const first = via();
  const fromLine = `From: <sip:${from}@127.0.0.1>;tag=${callId}`;
  const to = `To: <${target}>`;
  const send = (lines: readonly string[], body = '') =>
    socket.send(
      [...lines, `Call-ID: ${callId}`, 'Max-Forwards: 70', `Content-Length: ${body.length}`, '', body].join('\r\n'),
      port,
      '127.0.0.1',
    );
  const contact = `Contact: <sip:c@127.0.0.1:${own}>`;
  send(
    [`INVITE ${target} SIP/2.0`, first, fromLine, to, 'CSeq: 1 INVITE', contact, 'Content-Type: application/sdp'],
    SDP,
  );
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const cancel = () => send([`CANCEL ${target} SIP/2.0`, first, fromLine, to, 'CSeq: 1 CANCEL']);
    socket.on('message', (bytes) => {
      const answer = bytes.toString('latin1');
      const code = Number(/^SIP\/2\.0 (\d+)/.exec(answer)?.[1]);
      const [, method] = /^CSeq: \d+ (\w+)/im.exec(answer) ?? [];
      const toLine = /^To:.*$/im.exec(answer)?.[0] ?? to;
      if (method === 'BYE' && code >= 200) resolve('answered');
      if (method !== 'INVITE') return;
      if (code >= 200) clearTimeout(timer);
      if (code === after) timer ??= setTimeout(cancel, afterMs);
      if (code >= 200 && code < 300) {
        const routes = [...answer.matchAll(/^Record-Route:(.*)$/gim)].map(([, route]) => `Route:${route}`).reverse();
        const [, uri = target] = /^Contact:\s*<([^>]+)>/im.exec(answer) ?? [];
        send([`ACK ${uri} SIP/2.0`, via(), ...routes, fromLine, toLine, 'CSeq: 1 ACK']);
        send([`BYE ${uri} SIP/2.0`, via(), ...routes, fromLine, toLine, 'CSeq: 2 BYE']);
      }
      if (code >= 300) {
        send([`ACK ${target} SIP/2.0`, first, fromLine, toLine, 'CSeq: 1 ACK']);
        resolve(code === 487 ? 'cancelled' : 'refused');
      }
    });
  });
}

const SDP = [
  'v=0',
  'o=u 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 40002 RTP/AVP 8 0',
  '',
].join('\r\n');
