import pg from 'pg';
import { beginCall } from '../../desk/calls/begin.ts';
import { keepHouseState, noteDecidedAgain } from '../../desk/calls/note-decision.ts';
import { packState } from '../../desk/calls/pack-state.ts';
import type { Tx } from '../../desk/tx.ts';
import { isAway } from '../../platform/db/away.ts';
import type { Switchboard } from './door.ts';
import type { Answered, FromLine } from './line/port.ts';
import type { CallMessage } from './message.ts';
import { changesQueue } from './put-through.ts';
import { followMessage } from './take-message.ts';
import { tryAgain } from './try-again.ts';
import { takeTurns, type Work } from './turns.ts';

type Said<Kind> = Extract<FromLine, { kind: Kind }>;

export interface CallsWritten {
  /** What everyone did when the calls were decided that name it. */
  keepState(state: Said<'house'>): void;
  take(said: Said<'call'>): void;
  /** Resolves when everything so far is written; what waits for the database is tried once more. */
  stop(): Promise<void>;
}

/** So many events wait for the database at most, and what came behind them of the same calls. */
const MOST_WAITING = 4_000;

/**
 * Writes down what the line says of calls, many in one transaction, those of one call in their order. What fails because the
 * database went away is tried again, and the rest of its call waits for it: followed twice, an event changes nothing.
 */
export function writeDownCalls(
  { transact, log }: Pick<Switchboard['house'], 'transact' | 'log'>,
  queueChanged: () => void,
): CallsWritten {
  const changing = new WeakSet<Work>();
  let stopped = false;
  const failed = (error: unknown) => log.error({ err: error }, 'a telephone event could not be taken');
  const held = tryAgain(async (work) => {
    await work.after?.();
    await transact(work.command);
    if (changing.has(work)) queueChanged();
  }, failed);
  const turns = takeTurns(async (works) => {
    const done = await transact.inOne(works.map(({ command }) => command));
    let unfinished: Map<Work, Promise<void>> | undefined;
    for (const [index, each] of done.entries()) {
      const work = works[index];
      if (each.status === 'fulfilled' || !work) continue;
      if (stopped || !isAway(each.reason) || turns.count() > MOST_WAITING) failed(each.reason);
      else {
        unfinished ??= new Map();
        unfinished.set(work, held.hold(work, each.reason));
      }
    }
    if (unfinished) log.warn({ count: unfinished.size }, 'telephone events wait until the database answers again');
    if (works.some((work) => changing.has(work))) queueChanged();
    return unfinished;
  });
  const states = keepStates(async ({ id, at, state }) => {
    try {
      const packed = await packState(state);
      await transact((tx) => keepHouseState(tx, { id, at, packed }));
    } catch (error) {
      if (isAway(error)) return false;
      if (!isThere(error)) failed(error);
    }
    return true;
  });
  return {
    keepState: states.keep,
    take: ({ message, answered }) => {
      const work: Work = {
        call: message.id.slice(0, 32),
        caller: message.from,
        soon: !OVER.has(message.event),
        after: answered && (() => states.kept(answered.houseStateId)),
        command: (tx) => (answered ? decided(tx, message, answered) : followMessage(tx, message)),
      };
      if (turns.count() >= MOST_WAITING && held.holds(work.call))
        return failed(new Error('too many telephone events wait for the database'));
      if (changesQueue(message)) changing.add(work);
      turns.add(work);
    },
    stop: () => {
      stopped = true;
      held.stop();
      return turns.settled();
    },
  };
}

/** The state was stored when the connection was lost. */
const isThere = (error: unknown) => error instanceof pg.DatabaseError && error.code === '23505';

/** A call that is over is owed something, which takes a while to write and which nobody waits for. */
const OVER = new Set<CallMessage['event']>(['cancelled', 'missed']);

function decided(tx: Tx, message: CallMessage, answered: Answered): Promise<unknown> {
  const { id: callId, ask, t: at } = message;
  if (message.event === 'again') return noteDecidedAgain(tx, { callId, ask: ask ?? 0, at }, answered);
  return begin(tx, message, answered);
}

function begin(tx: Tx, message: CallMessage, { source, phone, customerId, ...decided }: Answered): Promise<boolean> {
  const ringList = decided.decision.attempts.map(({ advisorId }) => advisorId);
  const at = message.invited ?? message.t;
  return beginCall(tx, { id: message.id, source, at, fromPhone: phone, customerId, ringList, decided });
}

/** Long enough for calls that wait to be written. */
const MOST_STATES = 2_000;

/** Each is large; while the database is away the line reads no new ones. */
const MOST_UNWRITTEN = 40;

/**
 * States of the house as they are written; of those that are, nothing but their names stays here. `write` tells whether it is
 * over: where the database was away, the state is written again when a call asks for it.
 */
function keepStates(write: (state: Said<'house'>) => Promise<boolean>): {
  keep(state: Said<'house'>): void;
  kept(id: string): Promise<unknown> | undefined;
} {
  const written = new Map<string, Promise<unknown>>();
  const unwritten = new Map<string, Said<'house'>>();
  const keep = (state: Said<'house'>) => {
    unwritten.delete(state.id);
    const over = write(state).then((isOver) => {
      if (!isOver) unwritten.set(state.id, state);
      dropOldest(unwritten, MOST_UNWRITTEN);
    });
    written.set(state.id, over);
    dropOldest(written, MOST_STATES);
  };
  return {
    keep,
    kept: (id) => {
      const state = unwritten.get(id);
      if (state) keep(state);
      return written.get(id);
    },
  };
}

function dropOldest(known: Map<string, unknown>, most: number): void {
  for (const id of known.keys()) {
    if (known.size <= most) break;
    known.delete(id);
  }
}
