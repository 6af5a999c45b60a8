import { connect, type Socket } from 'node:net';
import { netstring, netstringReader } from './netstring.ts';

const AGAIN_AFTER_MS = 1_000;
/**
 * Sent back at once for whatever comes. Kamailio's evapi leaves Nagle's algorithm on: while something it sent is not
 * acknowledged the next message waits, and a receiver with nothing to say acknowledges after 40 ms (RFC 1122, 4.2.3.2).
 */
const HEARD = netstring('{}');

export interface Evapi {
  /** Without a connection it is lost. */
  say(value: unknown): void;
  stop(): void;
}

export interface Hearing {
  connected(): void;
  cut(): void;
  /** One message, with the way to answer who sent it. Throws when it is none: then the connection is made anew. */
  heard(payload: string, answer: (value: unknown) => void): void;
  trouble(words: string, error: unknown, harmless: boolean): void;
}

/** Keeps a connection to Kamailio; whenever it is cut, connects again. */
export function connectEvapi(address: string, hearing: Hearing): Evapi {
  const [host, port] = address.split(':');
  let stopped = false;
  let socket: Socket | undefined;
  let timer: NodeJS.Timeout | undefined;
  const open = () => {
    const read = netstringReader();
    const current = connect(Number(port), host);
    socket = current;
    current.setNoDelay(true);
    const answer = (value: unknown) => void current.write(frame(value));
    current.on('connect', hearing.connected);
    current.on('data', (bytes) => {
      current.write(HEARD);
      try {
        for (const payload of read(bytes)) hearing.heard(payload, answer);
      } catch (error) {
        hearing.trouble('Kamailio sent what is no message; connecting again', error, false);
        current.destroy();
      }
    });
    current.on('error', (error) => hearing.trouble('no connection to Kamailio; trying again', error, true));
    current.on('close', () => {
      hearing.cut();
      if (!stopped) timer = setTimeout(open, AGAIN_AFTER_MS);
    });
  };
  open();
  return {
    say: (value) => {
      if (socket?.readyState === 'open') socket.write(frame(value));
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      socket?.destroy();
    },
  };
}

const frame = (value: unknown) => netstring(JSON.stringify(value));
