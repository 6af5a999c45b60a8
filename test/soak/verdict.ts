import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Ledger } from './load.ts';

/** What was found where it does not belong, or not found where it must be. */
export interface Verdict {
  lost: string[];
  doubled: string[];
  openCaseFiles: number;
  ownerless: number;
  dateless: number;
  unread: number;
}

const PATIENCE_MS = 120_000;

/** Holds the ledger against the database, once every stored mail was read. */
export async function compareWithLedger(databaseUrl: string, { accepted }: Ledger): Promise<Verdict> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const count = async (query: string) => Number((await client.query<{ n: number }>(query)).rows[0]?.n);
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until && (await count('select count(*) as n from delivery where read_at is null')) > 0)
    await sleep(250);
  const { rows } = await client.query<{ mark: string; times: number }>(
    `select substring(text from 'mark ([0-9a-f-]{36})') as mark, count(*)::int as times
     from (select text from interaction union all select text from tray_item where sorted_at is null) everything
     where text like 'mark %' group by 1`,
  );
  const times = new Map(rows.map((row) => [row.mark, row.times]));
  const open = 'case_file where closed_at is null';
  const verdict = {
    lost: [...accepted.keys()].filter((mark) => !times.has(mark)),
    doubled: rows.filter((row) => row.times > 1).map((row) => row.mark),
    openCaseFiles: await count(`select count(*) as n from ${open}`),
    ownerless: await count(
      `select count(*) as n from ${open} and not exists (select from advisor where id = owner_id and left_at is null)`,
    ),
    dateless: await count(
      `select count(*) as n from ${open} and not exists (select from commitment where case_file_id = case_file.id and kept_at is null and broken_at is null and withdrawn_at is null)`,
    ),
    unread: await count('select count(*) as n from delivery where read_at is null'),
  };
  await client.end();
  return verdict;
}
