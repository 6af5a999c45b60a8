import { type Insertable, sql } from 'kysely';
import type { WeeklyHours } from '../../core/calendar/weekly-hours.ts';
import type { DB, Json } from '../tables.ts';
import type { Tx } from '../tx.ts';

const ROWS_AT_ONCE = 5_000;

/** Writes many rows of one table in few statements. Every row must have the same columns as the first. */
export async function insertAll<Table extends keyof DB>(
  { db }: Pick<Tx, 'db'>,
  table: Table,
  rows: readonly Insertable<DB[Table]>[],
): Promise<void> {
  // With its schema: PostgreSQL has a type of its own called "line".
  const name = sql.table(`public.${snake(table)}`);
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const chunk = rows.slice(from, from + ROWS_AT_ONCE).map(asJson);
    const columns = sql.join(Object.keys(chunk[0] ?? {}).map((column) => sql.ref(column)));
    await sql`insert into ${name} (${columns}) select ${columns} from jsonb_populate_recordset(null::${name}, ${JSON.stringify(chunk)}::jsonb)`.execute(
      db,
    );
  }
}

function asJson(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      snake(key),
      Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value,
    ]),
  );
}

function snake(name: string): string {
  return name.replace(/[A-Z0-9]+/g, (part) => (/^[0-9]/.test(part) ? part : `_${part.toLowerCase()}`));
}

/** Hours of the week as a jsonb column holds them. */
export function storedHours(hours: WeeklyHours): Json {
  return JSON.parse(JSON.stringify(hours)) as Json;
}
