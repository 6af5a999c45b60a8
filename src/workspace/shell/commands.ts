import { useEffect, useSyncExternalStore } from 'react';
import type { WordKey } from '../words/words.ts';

/** Something the screen in front can do, with its key: shown in the palette. */
export interface Command {
  key: string;
  label: WordKey;
  run: () => void;
}

let commands: readonly Command[] = [];
const watchers = new Set<() => void>();

/** What the screen in front can do now. */
export function useCommands(): readonly Command[] {
  return useSyncExternalStore(
    (watch) => {
      watchers.add(watch);
      return () => watchers.delete(watch);
    },
    () => commands,
  );
}

/** Offers commands while this screen is in front. */
export function useOfferCommands(offered: readonly Command[]): void {
  useEffect(() => {
    offer(offered);
    return () => offer([]);
  }, [offered]);
}

/** After the palette has closed and given the focus back. */
export function runCommand(command: Command): void {
  setTimeout(command.run, 60);
}

function offer(next: readonly Command[]): void {
  commands = next;
  for (const watch of watchers) watch();
}
