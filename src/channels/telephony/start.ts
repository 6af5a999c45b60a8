import { connect, type Socket } from 'node:net';
import type { House } from '../../desk/house.ts';
import { catchUp } from './catch-up.ts';
import type { Switchboard } from './door.ts';
import { writeHeldLists } from './held-lists.ts';
import { netstring, netstringReader } from './netstring.ts';
import { takeMessage } from './take-message.ts';

const AGAIN_AFTER_MS = 1_000;
const LISTS_EVERY_MS = 120_000;

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
    current.on('connect', () => {
      // After events that are on their way already; both do nothing when there is nothing to do.
      void keepUp(board, answer);
    });
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
  const lists = setInterval(() => {
    if (socket?.readyState === 'open') void keepUp(board, (value) => socket?.write(netstring(JSON.stringify(value))));
  }, LISTS_EVERY_MS);
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      clearInterval(lists);
      socket?.destroy();
      await Promise.allSettled(working.values());
    },
  };
}

/** Hands Kamailio the lists it goes on with when we are silent, and follows the calls that ended without us. */
async function keepUp(board: Switchboard, answer: (value: unknown) => void): Promise<void> {
  const { house, door } = board;
  if (!door.folder) return;
  try {
    await writeHeldLists(house.db, house.clock(), door);
    answer({ reload: '1' });
    const count = await catchUp(board);
    if (count > 0) house.log.info({ count }, 'calls that ended while nobody listened were followed');
  } catch (error) {
    house.log.error({ err: error }, 'the folder shared with Kamailio could not be used');
  }
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
