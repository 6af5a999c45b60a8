import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../src/platform/log/log.ts';
import { startEmbeddedPostgres } from '../src/platform/postgres/embedded.ts';
import { listen } from './bench/live.ts';
import { buildWhenMissing } from './servers/built.ts';
import { startCommand } from './servers/command.ts';
import { type Product, ready, startProduct } from './servers/product.ts';
import { startLoad } from './soak/load.ts';
import { RELAY } from './soak/stage.ts';

let folder: string;
let data: string;
let product: Product;
let client: pg.Client;
let url: string;
let senders: string[];
let to: string;
let token: string;
let backup: string;

beforeAll(buildWhenMissing, 120_000);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visavis-hot-'));
  await chmod(folder, 0o755);
  data = join(folder, 'data');
  backup = join(folder, 'hot.visavis');
  product = await startProduct({
    environment: { VISAVIS_DATA: data, VISAVIS_DEMO: '1', VISAVIS_TRUSTED_RELAYS: RELAY },
  });
  await ready(product);
  url = (await startEmbeddedPostgres(data, createLog('silent'))).url;
  client = new pg.Client({ connectionString: url });
  await client.connect();
  senders = (
    await query<{ value: string }>("select value from contact_point where kind = 'mail' order by value limit 200")
  ).map(({ value }) => value);
  to = (await query<{ mail: string }>('select contact_mail as mail from operator'))[0]?.mail ?? '';
  token = (await startCommand({ VISAVIS_DATA: data }, 'token', '--role', 'admin').ended).out.trim();
}, 120_000);
afterAll(async () => {
  await client?.end();
  await product?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function query<Row>(statement: string): Promise<Row[]> {
  return (await client.query(statement)).rows as Row[];
}

/** What a backup says of each table: how many rows, and their SHA-256. */
async function tablesIn(file: string): Promise<[string, unknown][]> {
  const lines = gunzipSync(await readFile(file))
    .toString('latin1')
    .split('\n');
  return lines.flatMap((line, index): [string, unknown][] => {
    if (!line.startsWith('-- table ')) return [];
    const { name } = JSON.parse(line.slice(9)) as { name: string };
    const rows = lines.slice(index).find((each) => each.startsWith('-- rows ')) ?? '';
    return [[name, JSON.parse(rows.slice(8))]];
  });
}

test('a full demo is backed up while mail and messages arrive, which are taken and shown all the time', async () => {
  const load = startLoad({ url: product.url, smtpPort: product.smtpPort, token, senders, to });
  let live = 0;
  const stopListening = await listen(product.url, token, () => {
    live += 1;
  });
  await expect.poll(() => load.soFar().length, { timeout: 20_000 }).toBeGreaterThan(10);
  const [before, liveBefore] = [load.soFar(), live];
  const { status, out, err } = await startCommand({ VISAVIS_DATA: data }, 'backup', backup, '--json').ended;
  const during = load.soFar().length - before.length;
  const { accepted } = await load.stop();
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({ ok: true, file: backup });
  expect(during).toBeGreaterThan(0);
  await expect.poll(() => live, { timeout: 10_000 }).toBeGreaterThan(liveBefore);
  stopListening();
  const text = gunzipSync(await readFile(backup)).toString('latin1');
  // A mail that was taken and not read yet is there as its raw bytes, in hexadecimal.
  const isThere = (mark: string) => text.includes(mark) || text.includes(Buffer.from(mark).toString('hex'));
  expect(before.filter((mark) => !isThere(mark))).toEqual([]);
  expect(accepted.size).toBeGreaterThan(before.length);
}, 60_000);

test('a restore killed half-way leaves nothing the product starts on; run again, it is complete, and mail comes in', async () => {
  await client.query('create database restored');
  const there = { DATABASE_URL: url.replace('/visavis?', '/restored?') };
  const killed = startCommand(there, 'restore', backup);
  const busy = `select 1 from pg_stat_activity where application_name = 'visavis-restore' and query ilike 'copy%' and datname = 'restored'`;
  while ((await query(busy)).length === 0) await sleep(2);
  killed.child.kill('SIGKILL');
  expect(await killed.ended).toMatchObject({ status: null });
  await expect
    .poll(() => query("select 1 from pg_stat_activity where application_name = 'visavis-restore'"), { timeout: 20_000 })
    .toEqual([]);

  const refused = await startProduct({ environment: there });
  expect(await refused.ended).toBe(1);
  expect(refused.said().err).toContain('A restore into this database did not finish.');

  const again = await startCommand(there, 'restore', backup).ended;
  expect(again).toMatchObject({ status: 0, out: expect.stringContaining('The doctor finds nothing wrong.') });
  const second = join(folder, 'second.visavis');
  expect(await startCommand(there, 'backup', second).ended).toMatchObject({ status: 0 });
  // The rows come in the order in which they were restored. Jobs are not a table, and have another order of their own.
  const tables = async (file: string) => (await tablesIn(file)).filter(([name]) => name !== 'waiting_job');
  expect(await tables(second)).toEqual(await tables(backup));

  const copy = await startProduct({ environment: { ...there, VISAVIS_TRUSTED_RELAYS: RELAY } });
  await ready(copy);
  const load = startLoad({ url: copy.url, smtpPort: copy.smtpPort, token, senders, to });
  await expect.poll(() => load.soFar().length, { timeout: 20_000 }).toBeGreaterThan(5);
  const { accepted } = await load.stop();
  const restored = new pg.Client({ connectionString: there.DATABASE_URL });
  await restored.connect();
  const read = async () => {
    const { rows } = await restored.query<{ text: string }>("select text from interaction where text like 'mark %'");
    return [...accepted.keys()].filter((mark) => !rows.some(({ text }) => text.includes(mark)));
  };
  await expect.poll(read, { timeout: 30_000 }).toEqual([]);
  const unread = async () => (await restored.query('select 1 from delivery where read_at is null')).rowCount;
  // Also what had been taken and not read when the backup was made.
  await expect.poll(unread, { timeout: 30_000 }).toBe(0);
  await restored.end();
  await copy.stop();
}, 120_000);
