import { type RefObject, useRef, useState } from 'react';

/** Less than this is still the top. */
const SCROLLED = 40;

interface Identified {
  id: string;
}

export interface CalmList<Item> {
  items: readonly Item[];
  /** How many came since and are not shown yet. */
  fresh: number;
  /** Shows them. */
  show: () => void;
  /** For the element that holds the list: while it is pointed at or scrolled nothing in it moves. */
  hold: { ref: RefObject<HTMLDivElement | null>; onPointerEnter: () => void; onPointerLeave: () => void };
}

/**
 * A list that does not move under the pointer: while it is pointed at, or the page is scrolled, what is shown keeps its
 * place, what went away by my own action goes, and what is new is only counted.
 */
export function useCalmList<Item extends Identified>(items: readonly Item[]): CalmList<Item> {
  const [pointed, setPointed] = useState(false);
  const [, again] = useState(0);
  const order = useRef<string[] | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const still = (pointed || scrolled(place.current) > SCROLLED) && order.current !== null;
  const shown = still ? inOrder(items, order.current ?? []) : items;
  const fresh = still ? items.length - shown.length : 0;
  if (!still) order.current = items.map((item) => item.id);
  return {
    items: shown,
    fresh,
    show: () => {
      order.current = items.map((item) => item.id);
      again((turn) => turn + 1);
    },
    hold: { ref: place, onPointerEnter: () => setPointed(true), onPointerLeave: () => setPointed(false) },
  };
}

/** How far what holds the list is scrolled: its own column beside a customer, else the page. */
function scrolled(list: HTMLElement | null): number {
  return list?.closest('.desk-list')?.scrollTop ?? scrollY;
}

export function inOrder<Item extends Identified>(items: readonly Item[], order: readonly string[]): Item[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  return order.flatMap((id) => byId.get(id) ?? []);
}
