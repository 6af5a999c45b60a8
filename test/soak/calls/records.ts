import { createHash } from 'node:crypto';
import pg from 'pg';

/** What the product has of one call. */
export interface CallOnRecord {
  /** Of calls with this name: rows, lines on timelines, items in the tray. */
  rows: number;
  lines: number;
  items: number;
  answered: boolean;
  ended: boolean;
  missed: boolean;
  /** Phones that rang, and when the call came. */
  rung: number;
  at: Date;
  /** What is owed in this call's own matter, or was before somebody talked to this caller later; its own item that waits in the tray. */
  promises: number;
}

/** All calls the product has, each under the beginning of its name. */
export type Records = ReadonlyMap<string, CallOnRecord>;

export async function readRecords(databaseUrl: string): Promise<Records> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<CallOnRecord & { name: string }>(RECORDS);
  await client.end();
  return new Map(rows.map(({ name, ...record }) => [name, record]));
}

/** The beginning of the name a call with this Call-ID has on record. */
export const nameOnRecord = (callId: string) => createHash('md5').update(callId).digest('hex');

const RECORDS = `
  select left(call.id, 32) as name, count(*)::int as rows, sum(line.count)::int as lines, sum(item.count)::int as items,
    bool_or(answered_at is not null) as answered, bool_or(ended_at is not null) as ended, bool_or(missed_at is not null) as missed,
    sum(attempt.count)::int as rung, min(invited_at) as at, sum(owed.count + item.waiting)::int as promises
  from call
  cross join lateral (select sha256(('call ' || call.id)::bytea) as hash) own
  cross join lateral (select count(*) from call_attempt where call_id = call.id) attempt
  cross join lateral (select count(*) from interaction where content_hash = own.hash) line
  cross join lateral (
    select count(*), count(*) filter (where sorted_at is null) as waiting from tray_item where content_hash = own.hash
  ) item
  cross join lateral (
    select count(*) from interaction join commitment on commitment.case_file_id = interaction.case_file_id
    where interaction.content_hash = own.hash and broken_at is null and withdrawn_at is null
      and (kept_at is null or exists (
        select from call later where later.customer_id = call.customer_id and later.answered_at > call.invited_at
      ))
  ) owed
  group by 1`;
