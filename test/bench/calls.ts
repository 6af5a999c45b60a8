import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { startKamailio } from '../servers/kamailio.ts';
import { type Product, ready, startProduct } from '../servers/product.ts';
import { announcements } from './announcements.ts';
import { bandTimes } from './band.ts';
import { bareKamailio } from './bare-kamailio.ts';
import { residentMegabytes } from './bench.ts';
import { callLoad } from './call-load.ts';
import { filledDatabase } from './database.ts';
import { comeFromElsewhere } from './elsewhere.ts';
import type { Size } from './fill.ts';
import { type Measured, middle } from './measure.ts';
import { type ProcessorTime, processorTime } from './processor-time.ts';
import { ringingPhones } from './ringing-phones.ts';

const BARE = 16_860;
const NAMED = 16_870;
const PHONES = 16_880;
const AT_REST = 100;
const IN_A_RUSH = 200;

/** The same load upon a Kamailio that only passes calls on, and upon the product's, one after the other. */
export interface CallRound {
  perSecond: number;
  bare: Measured;
  named: Measured;
  /** Calls Visavis was asked about, and rows it has of them, all of them ended: must be the same. */
  calls: number;
  rows: number;
  /** Of these: Visavis named whom to ring; the rest rang by the list Kamailio holds. */
  decided: number;
  /** Seconds after the last call until every call had its row and its end. */
  behindS: number;
  /** Milliseconds of processor a call, until all of them had ended. */
  used: ProcessorTime;
}

export interface CallsReport {
  size: Size;
  rounds: CallRound[];
  /** Fifty announcements at once: between two packets of one. */
  announcements: Measured;
  /** From the INVITE to what the advisor's screen needs for the band. */
  band: Measured;
  memoryMb: number;
}

export interface CallsOptions {
  size: Size;
  seconds: number;
  rounds: number;
  data: string | undefined;
  profile: string | undefined;
  say(words: string): void;
}

