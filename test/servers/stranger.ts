import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect } from 'node:tls';

/** A request as any program could write it. `via` and `from` say where it claims to come from. */
export function written(
  method: string,
  uri: string,
  at: { via: string; from: string; headers?: readonly string[] },
): string {
  const lines = [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/${at.via};branch=z9hG4bK${randomUUID()}`,
    `From: <sip:${at.from}@example.org>;tag=${randomUUID().slice(0, 8)}`,
    `To: <${uri}>`,
    `Call-ID: ${randomUUID()}`,
    `CSeq: 1 ${method}`,
    `Contact: <sip:c@127.0.0.1:9>`,
    'Max-Forwards: 70',
    ...(at.headers ?? []),
    'Content-Length: 0',
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** Sends so many requests from a loopback address, as fast as it can; the codes of the final answers within the time. */
export async function burst(
  port: number,
  from: string,
  { method, count, waitMs }: { method: string; count: number; waitMs: number },
): Promise<number[]> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, from, resolve));
  const codes = new Map<string, number>();
  socket.on('message', (bytes) => {
    const text = bytes.toString('latin1');
    const code = Number(text.slice(8, 11));
    if (code >= 200) codes.set(/^Call-ID: (.*?)\r?$/im.exec(text)?.[1] ?? '', code);
  });
  const via = `UDP ${from}:${socket.address().port}`;
  for (let n = 0; n < count; n++)
    socket.send(written(method, `sip:0800000000@127.0.0.1:${port}`, { via, from: '+33639980097' }), port, '127.0.0.1');
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  socket.close();
  return [...codes.values()];
}

/** A call over TLS that is hung up as soon as it is answered: the codes that were heard, and the way back that was recorded. */
export async function callOverTls(port: number, from: string): Promise<{ codes: number[]; recorded: string }> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
  const uri = `sip:0800000000@127.0.0.1:${port};transport=tls`;
  const invite = written('INVITE', uri, { via: `TLS 127.0.0.1:${socket.localPort}`, from });
  const codes: number[] = [];
  let recorded = '';
  const line = (text: string, name: string) =>
    [...text.matchAll(new RegExp(`^${name}: *(.*?)\\r?$`, 'gim'))].map((found) => found[1] ?? '');
  const within = (method: string, answer: string) => {
    const [via, call] = [
      `Via: SIP/2.0/TLS 127.0.0.1:${socket.localPort};branch=z9hG4bK${randomUUID()}`,
      line(invite, 'Call-ID')[0],
    ];
    const routes = line(answer, 'Record-Route')
      .toReversed()
      .map((each) => `Route: ${each}`);
    const target = /<([^>]+)>/.exec(line(answer, 'Contact')[0] ?? '')?.[1] ?? uri;
    const head = [
      `${method} ${target} SIP/2.0`,
      via,
      ...routes,
      `From: ${line(invite, 'From')[0]}`,
      `To: ${line(answer, 'To')[0]}`,
    ];
    return `${[...head, `Call-ID: ${call}`, `CSeq: ${method === 'ACK' ? 1 : 2} ${method}`, 'Max-Forwards: 70', 'Content-Length: 0'].join('\r\n')}\r\n\r\n`;
  };
  await new Promise<void>((resolve) => {
    setTimeout(resolve, 5_000).unref();
    let rest = '';
    socket.on('data', (bytes) => {
      rest += bytes.toString('latin1');
      for (let next = firstMessage(rest); next; next = firstMessage(rest)) {
        rest = rest.slice(next.length);
        const code = Number(next.slice(8, 11));
        codes.push(code);
        if (code === 200 && /^CSeq: 1 /im.test(next)) {
          recorded = line(next, 'Record-Route').join(' ');
          socket.write(within('ACK', next));
          socket.write(within('BYE', next));
        } else if (code >= 200) resolve();
      }
    });
    socket.write(invite);
  });
  socket.destroy();
  return { codes, recorded };
}

/** The first whole message of a stream, if there is one. */
function firstMessage(stream: string): string {
  const end = stream.indexOf('\r\n\r\n');
  if (end < 0) return '';
  const length = Number(/^Content-Length: *(\d+)/im.exec(stream)?.[1] ?? 0);
  return stream.length < end + 4 + length ? '' : stream.slice(0, end + 4 + length);
}
