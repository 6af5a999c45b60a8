import { beginCall } from '../../desk/calls/begin.ts';
import { keepHouseState, noteDecidedAgain } from '../../desk/calls/note-decision.ts';
import { packState } from '../../desk/calls/pack-state.ts';
import type { Tx } from '../../desk/tx.ts';
import type { Switchboard } from './door.ts';
import type { Answered, FromLine } from './line/port.ts';
import type { CallMessage } from './message.ts';
import { changesQueue } from './put-through.ts';
import { followMessage } from './take-message.ts';
import { takeTurns, type Work } from './turns.ts';

type Said<Kind> = Extract<FromLine, { kind: Kind }>;

export interface CallsWritten {
  /** What everyone did when the calls were decided that name it. */
  keepState(state: Said<'house'>): void;
  take(said: Said<'call'>): void;
  /** Resolves when everything so far is written. */
  settled(): Promise<void>;
}

/** Writes down what the line says of calls, many in one transaction, those of one call in their order. */
export function writeDownCalls(
  { transact, log }: Pick<Switchboard['house'], 'transact' | 'log'>,
  queueChanged: () => void,
): CallsWritten {
  const changing = new WeakSet<Work>();
  const failed = (error: unknown) => log.error({ err: error }, 'a telephone event could not be taken');
  const turns = takeTurns(async (works) => {
    const done = await transact.inOne(works.map(({ command }) => command));
    for (const each of done) if (each.status === 'rejected') failed(each.reason);
    if (works.some((work) => changing.has(work))) queueChanged();
  });
  const states = keepStates(async ({ id, at, state }) => {
    try {
      const packed = await packState(state);
      await transact((tx) => keepHouseState(tx, { id, at, packed }));
    } catch (error) {
      failed(error);
    }
  });
  return {
    keepState: states.keep,
    take: ({ message, answered }) => {
      const work: Work = {
        call: message.id.slice(0, 32),
        caller: message.from,
        soon: !OVER.has(message.event),
        after: answered && states.kept(answered.houseStateId),
        command: (tx) => (answered ? decided(tx, message, answered) : followMessage(tx, message)),
      };
      if (changesQueue(message)) changing.add(work);
      turns.add(work);
    },
    settled: turns.settled,
  };
}

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

/** States of the house as they are written; of those that are, nothing but their names stays here. */
function keepStates(write: (state: Said<'house'>) => Promise<unknown>): {
  keep(state: Said<'house'>): void;
  kept(id: string): Promise<unknown> | undefined;
} {
  const written = new Map<string, Promise<unknown>>();
  return {
    keep: (state) => {
      written.set(state.id, write(state));
      for (const id of written.keys()) {
        if (written.size <= MOST_STATES) break;
        written.delete(id);
      }
    },
    kept: (id) => written.get(id),
  };
}
