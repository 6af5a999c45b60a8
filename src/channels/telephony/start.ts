import { join } from 'node:path';
import { holidaysFound } from '../../desk/areas/holidays.ts';
import { missCallsBefore } from '../../desk/calls/silent-calls.ts';
import { STANDARD_VOICE } from '../../platform/speak.ts';
import { rotateAccounting } from './accounting.ts';
import { catchUp } from './catch-up.ts';
import type { Switchboard } from './door.ts';
import { followPhone, followPhones } from './follow-phones.ts';
import { type HeldLists, MOST_NUMBERS, newsOf, numbersAreLeftOut, writeHeldLists } from './held-lists.ts';
import type { FromLine, ToLine } from './line/port.ts';
import { startLine } from './line/start.ts';
import { startQueue } from './put-through.ts';
import { writeDownCalls } from './write-down.ts';

const LISTS_EVERY_MS = 120_000;

export interface Line {
  isOpen(): boolean;
  /** Says something to Kamailio. Without a connection it is lost. */
  say(value: unknown): void;
  /** Hands Kamailio the lists of this moment, and follows the calls that ended without us. */
  keepUp(): Promise<void>;
  /** What advisors recorded was read again. */
  recordedRead(): void;
  /** Visavis ends: from now on it only listens. */
  leave(): void;
  stop(): Promise<void>;
}

export interface LineOptions {
  databaseUrl: string;
  voice?: readonly string[] | undefined;
  /** Where a test keeps the time. */
  time?: SharedArrayBuffer | undefined;
}

/**
 * Has a thread of its own answer Kamailio's questions (`line/`), and writes down here what calls leave. Tells the thread
 * what it needs, and Kamailio the lists it goes on with without us.
 */
export async function startTelephony(board: Switchboard, options: LineOptions): Promise<Line> {
  const { house, door, announcer, speech, ownSentences } = board;
  let isOpen = false;
  const queue = startQueue(board, (value) => thread.tell({ kind: 'say', values: [value] }));
  const calls = writeDownCalls(house, queue.look);
  // Never two at once: they write the same files.
  let keeping: Promise<void> = Promise.resolve();
  let held: HeldLists | undefined;
  const keepUp = () => {
    keeping = keeping.then(async () => {
      const say: Say | undefined = isOpen ? (...values) => thread.tell({ kind: 'say', values }) : undefined;
      held = (await keepLists(board, held, say)) ?? held;
      await followMissed(board, say);
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
  const heard = (said: FromLine) => {
    if (said.kind === 'connected') isOpen = true;
    if (said.kind === 'cut') isOpen = false;
    // After events that are on their way already; both do nothing when there is nothing to do.
    if (said.kind === 'connected') void keepUp();
    // Whoever waited while nobody looked.
    if (said.kind === 'connected') queue.look();
    if (said.kind === 'started') missBefore(said.at);
    if (said.kind === 'house') calls.keepState(said);
    if (said.kind === 'phone') followPhone(board, said.message);
    if (said.kind === 'call' && said.message.event === 'freed') announcer?.putThrough(said.message.id);
    else if (said.kind === 'call') calls.take(said);
    if (said.kind === 'speak') void speech?.speak(said.locale, said.sentences, said.mostMs);
    if (said.kind === 'trouble') house.log[said.harmless ? 'warn' : 'error']({ err: said.error }, said.words);
  };
  const begins = (tell: (said: ToLine) => void) => {
    tell({ kind: 'announcer', address: announcer?.address() });
    tell({ kind: 'recorded', files: ownSentences?.files() ?? new Map() });
    speech?.tell({
      ready: (prompts) => tell({ kind: 'spoken', prompts }),
      works: (works) => tell({ kind: 'voice', works }),
    });
  };
  const { voice = STANDARD_VOICE, databaseUrl, time } = options;
  // Kamailio cannot start for the first time before its lists are there.
  keepUp();
  const settings = { databaseUrl, door, voice, time, holidays: holidaysFound() };
  const thread = await startLine(house.log, settings, { begins, heard });
  announcer?.moved((address) => thread.tell({ kind: 'announcer', address }));
  const lists = setInterval(() => {
    if (isOpen) void keepUp();
  }, LISTS_EVERY_MS);
  return {
    isOpen: () => isOpen,
    keepUp,
    say: (value) => thread.tell({ kind: 'say', values: [value] }),
    recordedRead: () => thread.tell({ kind: 'recorded', files: ownSentences?.files() ?? new Map() }),
    leave: () => thread.tell({ kind: 'leave' }),
    stop: async () => {
      clearInterval(lists);
      await queue.stop();
      await thread.stop();
      await keeping;
      await calls.stop();
    },
  };
}

type Say = (...values: object[]) => void;

const LEFT_OUT =
  'there are more numbers on file than Kamailio holds: should Visavis be silent, callers from the others ring anyone, not their own advisor';

/** Hands Kamailio the lists it goes on with when we are silent. Returns what it holds now. */
async function keepLists(
  { house, door }: Switchboard,
  last: HeldLists | undefined,
  say: Say | undefined,
): Promise<HeldLists | undefined> {
  try {
    const held = await writeHeldLists(house.db, house.clock(), door, last);
    if (held) say?.(...newsOf(held, last));
    if (held && !last && (await numbersAreLeftOut(house.db))) house.log.warn({ held: MOST_NUMBERS }, LEFT_OUT);
    return held;
  } catch (error) {
    house.log.error({ err: error }, 'the lists for Kamailio could not be written');
    return undefined;
  }
}

/** Follows the calls that ended without us, and puts Kamailio's accounting of the days before away. */
async function followMissed(board: Switchboard, say: Say | undefined): Promise<void> {
  const { house, door } = board;
  if (!door.folder) return;
  try {
    const count = await catchUp(board);
    if (say && (await rotateAccounting(join(door.folder, 'calls'), house.clock()))) say({ rotate: '1' });
    if (count > 0) house.log.info({ count }, 'calls that ended while nobody listened were followed');
  } catch (error) {
    house.log.error({ err: error }, 'the folder shared with Kamailio could not be used');
  }
}
