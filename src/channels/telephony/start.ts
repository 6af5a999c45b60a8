import { connect, type Socket } from 'node:net';
import type { House } from '../../desk/house.ts';
import type { Switchboard } from './door.ts';
import { netstring, netstringReader } from './netstring.ts';
import { takeMessage } from './take-message.ts';

const AGAIN_AFTER_MS = 1_000;

/** Keeps a connection to Kamailio, answers its questions and follows its events. Connects again whenever it is cut. */
export function startTelephony(board: Switchboard): { stop(): Promise<void> } {
  const { house, door } = board;
  let stopped = false;
  let socket: Socket | undefined;
  let timer: NodeJS.Timeout | undefined;
  const working = new Map<string, Promise<void>>();
  const open = () => {
    const [host, port] = door.evapi.split(':');
    const read = netstringReader();
    const current = connect(Number(port), host);
    socket = current;
    current.setNoDelay(true);
    const answer = (value: unknown) => void current.write(netstring(JSON.stringify(value)));
    current.on('data', (bytes) => {
      try {
        for (const payload of read(bytes))
          inTurn(working, payload, (text) => takeMessage(board, text, answer), house.log);
      } catch (error) {
        house.log.error({ err: error }, 'Kamailio sent what is no message; connecting again');
        current.destroy();
      }
    });
    current.on('error', (error) => house.log.warn({ err: error }, 'no connection to Kamailio; trying again'));
    current.on('close', () => {
      if (!stopped) timer = setTimeout(open, AGAIN_AFTER_MS);
    });
  };
  open();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      socket?.destroy();
      await Promise.allSettled(working.values());
    },
  };
}

/** Messages of one call are taken one after the other, those of different calls at once. */
function inTurn(
  working: Map<string, Promise<void>>,
  payload: string,
  take: (payload: string) => Promise<void>,
  log: House['log'],
): void {
  const key = /"id":"([0-9a-f]{32})/.exec(payload)?.[1] ?? '';
  const next = (working.get(key) ?? Promise.resolve())
    .then(() => take(payload))
    .catch((error: unknown) => log.error({ err: error }, 'a telephone event could not be taken'))
    .finally(() => {
      if (working.get(key) === next) working.delete(key);
    });
  working.set(key, next);
}
