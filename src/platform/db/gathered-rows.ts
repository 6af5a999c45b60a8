import type { Statement } from './ahead.ts';

/** Begins the statement of a row that may wait for others of its table; a number that orders the tables follows. */
const MARK = '/* row ';
const MARK_LENGTH = '/* row 00 */ '.length;
/** PostgreSQL counts the values of one statement with 16 bits. */
const MOST_VALUES = 60_000;

/** Marks the insert of one row so that the connection gathers it. Tables with lower places (0 to 99) are filled first. */
export function gathers(insert: string, place: number): string {
  return `${MARK}${String(place).padStart(2, '0')} */ ${insert}`;
}

/** Whether this is the insert of a row that may wait. */
export function isGathered(sql: string): boolean {
  return sql.startsWith(MARK);
}

/**
 * Rows that wait to be sent table by table: PostgreSQL prepares indexes and rules once for a statement, not for each of
 * its rows, which costs more than the row itself.
 */
export class GatheredRows {
  readonly #rows = new Map<string, unknown[][]>();

  add(sql: string, values: readonly unknown[]): void {
    const same = this.#rows.get(sql);
    if (same) same.push([...values]);
    else this.#rows.set(sql, [[...values]]);
  }

  /** The statements of all rows so far, in the order of their tables; none are left. */
  take(): Statement[] {
    if (this.#rows.size === 0) return [];
    const inOrder = [...this.#rows].sort(([one], [other]) => (one < other ? -1 : 1));
    this.#rows.clear();
    return inOrder.flatMap(([sql, rows]) => statementsOf(sql.slice(MARK_LENGTH), rows));
  }
}

function statementsOf(insert: string, rows: readonly unknown[][]): Statement[] {
  const columns = rows[0]?.length ?? 0;
  const atOnce = Math.floor(MOST_VALUES / Math.max(1, columns));
  const statements: Statement[] = [];
  for (let from = 0; from < rows.length; from += atOnce) {
    const part = rows.slice(from, from + atOnce);
    statements.push({ sql: textFor(insert, columns, part.length), parameters: part.flat() });
  }
  return statements;
}

const texts = new Map<string, string>();
/** Longer lists come in every length; their texts are not kept. */
const MOST_KEPT = 20;

/** "insert … values ($1, $2)" for as many rows. */
function textFor(insert: string, columns: number, rows: number): string {
  if (rows === 1) return insert;
  const key = `${rows} ${insert}`;
  const known = texts.get(key);
  if (known) return known;
  const one = (row: number) =>
    `(${Array.from({ length: columns }, (_, at) => `$${row * columns + at + 1}`).join(', ')})`;
  const text = [insert, ...Array.from({ length: rows - 1 }, (_, row) => one(row + 1))].join(', ');
  if (rows <= MOST_KEPT) texts.set(key, text);
  return text;
}
