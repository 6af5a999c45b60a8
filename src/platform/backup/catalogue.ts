import type pg from 'pg';
import type { BackupEnd, BackupTable } from './file.ts';

/** Kept by the program itself: not part of what is backed up. */
const OWN_TABLES = ['migration', 'unfinished_restore'];

/**
 * The tables of the product and their columns, as they are now. Left out: columns the database works out itself, and
 * those that hold the number of the transaction that wrote the row, which means nothing in another database.
 */
export async function readTables(client: pg.ClientBase): Promise<BackupTable[]> {
  const { rows } = await client.query<BackupTable>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and c.relname <> all ($1)
       and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')
       and a.attgenerated = '' and coalesce(pg_get_expr(d.adbin, d.adrelid), '') <> 'pg_current_xact_id()'
     group by c.relname order by c.relname`,
    [OWN_TABLES],
  );
  return rows;
}

/** About how many rows these tables have: PostgreSQL's own estimate. */
export async function estimateRows(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ rows: number }>(
    `select coalesce(sum(greatest(reltuples, 0)), 0)::float8 as rows from pg_class
     where relkind = 'r' and relnamespace = current_schema()::regnamespace`,
  );
  return rows[0]?.rows ?? 0;
}

/** Where every sequence has got to. Read it after the rows: sequences run ahead of what is committed. */
export async function readSequences(client: pg.ClientBase): Promise<BackupEnd['sequences']> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'S' and relnamespace = current_schema()::regnamespace order by 1`,
  );
  const sequences: BackupEnd['sequences'] = [];
  for (const { name } of rows) {
    const at = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${client.escapeIdentifier(name)}`,
    );
    if (at.rows[0]) sequences.push({ name, ...at.rows[0] });
  }
  return sequences;
}

/** A table and its columns as COPY names them. */
export function copyTarget(client: pg.ClientBase, { name, columns }: BackupTable): string {
  return `${client.escapeIdentifier(name)} (${columns.map((column) => client.escapeIdentifier(column)).join(', ')})`;
}

/** How rows are written as text, whatever the server's own settings are; and nobody's patience ends the work. */
export async function settle(client: pg.ClientBase): Promise<void> {
  await client.query(`set client_encoding = 'UTF8'; set datestyle = 'ISO'; set intervalstyle = 'postgres'; set timezone = 'UTC';
    set extra_float_digits = 3; set bytea_output = 'hex'; set statement_timeout = 0; set lock_timeout = 0;
    set idle_in_transaction_session_timeout = 0`);
}
