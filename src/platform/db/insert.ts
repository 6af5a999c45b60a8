import { CompiledQuery, type Insertable, type Kysely } from 'kysely';
import { sendAhead } from './ahead.ts';
import { gathers } from './gathered-rows.ts';

const texts = new Map<string, string>();

/**
 * Adds a row without waiting for the answer (see sendAhead). The text is built once for each table and set of columns;
 * a column left undefined gets its default. With a `place` the row waits for others of its table until a statement
 * follows that is none: tables with lower places are filled first, so that rows find what they refer to.
 */
export async function insertAhead<Tables, Table extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: Table,
  row: Insertable<Tables[Table]>,
  place?: number,
): Promise<void> {
  const columns = (Object.keys(row) as (keyof typeof row)[]).filter((column) => row[column] !== undefined);
  const key = `${table}(${columns.join()})`;
  const sql = texts.get(key) ?? textOf(db, table, columns, row, place);
  texts.set(key, sql);
  const parameters = columns.map((column) => row[column]);
  if (place === undefined) await sendAhead(db, { sql, parameters });
  else await db.executeQuery(CompiledQuery.raw(sql, parameters));
}

function textOf<Tables, Table extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: Table,
  columns: readonly (keyof Insertable<Tables[Table]>)[],
  row: Insertable<Tables[Table]>,
  place: number | undefined,
): string {
  const filled = Object.fromEntries(columns.map((column) => [column, row[column]])) as Insertable<Tables[Table]>;
  const { sql } = db.insertInto(table).values(filled).compile();
  return place === undefined ? sql : gathers(sql, place);
}
