import { isAway } from '../../platform/db/away.ts';
import type { Work } from './turns.ts';

export interface Held {
  /** Resolves when the work is done or given up. */
  hold(work: Work, reason: unknown): Promise<void>;
  holds(call: string): boolean;
  /** The process stops: what waits is tried once more, and nothing waits any longer. */
  stop(): void;
}

interface Waiting {
  work: Work;
  /** Why it failed last. */
  reason: unknown;
  since: number;
  over(): void;
}

/** Between one try and the next, as long as the database does not answer. A restart takes seconds. */
const PAUSES_MS = [200, 1_000, 3_000, 10_000, 15_000];
/** Older is given up. */
const MOST_MS = 90_000;

/**
 * Holds works that failed because the database went away, and tries them again one after the other. The first that fails
 * so once more ends the try: the others would fail as well. Then it is the last, so that one the database dies of holds up no
 * other. `gaveUp` is told of each that was not done. `tryOnce` rejects as the work does.
 */
export function tryAgain(tryOnce: (work: Work) => Promise<unknown>, gaveUp: (reason: unknown) => void): Held {
  let waiting: Waiting[] = [];
  const calls = new Set<string>();
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let busy = false;
  let stopped = false;
  const plan = () => {
    if (busy || timer || waiting.length === 0) return;
    const pause = stopped ? 0 : PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)];
    timer = setTimeout(() => {
      timer = undefined;
      void run();
    }, pause);
  };
  const run = async () => {
    busy = true;
    await (stopped ? tryLast() : tryThese());
    busy = false;
    plan();
  };
  const tryThese = async () => {
    for (let each = waiting.shift(); each; each = waiting.shift()) {
      const done = await succeeds(each);
      failures = done ? 0 : failures + 1;
      if (done) continue;
      waiting.push(each);
      break;
    }
    const tooOld = performance.now() - MOST_MS;
    for (const each of waiting) if (each.since < tooOld) giveUp(each);
    waiting = waiting.filter(({ since }) => since >= tooOld);
  };
  const tryLast = async () => {
    for (let each = waiting.shift(); each; each = waiting.shift()) if (!(await succeeds(each))) giveUp(each);
  };
  /** False: the database is away still. */
  const succeeds = async (each: Waiting): Promise<boolean> => {
    try {
      await tryOnce(each.work);
    } catch (reason) {
      each.reason = reason;
      if (isAway(reason)) return false;
      gaveUp(reason);
    }
    letGo(each);
    return true;
  };
  const giveUp = (each: Waiting) => {
    gaveUp(each.reason);
    letGo(each);
  };
  const letGo = ({ work, over }: Waiting) => {
    calls.delete(work.call);
    over();
  };
  return {
    hold: (work, reason) =>
      new Promise((over) => {
        calls.add(work.call);
        waiting.push({ work, reason, since: performance.now(), over });
        plan();
      }),
    holds: (call) => calls.has(call),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      timer = undefined;
      plan();
    },
  };
}
