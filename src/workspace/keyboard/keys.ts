import { useEffect, useRef } from 'react';

/** What a key does; its name is the browser's `key`: "j", "Enter", "?", "Escape". */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

let letterKeys = true;

/** Letter keys can be switched off: they get in the way of speech input. */
export function setLetterKeys(on: boolean): void {
  letterKeys = on;
}

/** Listens for single keys while this part of the screen is there; the part opened last is asked first. */
export function useKeys(keys: Keys, active = true): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    if (!active) return;
    const layer = (event: KeyboardEvent) => current.current[event.key];
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
    };
  }, [active]);
}

const layers: ((event: KeyboardEvent) => ((event: KeyboardEvent) => void) | undefined)[] = [];

addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const letter = event.key.length === 1;
  if (letter && (!letterKeys || isWriting(event.target))) return;
  if (event.key !== 'Escape' && dialogInFront()) return;
  for (const layer of layers.toReversed()) {
    const run = layer(event);
    if (!run) continue;
    run(event);
    return;
  }
});

/** Whether what is pressed goes into a text or a choice. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select') !== null)
  );
}

/** Whether a dialog covers the screen, even before it has the focus. */
function dialogInFront(): boolean {
  return document.querySelector('[role=dialog][aria-modal=true]') !== null;
}
