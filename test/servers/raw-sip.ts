import { createSocket } from 'node:dgram';
import { setTimeout as pause } from 'node:timers/promises';

/** Sends one datagram from a loopback address to a Kamailio, as it is written; every answer that comes within the time. */
export async function sendRaw(
  datagram: string,
  at: { port: number; from?: string; waitMs?: number },
): Promise<string[]> {
  const { port, from = '127.0.0.1', waitMs = 300 } = at;
  const socket = createSocket('udp4');
  const answers: string[] = [];
  socket.on('message', (bytes) => void answers.push(bytes.toString('latin1')));
  await new Promise<void>((resolve) => socket.bind(0, from, resolve));
  const own = `${from}:${socket.address().port}`;
  await new Promise((resolve) =>
    socket.send(Buffer.from(datagram.replaceAll('{own}', own), 'latin1'), port, '127.0.0.1', resolve),
  );
  for (let waited = 0; waited < waitMs && !answers.some(isFinal); waited += 20) await pause(20);
  socket.close();
  return answers;
}

/** The codes of answers. */
export const codesOf = (answers: readonly string[]): number[] => answers.map((answer) => Number(answer.slice(8, 11)));

const isFinal = (answer: string) => Number(answer.slice(8, 11)) >= 200;

/** A message of SIP: its lines, an empty one, its body. `{own}` stands for the address it is sent from. */
export function sipText(lines: readonly string[], body = ''): string {
  return `${[...lines, `Content-Length: ${body.length}`].join('\r\n')}\r\n\r\n${body}`;
}
