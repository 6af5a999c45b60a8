/** A job that exists now. */
export interface Committed {
  name: string;
  startAfter?: Date | undefined;
}

/** Workers that are told of jobs look for them at once, but no sooner than this after the last time: more come by then. */
const WAKES_EVERY_MS = 500;
/** A timer may be early, and a look too early finds nothing. */
const LATE_MS = 20;
/** What is due later than this is found by looking. */
const REMEMBERED_MS = 60_000;

/** Tells the workers of a queue, by `look`, that there is something to do now, or when its time comes. */
export function wakeInTurn(look: (name: string) => void): { wake(job: Committed): void; stop(): void } {
  const last = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();
  const planned = new Set<string>();
  const later = (ms: number, then: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      then();
    }, ms);
    timers.add(timer.unref());
  };
  const lookNow = (name: string) => {
    planned.delete(name);
    last.set(name, performance.now());
    look(name);
  };
  const wake = (name: string) => {
    if (planned.has(name)) return;
    const rest = (last.get(name) ?? Number.NEGATIVE_INFINITY) + WAKES_EVERY_MS - performance.now();
    if (rest <= 0) return lookNow(name);
    planned.add(name);
    later(rest, () => lookNow(name));
  };
  return {
    wake: ({ name, startAfter }) => {
      const rest = startAfter ? startAfter.getTime() - Date.now() : 0;
      if (rest <= 0) wake(name);
      else if (rest < REMEMBERED_MS) later(rest + LATE_MS, () => wake(name));
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
