import { connect, type Socket } from 'node:net';

/** An SMTP client that does exactly what it is told, also what no client should. */
export interface RawClient {
  /** Sends a line and returns the whole answer. */
  say(line: string): Promise<string>;
  /** Sends bytes as they are, without waiting. */
  send(bytes: Buffer | string): void;
  /** The next whole answer. */
  answer(): Promise<string>;
  /** Breaks the connection off. */
  hangUp(): Promise<void>;
}

/** Connects and waits for the greeting. */
export async function smtpClient(port: number): Promise<RawClient> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  const answers = answersOf(socket);
  await answers.next();
  const answer = async () => (await answers.next()).value ?? '';
  return {
    answer,
    send: (bytes) => void socket.write(bytes),
    say: (line) => {
      socket.write(`${line}\r\n`);
      return answer();
    },
    hangUp: () =>
      new Promise((resolve) => {
        if (socket.destroyed) return resolve();
        socket.once('close', () => resolve());
        socket.resetAndDestroy();
      }),
  };
}

/** Opens a mail to one recipient, up to the point where the bytes of the message are awaited. */
export async function openMail(client: RawClient, from: string, to: string): Promise<void> {
  await client.say('EHLO client.example.org');
  await client.say(`MAIL FROM:<${from}>`);
  await client.say(`RCPT TO:<${to}>`);
  await client.say('DATA');
}

/** Hands over a message as a client must: lines that begin with a dot get another one. Returns the server's answer. */
export async function deliver(port: number, raw: Buffer, from: string, to: string): Promise<string> {
  const client = await smtpClient(port);
  await openMail(client, from, to);
  client.send(dotStuffed(raw));
  const answer = await client.answer();
  await client.hangUp();
  return answer;
}

/** The message with its dots doubled and the final dot. The message must have CRLF line ends. */
export function dotStuffed(raw: Buffer): Buffer {
  const text = raw.toString('latin1').replace(/(^|\n)\./g, '$1..');
  return Buffer.from(`${text}${text.endsWith('\r\n') || text === '' ? '' : '\r\n'}.\r\n`, 'latin1');
}

/** Answers of the server, one by one: a multi-line answer ends with the line that has a space after its code. */
async function* answersOf(socket: Socket): AsyncGenerator<string, string> {
  let held = '';
  try {
    for await (const chunk of socket) {
      held += String(chunk);
      for (let end = endOf(held); end > 0; end = endOf(held)) {
        yield held.slice(0, end).trimEnd();
        held = held.slice(end);
      }
    }
  } catch {
    return '';
  }
  return '';
}

function endOf(held: string): number {
  const last = /^\d{3}(?: .*)?\r\n/m.exec(held);
  return last ? last.index + last[0].length : 0;
}
