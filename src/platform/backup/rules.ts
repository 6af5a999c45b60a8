import type pg from 'pg';

interface Rule {
  drop: string;
  make: string;
}

/**
 * Empties these tables and takes away, inside a transaction, what would slow their filling down or work on it as if it
 * were news: foreign keys, indexes that are no constraint, triggers. Returns the way to put everything back, which checks
 * every foreign key. An ordinary owner may do this; `session_replication_role` would need a superuser and check nothing.
 */
export async function putRulesAside(client: pg.ClientBase, tables: readonly string[]): Promise<() => Promise<void>> {
  const names = tables.map((name) => client.escapeIdentifier(name));
  const rules = [...(await foreignKeys(client)), ...(await indexes(client))];
  for (const { drop } of rules) await client.query(drop);
  await client.query(`truncate ${names.join(', ')}`);
  for (const name of names) await client.query(`alter table ${name} disable trigger user`);
  return async () => {
    for (const { make } of rules.toReversed()) await client.query(make);
    for (const name of names) await client.query(`alter table ${name} enable trigger user`);
  };
}

async function foreignKeys(client: pg.ClientBase): Promise<Rule[]> {
  const { rows } = await client.query<Rule>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
     from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`,
  );
  return rows;
}

async function indexes(client: pg.ClientBase): Promise<Rule[]> {
  const { rows } = await client.query<Rule>(
    `select format('drop index %s', i.indexrelid::regclass) as drop, pg_get_indexdef(i.indexrelid) as make
     from pg_index i join pg_class c on c.oid = i.indexrelid
     where c.relnamespace = current_schema()::regnamespace
       and not exists (select from pg_constraint where conindid = i.indexrelid)`,
  );
  return rows;
}
