import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

/** How the server behaves at one step; `hang` never answers, `drop` breaks the connection off. */
export type Behaviour = string | 'hang' | 'drop';

/** A receiving SMTP server that misbehaves on purpose and keeps what it was given. */
export interface ScriptedSmtp {
  url: string;
  /** The next connections follow these, then everything is accepted. Keys: greeting, MAIL, RCPT, DATA, dot. */
  behave(...scripts: Partial<Record<'greeting' | 'MAIL' | 'RCPT' | 'DATA' | 'dot', Behaviour>>[]): void;
  /** Messages handed over in full, with their envelope, whatever was answered. */
  received: { from: string; to: string[]; raw: string }[];
  stop(): Promise<void>;
}

export async function startScriptedSmtp(): Promise<ScriptedSmtp> {
  const scripts: Parameters<ScriptedSmtp['behave']>[number][] = [];
  const received: ScriptedSmtp['received'] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    converse(socket, scripts.shift() ?? {}, received).catch(() => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    behave: (...more) => void scripts.push(...more),
    received,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

type Script = Parameters<ScriptedSmtp['behave']>[number];

async function converse(socket: Socket, script: Script, received: ScriptedSmtp['received']): Promise<void> {
  const answer = (step: keyof Script, usual: string): boolean => {
    const behaviour = script[step] ?? usual;
    if (behaviour === 'drop') socket.resetAndDestroy();
    else if (behaviour !== 'hang') socket.write(`${behaviour}\r\n`);
    return behaviour === usual;
  };
  if (!answer('greeting', '220 test')) return;
  let mail = { from: '', to: [] as string[], raw: '' };
  let inData = false;
  let held = '';
  for await (const chunk of socket.setEncoding('latin1')) {
    held += chunk;
    for (let next = take(); next !== undefined; next = take()) step(next);
  }

  function take(): string | undefined {
    const end = inData ? '\r\n.\r\n' : '\r\n';
    const at = held.indexOf(end);
    if (at < 0) return undefined;
    const taken = held.slice(0, at);
    held = held.slice(at + end.length);
    return taken;
  }

  function step(line: string): void {
    if (inData) {
      received.push({ ...mail, raw: `${line.replace(/^\.\./gm, '.')}\r\n` });
      mail = { from: '', to: [], raw: '' };
      inData = false;
      answer('dot', '250 taken');
    } else if (/^(EHLO|HELO)/i.test(line)) socket.write('250-test\r\n250 8BITMIME\r\n');
    else if (/^MAIL/i.test(line)) {
      mail.from = /<(.*)>/.exec(line)?.[1] ?? '?';
      answer('MAIL', '250 ok');
    } else if (/^RCPT/i.test(line)) {
      mail.to.push(/<(.*)>/.exec(line)?.[1] ?? '?');
      answer('RCPT', '250 ok');
    } else if (/^DATA/i.test(line)) inData = answer('DATA', '354 go on');
    else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
    else socket.write('250 ok\r\n');
  }
}
