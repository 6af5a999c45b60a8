import pg from 'pg';
import { readTables } from '../src/platform/backup/catalogue.ts';

/** What each table of a database holds: how many rows, and a sum of all of them whatever their order, derived columns too. */
export async function sumsOfTables(url: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("set timezone = 'UTC'");
    const sums: Record<string, string> = {};
    for (const { name } of await readTables(client)) {
      // The number of the transaction that wrote an event is another one in another database.
      const row = name === 'event' ? "(to_jsonb(t) - 'xid')::text" : 't::text';
      const { rows } = await client.query<{ sum: string }>(
        `select count(*) || ' rows ' || md5(coalesce(string_agg(md5(${row}), '' order by md5(${row})), '')) as sum from ${client.escapeIdentifier(name)} t`,
      );
      sums[name] = rows[0]?.sum ?? '';
    }
    const sequences = await client.query<{ sum: string }>(
      "select string_agg(sequencename || ' ' || coalesce(last_value, 0), ', ' order by sequencename) as sum from pg_sequences where schemaname = current_schema()",
    );
    return { ...sums, sequences: sequences.rows[0]?.sum ?? '' };
  } finally {
    await client.end();
  }
}

/** The tables of a database with these words anywhere in a row. */
export async function tablesNaming(url: string, words: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found: string[] = [];
    for (const { name } of await readTables(client)) {
      const table = client.escapeIdentifier(name);
      const { rows } = await client.query(`select 1 from ${table} t where t::text like '%' || $1 || '%' limit 1`, [
        words,
      ]);
      if (rows.length > 0) found.push(name);
    }
    return found;
  } finally {
    await client.end();
  }
}
