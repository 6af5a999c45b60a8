/** How many rows a page of any list has. */
export const PAGE = 50;

export interface Page<Item> {
  items: Item[];
  /** Hand it back for the next page; null at the end. */
  cursor: string | null;
}

/** A place in a list that is ordered by time and id. */
export interface Place {
  at: Date;
  id: string;
}

/** Cuts one row more than a page into a page and the cursor to what follows. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  placeOf: (row: Row) => Place,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, PAGE);
  const last = shown.at(-1);
  return { items: shown.map(itemOf), cursor: rows.length > PAGE && last ? writeCursor(placeOf(last)) : null };
}

/** The place a cursor stands for, or undefined when it is not one of ours. */
export function readCursor(cursor: string): Place | undefined {
  const match = /^(\d{1,16})_([0-9a-f-]{36})$/.exec(cursor);
  return match?.[1] && match[2] ? { at: new Date(Number(match[1])), id: match[2] } : undefined;
}

/** What to hand back for the rows after this place. */
export function writeCursor({ at, id }: Place): string {
  return `${at.getTime()}_${id}`;
}
