import { useSyncExternalStore } from 'react';

const TURN_MS = 15_000;
let now = Date.now();
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** The present, moving on a few times a minute; one clock for the whole screen. */
export function useNow(): Date {
  return new Date(
    useSyncExternalStore(
      (watch) => {
        watchers.add(watch);
        timer ??= setInterval(turn, TURN_MS);
        return () => {
          watchers.delete(watch);
          if (watchers.size > 0) return;
          clearInterval(timer);
          timer = undefined;
        };
      },
      () => now,
    ),
  );
}

function turn(): void {
  now = Date.now();
  for (const watch of watchers) watch();
}
