import { type Kysely, sql } from 'kysely';
import { hidePersonalLinks } from '../../core/text/personal-links.ts';
import type { DB } from '../tables.ts';
import { whatErasureTakes } from './erasure.ts';

type Row = Record<string, unknown>;

/** Everything held about one customer, by table, and where the bytes of their files are. */
export interface CustomerRecord {
  tables: Record<string, Row[]>;
  files: { name: string; sha256: Buffer }[];
}

/** Not about the person: keys that open something, and what is true for a second. */
const leftOut = ['customer_session', 'one_time_link', 'presence', 'idempotency', 'erasure'];

/**
 * Reads everything held about a customer; GDPR article 15. Which tables know customers is asked of the database itself,
 * so that a table added later is in it from its first day. Undefined when there is no such customer.
 */
export async function readCustomerRecord(db: Kysely<DB>, customerId: string): Promise<CustomerRecord | undefined> {
  const customer = await rowsOf(db, 'customer', sql`id = ${customerId}`);
  if (customer.length === 0) return undefined;
  const tables: Record<string, Row[]> = { customer };
  for (const table of await tablesThatKnow(db)) {
    const rows = await rowsOf(db, table, sql`customer_id = ${customerId}`);
    if (rows.length > 0) tables[table] = rows;
  }
  const { mails } = await whatErasureTakes(db, customerId);
  for (const [table, where] of [
    ['comment', sql`mail = any(${mails})`],
    ['alert', sql`mail = any(${mails})`],
    ['pending_message', sql`mail = any(${mails})`],
    ['outgoing_mail', sql`customer_id is null and lower(to_address) = any(${mails})`],
    ['tray_item', sql`lower(from_mail) = any(${mails})`],
  ] as const) {
    const rows = await rowsOf(db, table, where);
    if (rows.length > 0) tables[table] = [...(tables[table] ?? []), ...rows];
  }
  return { tables, files: await filesOf(db, customerId) };
}

async function tablesThatKnow(db: Kysely<DB>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.table_name as name from information_schema.columns c
    join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
    where c.table_schema = 'public' and c.column_name = 'customer_id' and t.table_type = 'BASE TABLE'
    order by c.table_name`.execute(db);
  return rows.map((row) => row.name).filter((name) => !leftOut.includes(name));
}

/** Rows as JSON made by the database; bytes, search indexes and links that open something are left out. */
async function rowsOf(db: Kysely<DB>, table: string, where: ReturnType<typeof sql>): Promise<Row[]> {
  const { rows } = await sql<{ row: string }>`
    select (select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(t)) e
      where key <> 'search' and key not like '%sha256%' and key not like '%hash%')::text as row
    from ${sql.table(table)} t where ${where}`.execute(db);
  return rows.map(({ row }) => JSON.parse(hidePersonalLinks(row)) as Row);
}

/** Attachments both ways, and every mail as it arrived. */
async function filesOf(db: Kysely<DB>, customerId: string): Promise<CustomerRecord['files']> {
  const { rows } = await sql<{ folder: string; id: string; filename: string; sha256: Buffer }>`
    select 'received' as folder, left(id::text, 13) as id, filename, sha256 from attachment where customer_id = ${customerId}
    union all
    select 'sent', left(m.id::text, 13) || '-' || a.position, a.filename, a.sha256 from outgoing_attachment a
      join outgoing_mail m on m.id = a.outgoing_mail_id where m.customer_id = ${customerId}
    union all
    select 'mails', id::text, 'mail.eml', raw_sha256 from delivery where customer_id = ${customerId}
      or interaction_id in (select id from interaction where customer_id = ${customerId})
    order by 1, 2`.execute(db);
  return rows.map(({ folder, id, filename, sha256 }) => ({
    name: `${folder}/${id}-${filename.replace(/[^\p{L}\p{N}._ -]+/gu, '_').slice(-100)}`,
    sha256,
  }));
}

/** The bytes of one of the files; undefined when they are gone. */
export async function readBytes(db: Kysely<DB>, sha256: Buffer): Promise<Buffer | undefined> {
  const row = await db.selectFrom('blob').where('sha256', '=', sha256).select('bytes').executeTakeFirst();
  return row?.bytes;
}
