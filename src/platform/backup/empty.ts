import type pg from 'pg';
import { UNFINISHED_RESTORE } from '../db/migrate.ts';
import { DatabaseNotEmpty, notEmpty } from './words.ts';

/** Lets an empty database pass, and one in which a restore did not finish (that left its mark and an empty job queue). */
export async function requireEmpty(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'
       and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')
       and not (to_regclass($1) is not null and (c.oid = to_regclass($1) or n.nspname = 'pgboss'))
     order by 1`,
    [UNFINISHED_RESTORE],
  );
  if (rows.length > 0) throw new DatabaseNotEmpty(notEmpty(rows.length, rows[0]?.name ?? ''));
}