/** Delay that named routing adds to the first ring, in calls through real Kamailios; at 100 and at 200 calls a second. */
export async function benchCalls({ size, seconds, rounds, data, profile, say }: CallsOptions): Promise<CallsReport> {
  if (!comeFromElsewhere())
    say('callers and phones take their turn here: what they wait for a processor counts as delay');
  const folder = await mkdtemp(join(tmpdir(), 'visavis-calls-'));
  const database = await filledDatabase(data ?? join(folder, 'filled'), size, say);
  const { numbers: callers } = await openAtAllHours(database.url);
  const run: Run = { url: database.url, since: new Date() };
  const phones = await ringingPhones(PHONES);
  const fallback = `sip:front@127.0.0.1:${PHONES}`;
  const product = await startProduct({
    environment: {
      DATABASE_URL: database.url,
      VISAVIS_DATA: join(folder, 'data'),
      VISAVIS_KAMAILIO: `127.0.0.1:${NAMED + 1}`,
      VISAVIS_PHONES: `127.0.0.1:${PHONES}`,
      VISAVIS_CALLS_FALLBACK: fallback,
      VISAVIS_CALLS_FOLDER: folder,
      ...(profile ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profile}` } : {}),
    },
  });
  await ready(product);
  // Kamailio starts with the lists the product has written.
  await listsWritten(folder);
  const kamailio = await startKamailio(NAMED, { fallback, folder });
  const relay = await startKamailio(BARE, { fallback }, bareKamailio(BARE, fallback));
  try {
    // The connection to Kamailio, its held lists, and what is compiled only once.
    await pause(2_000);
    const load = (port: number, perSecond: number, length: number) =>
      callLoad({ port, callers, perSecond, seconds: length });
    await load(NAMED, AT_REST / 4, 4);
    await allEnded(run, 0);
    // Nobody who called before: who owes them a callback is rung first.
    const band = await bandTimes(product.url, database.url, { port: NAMED, callers: callers.slice(AT_REST) });
    say(bandLine(band));
    const measured: CallRound[] = [];
    for (const perSecond of [AT_REST, IN_A_RUSH])
      for (let round = 0; round < rounds; round++) {
        await allEnded(run, 0);
        const bare = await load(BARE, perSecond, seconds);
        const before = await countCalls(run);
        const usedBefore = await processorTime(product.pid, database.url);
        const named = await load(NAMED, perSecond, seconds);
        const behindS = await allEnded(run, before.rows + perSecond * seconds);
        const used = await processorTime(product.pid, database.url);
        const after = await countCalls(run);
        const aCall = (now: number, then: number) => (now - then) / (perSecond * seconds);
        const one = {
          perSecond,
          bare,
          named,
          calls: perSecond * seconds,
          rows: after.rows - before.rows,
          decided: after.decided - before.decided,
          behindS,
          used: {
            product: aCall(used.product, usedBefore.product),
            database: aCall(used.database, usedBefore.database),
          },
        };
        measured.push(one);
        say(roundLine(one));
      }
    const memoryMb = await residentMegabytes(product.pid);
    await allEnded(run, 0);
    return { size, rounds: measured, announcements: await announcements(), band, memoryMb };
  } finally {
    if (product.said().err) say(product.said().err.slice(-600));
    await stopAll(product, kamailio, relay, phones, database);
    await rm(folder, { recursive: true, force: true });
  }
}

const LIMIT_MS = 10;
const GAP_LIMIT_MS = 40;
const BAND_LIMIT_MS = 150;

/** Whether the figures hold: added delay of the p99 (of the round in the middle) at 100/s, none failed at 200/s. */
export function callsReached({ rounds, announcements: heard, band }: CallsReport): boolean {
  const calm = rounds.filter(({ perSecond }) => perSecond === AT_REST);
  const added = middle(calm.map(({ bare, named }) => named.p99 - bare.p99));
  const wrong = rounds.reduce((sum, { named, calls, rows }) => sum + named.failed + Math.abs(calls - rows), 0);
  const shown = band.p99 < BAND_LIMIT_MS && band.failed === 0;
  return added < LIMIT_MS && wrong === 0 && heard.p99 < GAP_LIMIT_MS && heard.failed === 0 && shown;
}

/** For people. */
export function callsTable(report: CallsReport): string {
  const { size, rounds, announcements: heard, band, memoryMb } = report;
  return [
    `${size.customers.toLocaleString('en')} customers on file; first ring in ms, bare Kamailio and named routing`,
    ...rounds.map(roundLine),
    bandLine(band),
    `50 announcements at once: between two packets p50 ${heard.p50.toFixed(1)} p99 ${heard.p99.toFixed(1)} ms (target ${GAP_LIMIT_MS}), ${heard.failed} packets lost`,
    `memory of the product at most ${memoryMb.toFixed(0)} MB`,
    `added p99 < ${LIMIT_MS} ms at ${AT_REST}/s (round in the middle), none failed, and the two others: ${callsReached(report) ? 'reached' : 'MISSED'}`,
    '',
  ].join('\n');
}

function bandLine({ p50, p99, count, failed }: Measured): string {
  return `band: ${count} calls, INVITE to event and the band's door p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} ms (target ${BAND_LIMIT_MS}), ${failed} failed`;
}

function roundLine({ perSecond, bare, named, calls, rows, decided, behindS, used }: CallRound): string {
  const points = ({ p50, p95, p99, failed }: Measured) =>
    `p50 ${p50.toFixed(1)} p95 ${p95.toFixed(1)} p99 ${p99.toFixed(1)}, ${failed} failed`;
  const asked = `${rows} of ${calls} calls on record, ${decided} decided here, all ended after ${behindS.toFixed(1)} s; ${used.product.toFixed(1)} + ${used.database.toFixed(1)} ms of processor a call (product + PostgreSQL)`;
  return `${perSecond}/s: bare ${points(bare)}; named ${points(named)}; added p99 ${(named.p99 - bare.p99).toFixed(1)}; ${asked}`;
}

/** Waits until so many calls of this run are on record and all of them have ended. Returns the seconds that took. */
async function allEnded(run: Run, rows: number): Promise<number> {
  const started = performance.now();
  for (;;) {
    const count = await countCalls(run);
    const waited = (performance.now() - started) / 1_000;
    if ((count.rows >= rows && count.open === 0) || waited > 120) return waited;
    await pause(250);
  }
}

/** Whose calls are counted: those of the runs before would have to be read as often as it looks, and be measured with them. */
interface Run {
  url: string;
  since: Date;
}

async function countCalls({ url, since }: Run): Promise<{ rows: number; open: number; decided: number }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ rows: number; open: number; decided: number }>(
    `select count(*)::int as rows, count(decision)::int as decided,
       count(*) filter (where missed_at is null and ended_at is null)::int as open from call where invited_at > $1`,
    [since],
  );
  await client.end();
  return rows[0] ?? { rows: 0, open: 0, decided: 0 };
}

/** The hour must not decide whether phones ring. Returns numbers on file that one customer has, and the advisors' own. */
export async function openAtAllHours(url: string): Promise<{ numbers: string[]; phones: string[] }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ from: '00:00', to: '23:59' }]]);
  const always = JSON.stringify(Object.fromEntries(week));
  await client.query('update office set opening_hours = $1', [always]);
  // Of a run that was cut off.
  await client.query('update call set missed_at = now() where answered_at is null and missed_at is null');
  await client.query('update advisor set working_hours = $1', [always]);
  const values = async (query: string) => (await client.query<{ value: string }>(query)).rows.map(({ value }) => value);
  const numbers = await values(
    `select value from contact_point where kind = 'phone' group by value having count(*) = 1 order by md5(value) limit 30000`,
  );
  const phones = await values('select phone as value from advisor');
  await client.end();
  return { numbers, phones };
}

/** Of the tables Kamailio starts with the numbers are the last that is written. */
export async function listsWritten(folder: string): Promise<void> {
  for (let waited = 0; waited < 60_000 && !existsSync(join(folder, 'lists', 'phones')); waited += 100) await pause(100);
}

async function stopAll(product: Product, ...others: { stop(): void | Promise<void> }[]): Promise<void> {
  await product.stop();
  for (const other of others) await other.stop();
}
