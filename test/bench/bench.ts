import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Product, ready, startProduct } from '../servers/product.ts';
import { announcements } from './announcements.ts';
import { type FilledDatabase, filledDatabase } from './database.ts';
import type { Size } from './fill.ts';
import { bearer, type Client, httpClient } from './http.ts';
import { bareCommits, intake } from './intake.ts';
import { liveUpdates } from './live.ts';
import { type Measured, middle } from './measure.ts';
import { publicPages } from './public.ts';
import { type ReadTargets, reads } from './reads.ts';
import { type Figure, figuresOf, type Report } from './report.ts';
import { runDoctor, runPlan, timeFromBareCheckout, timeToFirstPage } from './start-up.ts';
import { DISK_MS, onWaitingDisk } from './waiting-disk.ts';

export interface BenchOptions {
  size: Size;
  /** Of each round of each measurement. */
  seconds: number;
  rounds: number;
  /** Folder for a CPU profile of the product. */
  profile: string | undefined;
  /** Where a filled database is kept for the next run; without it, it goes with the run. */
  data: string | undefined;
  /** Whether `npm start` is timed too. */
  withStart: boolean;
  /** Whether it is timed from a bare checkout as well. */
  fromBare: boolean;
  say(words: string): void;
}

/** Everything measured in one run: the product as a process of its own, this one as those who use it. */
export async function runBench({
  size,
  seconds,
  rounds,
  profile,
  data,
  withStart,
  fromBare,
  say,
}: BenchOptions): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-bench-'));
  const firstPageMs = withStart ? await timeToFirstPage(join(folder, 'first')) : undefined;
  const fromBareMs = fromBare ? await timeFromBareCheckout(join(folder, 'bare')) : undefined;
  const database = await filledDatabase(data ?? join(folder, 'filled'), size, say);
  const product = await startProduct({
    environment: {
      DATABASE_URL: database.url,
      ...(profile ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profile}` } : {}),
    },
  });
  try {
    await ready(product);
    const client = httpClient(product.url, bearer(database.token));
    const targets = await readTargets(database.url);
    await warmUp(client, targets, size);
    const { measured, figures } = await measureAll(product, client, database, targets, { size, seconds, rounds, say });
    const doctorMs = await runDoctor(database.url);
    const planMs = await runPlan(database.url);
    client.close();
    const times = figuresOf({ firstPageMs, fromBareMs, doctorMs, planMs });
    return { size, measured, figures: [...figures, ...times] };
  } finally {
    await product.stop();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function warmUp(client: Client, targets: ReadTargets, { customers }: Size): Promise<void> {
  await intake(client, customers, 3);
  await reads(client, targets, 1);
}

async function measureAll(
  product: Product,
  client: Client,
  { url, token }: FilledDatabase,
  targets: ReadTargets,
  { size, seconds, rounds, say }: Pick<BenchOptions, 'size' | 'seconds' | 'rounds' | 'say'>,
): Promise<{ measured: Report['measured']; figures: Figure[] }> {
  const turns = () => intakeBesideBare({ client, url, customers: size.customers, seconds, rounds, say });
  const here = await turns();
  say(`with ${DISK_MS} ms of disk for each commit`);
  const waiting = await onWaitingDisk(url, turns);
  const live = await liveUpdates(product.url, token, client, size.customers, 100);
  const read = await reads(client, targets, seconds / 2);
  const open = await publicPages(product.url, url, seconds / 4);
  // Of everything asked for, not of the intake alone.
  const rssMb = await residentMegabytes(product.pid);
  const measured = {
    bare: here.bare,
    intake: here.intake,
    'bare, waiting disk': waiting.bare,
    'intake, waiting disk': waiting.intake,
    live,
    ...read,
    ...open,
    announcements: await announcements(),
  };
  return { measured, figures: figuresOf({ measured, ratio: here.ratio, waitingRatio: waiting.ratio, rssMb }) };
}

/** Bare commits and intake in turns: the rounds in the middle, and the ratio in the middle of those of each round. */
async function intakeBesideBare({
  client,
  url,
  customers,
  seconds,
  rounds,
  say,
}: Pick<BenchOptions, 'seconds' | 'rounds' | 'say'> & { client: Client; url: string; customers: number }) {
  const bare: Measured[] = [];
  const taken: Measured[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(await bareCommits(url, seconds / 2));
    taken.push(await intake(client, customers, seconds));
    say(`round ${round + 1}: bare ${rate(bare)}/s, intake ${rate(taken)}/s`);
  }
  const ratio = middle(taken.map((each, round) => each.perSecond / (bare[round]?.perSecond ?? Number.NaN)));
  return { bare: typical(bare), intake: typical(taken), ratio };
}

/** The round in the middle. */
function typical(rounds: readonly Measured[]): Measured {
  const rateInTheMiddle = middle(rounds.map((round) => round.perSecond));
  return rounds.find((round) => round.perSecond === rateInTheMiddle) as Measured;
}

function rate(rounds: readonly Measured[]): number {
  return Math.round(rounds.at(-1)?.perSecond ?? 0);
}

async function readTargets(url: string): Promise<ReadTargets> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const ids = async (query: string) => (await client.query<{ id: string }>(query)).rows.map((row) => row.id);
  const targets = {
    advisors: await ids('select id from advisor'),
    customers: await ids('select id from customer tablesample system (2) limit 500'),
  };
  await client.end();
  return targets;
}

/** The most memory the process ever had, in MB: what an operator must provide. */
export async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}
