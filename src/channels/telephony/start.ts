import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { missCallsBefore } from '../../desk/calls/silent-calls.ts';
import { readHouse } from '../../desk/views/call-route.ts';
import type { HouseNow } from '../../desk/views/situation.ts';
import { rotateAccounting } from './accounting.ts';
import { answerCall } from './answer-call.ts';
import { catchUp } from './catch-up.ts';
import type { Switchboard } from './door.ts';
import { followPhone, followPhones } from './follow-phones.ts';
import { type HeldLists, newsOf, writeHeldLists } from './held-lists.ts';
import { type CallMessage, readMessage, readPhone, readStarted } from './message.ts';
import { netstring, netstringReader } from './netstring.ts';
import { recent } from './recent.ts';
import { followMessage } from './take-message.ts';
import { type Turns, takeTurns } from './turns.ts';

const AGAIN_AFTER_MS = 1_000;
/**
 * Sent back at once for whatever comes. Kamailio's evapi leaves Nagle's algorithm on: while something it sent is not
 * acknowledged the next message waits, and a receiver with nothing to say acknowledges after 40 ms (RFC 1122, 4.2.3.2).
 */
const HEARD = netstring('{}');
const LISTS_EVERY_MS = 120_000;

export interface Line {
  isOpen(): boolean;
  /** Says something to Kamailio. Without a connection it is lost. */
  say(value: unknown): void;
  /** Hands Kamailio the lists of this moment, and follows the calls that ended without us. */
  keepUp(): Promise<void>;
  stop(): Promise<void>;
}

type Say = (value: unknown) => void;

/** Keeps a connection to Kamailio, answers its questions and follows its events. Connects again whenever it is cut. */
export function startTelephony(board: Switchboard): Line {
  const { house, door } = board;
  let stopped = false;
  let socket: Socket | undefined;
  let timer: NodeJS.Timeout | undefined;
  const turns = takeTurns();
  const houseNow = recent(() => readHouse({ db: house.db, now: house.clock() }));
  // Never two at once: they write the same files.
  let keeping: Promise<void> = Promise.resolve();
  let held: HeldLists | undefined;
  const keepUp = (answer?: Say) => {
    keeping = keeping.then(async () => {
      held = (await keepLists(board, held, answer)) ?? held;
      await followMissed(board, answer);
      await followPhones(board);
    });
    return keeping;
  };
  // After what its accounting tells of the same calls.
  const missBefore = (startedAt: Date) => {
    keeping = keeping.then(async () => {
      await missCallsBefore(house.transact, startedAt).catch((error) =>
        house.log.error({ err: error }, 'calls from before Kamailio started could not be followed'),
      );
    });
  };
  const open = () => {
    const [host, port] = door.evapi.split(':');
    const read = netstringReader();
    const current = connect(Number(port), host);
    socket = current;
    current.setNoDelay(true);
    const answer = (value: unknown) => void current.write(frame(value));
    current.on('connect', () => {
      // After events that are on their way already; both do nothing when there is nothing to do.
      keepUp(answer);
    });
    current.on('data', (bytes) => {
      current.write(HEARD);
      try {
        for (const payload of read(bytes)) {
          const startedAt = readStarted(payload);
          const phone = readPhone(payload);
          if (startedAt) missBefore(startedAt);
          else if (phone) followPhone(board, phone);
          else takeMessage(board, { houseNow, turns }, payload, answer);
        }
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
  // Kamailio cannot start for the first time before its lists are there.
  keepUp();
  const lists = setInterval(() => {
    if (socket?.readyState === 'open') void line.keepUp();
  }, LISTS_EVERY_MS);
  const line: Line = {
    isOpen: () => socket?.readyState === 'open',
    keepUp: () => keepUp(socket?.readyState === 'open' ? (value) => void socket?.write(frame(value)) : undefined),
    say: (value) => void socket?.write(frame(value)),
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      clearInterval(lists);
      socket?.destroy();
      await keeping;
      await turns.settled();
    },
  };
  return line;
}

const frame = (value: unknown) => netstring(JSON.stringify(value));

/** Hands Kamailio the lists it goes on with when we are silent. Returns what it holds now. */
async function keepLists(
  { house, door }: Switchboard,
  last: HeldLists | undefined,
  answer?: Say,
): Promise<HeldLists | undefined> {
  try {
    const held = await writeHeldLists(house.db, house.clock(), door, last);
    if (held && answer) for (const news of newsOf(held, last)) answer(news);
    return held;
  } catch (error) {
    house.log.error({ err: error }, 'the lists for Kamailio could not be written');
    return undefined;
  }
}

/** Follows the calls that ended without us, and puts Kamailio's accounting of the days before away. */
async function followMissed(board: Switchboard, answer?: Say): Promise<void> {
  const { house, door } = board;
  if (!door.folder) return;
  try {
    const count = await catchUp(board);
    if (answer && (await rotateAccounting(join(door.folder, 'calls'), house.clock()))) answer({ rotate: '1' });
    if (count > 0) house.log.info({ count }, 'calls that ended while nobody listened were followed');
  } catch (error) {
    house.log.error({ err: error }, 'the folder shared with Kamailio could not be used');
  }
}

/** An INVITE is answered at once; what it and every other message leave in the database is written in its turn. */
function takeMessage(
  board: Switchboard,
  { houseNow, turns }: { houseNow: () => Promise<HouseNow>; turns: Turns },
  payload: string,
  answer: (value: unknown) => void,
): void {
  const failed = (error: unknown) => board.house.log.error({ err: error }, 'a telephone event could not be taken');
  try {
    const message = readMessage(payload);
    const { event, id } = message;
    const answered = event === 'invited' ? answerCall(board, houseNow, message, answer) : undefined;
    if (answered) turns.first(answered);
    const work = async () => {
      if (answered) await (await answered)();
      else await board.house.transact((tx) => followMessage(tx, message));
    };
    turns.add({ key: id.slice(0, 32), soon: !OVER.has(event), do: () => work().catch(failed) });
  } catch (error) {
    failed(error);
  }
}

/** A call that is over is owed something, which takes a while to write and which nobody waits for. */
const OVER = new Set<CallMessage['event']>(['cancelled', 'missed']);
