import type { Insertable, Kysely } from 'kysely';
import { sendAhead } from './ahead.ts';

const texts = new Map<string, string>();

/**
 * Adds rows without waiting for the answer (see sendAhead). The text is built once for each table, set of columns
 * and number of rows. Every row fills the columns of the first; a column left undefined there gets its default.
 */
export async function insertAhead<Tables, Table extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: Table,
  rows: readonly Insertable<Tables[Table]>[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = (Object.keys(first) as (keyof typeof first)[]).filter((column) => first[column] !== undefined);
  const key = `${rows.length} ${table}(${columns.join()})`;
  const text = texts.get(key) ?? textOf(db, table, columns, rows);
  if (rows.length <= MOST_ROWS) texts.set(key, text);
  await sendAhead(db, { sql: text, parameters: rows.flatMap((row) => columns.map((column) => row[column])) });
}

/** Longer lists come in every length; their texts are not kept. */
const MOST_ROWS = 20;

function textOf<Tables, Table extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: Table,
  columns: readonly (keyof Insertable<Tables[Table]>)[],
  rows: readonly Insertable<Tables[Table]>[],
): string {
  const filled = rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
  return db
    .insertInto(table)
    .values(filled as Insertable<Tables[Table]>[])
    .compile().sql;
}
