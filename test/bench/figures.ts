import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { readFigures } from '../../src/desk/figures/figures.ts';
import { gatherFigures, rebuildFigures } from '../../src/desk/figures/gather.ts';
import type { Period } from '../../src/desk/figures/group.ts';
import { readGroups } from '../../src/desk/figures/read.ts';
import type { DB } from '../../src/desk/tables.ts';
import type { Tx } from '../../src/desk/tx.ts';
import { type Database, openDatabase } from '../../src/platform/db/database.ts';
import { divisions, factsOfLog, promisesOfLog, recompute, told } from '../figures-of-log.ts';
import { filledDatabase } from './database.ts';
import type { Size } from './fill.ts';
import { middle } from './measure.ts';

/** Lines of the log written with and without the trigger, in each round. */
const LINES = 20_000;
const DAY_MS = 86_400_000;

export interface FiguresReport {
  size: Size;
  exchanges: number;
  /** What a line of the event log costs PostgreSQL, in ms: as it is, and if nobody noted who was whose on that day. */
  line: { withTrigger: number; without: number };
  /** All from the first line on; and what came since the last time, 1,000 lines. */
  gather: { allMs: number; freshMs: number };
  /** What a page of figures asks: of the ninety days it begins with, of a year, and of all. */
  page: { ninetyDaysMs: number; yearMs: number; allMs: number };
  /** Values compared with their recomputation from the log, and those that differ. */
  compared: number;
  different: string[];
  recomputedMs: number;
}

/** Figures at full size: what the log costs, how long gathering and a page take, and whether all of it is true. */
export async function benchFigures(options: {
  size: Size;
  rounds: number;
  data: string | undefined;
  say(words: string): void;
}): Promise<FiguresReport> {
  const { size, rounds, data, say } = options;
  const folder = await mkdtemp(join(tmpdir(), 'visavis-figures-'));
  const filled = await filledDatabase(data ?? join(folder, 'filled'), size, say);
  const client = new pg.Client({ connectionString: filled.url });
  const database = openDatabase<DB>(filled.url);
  try {
    await client.connect();
    say('lines of the log, with and without the trigger');
    const line = await costOfLine(client, rounds);
    await writeLog(client, say);
    const measured = await measureFigures(database, client, rounds, say);
    return { size, line, ...measured };
  } finally {
    await database.close();
    await client.end();
    await filled.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function costOfLine(client: pg.Client, rounds: number): Promise<FiguresReport['line']> {
  const timed = async (before: string) => {
    await client.query('begin');
    await client.query(before);
    const ms = await clocked(() => client.query(`${sent} limit ${LINES}`));
    await client.query('rollback');
    return ms / LINES;
  };
  const times = { withTrigger: [] as number[], without: [] as number[] };
  await timed('select 1');
  for (let round = 0; round < rounds; round++) {
    times.withTrigger.push(await timed('select 1'));
    times.without.push(await timed('alter table event disable trigger event_is_complete'));
  }
  return { withTrigger: middle(times.withTrigger), without: middle(times.without) };
}

/** Every answer as the product would have logged it, a fifth of them by a colleague; and the promises that were kept. */
const sent = `
  insert into event (at, type, customer_id, advisor_id, case_file_id, facts)
    select i.at, 'interaction.sent', i.customer_id,
      case when hashtext(i.id::text) % 5 = 0 then (array(select id from advisor order by id))[1 + abs(hashtext(i.id::text)) % 100] else i.by_advisor end,
      i.case_file_id, jsonb_build_object('interactionId', i.id, 'channel', i.channel, 'unansweredSince', i.at - interval '10 minutes' * (1 + abs(hashtext(i.id::text)) % 300))
    from interaction i where direction = 'out' and by_advisor is not null and i.at < now() - interval '1 day'`;
const kept = `
  insert into event (at, type, customer_id, advisor_id, case_file_id, facts)
    select kept_at, 'commitment.kept', customer_id, owner_id, case_file_id, jsonb_build_object('commitmentId', id, 'inTime', hashtext(id::text) % 10 <> 0)
    from commitment where kept_at is not null`;

async function writeLog(client: pg.Client, say: (words: string) => void): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    "select exists (select from event where type = 'commitment.kept' and facts ? 'ownAdvisorId') as there",
  );
  if (rows[0]?.there) return;
  for (const [what, statement] of Object.entries({ answers: sent, promises: kept })) {
    say(`log: ${what}`);
    await client.query(statement);
  }
  await client.query('vacuum analyze event');
}

async function measureFigures(
  { kysely }: Database<DB>,
  client: pg.Client,
  rounds: number,
  say: (words: string) => void,
): Promise<Omit<FiguresReport, 'size' | 'line'>> {
  const inOne = (work: (tx: Tx) => Promise<void>) =>
    kysely.transaction().execute((db) => work({ db, now: new Date() } as Tx));
  say('gathering all');
  const allMs = await clocked(() => inOne(rebuildFigures));
  await client.query('vacuum analyze contact_fact, commitment_fact');
  await client.query(`${sent} limit 1000`);
  const freshMs = await clocked(() => inOne(gatherFigures));
  const until = new Date(Date.now() + DAY_MS);
  const days = (count: number): Period => ({ since: new Date(until.getTime() - count * DAY_MS), until });
  const all = { since: new Date(0), until };
  say('pages');
  const page = {
    ninetyDaysMs: await typical(rounds, () => readFigures(kysely, days(90), until)),
    yearMs: await typical(rounds, () => readFigures(kysely, days(365), until)),
    allMs: await typical(rounds, () => readFigures(kysely, all, until)),
  };
  say('everything again from the log');
  const { rows } = await client.query<{ count: number }>('select count(*)::int as count from contact_fact');
  return { exchanges: rows[0]?.count ?? 0, gather: { allMs, freshMs }, page, ...(await compareAll(kysely, all)) };
}

async function compareAll(
  kysely: Database<DB>['kysely'],
  period: Period,
): Promise<Pick<FiguresReport, 'compared' | 'different' | 'recomputedMs'>> {
  const started = performance.now();
  const [facts, promises] = [await factsOfLog(kysely), await promisesOfLog(kysely)];
  const different: string[] = [];
  let compared = 0;
  for (const [division, keyOf] of divisions) {
    if (division === 'month') continue;
    const groups = Map.groupBy(facts, keyOf);
    const ended = Map.groupBy(promises, keyOf);
    for (const group of await readGroups(kysely, division, period)) {
      const again = recompute(groups.get(group.key) ?? [], ended.get(group.key) ?? []);
      for (const [name, value] of Object.entries(told(group))) {
        if (value === null) continue;
        compared += 1;
        const other = again[name as keyof typeof again];
        if (other === null || Math.abs(other - value) > 1e-9)
          different.push(`${division} ${group.key} ${name}: ${value}, from the log ${other}`);
      }
    }
  }
  return { compared, different, recomputedMs: performance.now() - started };
}

async function typical(rounds: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await clocked(work));
  return middle(times);
}

async function clocked(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Whether every figure is what the log says. */
export function figuresReached({ compared, different }: FiguresReport): boolean {
  return compared > 0 && different.length === 0;
}

/** For people. */
export function figuresTable(report: FiguresReport): string {
  const { line, gather, page, exchanges, compared, different } = report;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  return [
    `${exchanges.toLocaleString('en')} exchanges of ${report.size.customers.toLocaleString('en')} customers`,
    `a line of the event log: ${line.withTrigger.toFixed(3)} ms, ${line.without.toFixed(3)} ms without the trigger (${(line.withTrigger / line.without).toFixed(2)} times)`,
    `gathered from the first line: ${seconds(gather.allMs)}; 1,000 new lines: ${gather.freshMs.toFixed(0)} ms`,
    `page of 90 days: ${seconds(page.ninetyDaysMs)}; of a year: ${seconds(page.yearMs)}; of all: ${seconds(page.allMs)}`,
    `${compared} figures compared with their recomputation from the log (${seconds(report.recomputedMs)}): ${different.length} differ`,
    ...different.slice(0, 20),
    '',
  ].join('\n');
}
