import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testHouse } from '../../test/app.ts';
import { testDatabase } from '../../test/database.ts';
import { sumsOfTables } from '../../test/tables.ts';
import { plantDemo } from '../desk/demo/plant.ts';
import type { DB } from '../desk/tables.ts';
import { readConfig } from '../platform/config/config.ts';
import { openDatabase } from '../platform/db/database.ts';
import { applyMigrations, migrate } from '../platform/db/migrate.ts';
import { UnfinishedRestore } from '../platform/db/words.ts';
import { createProgram } from './program.ts';

const db = testDatabase();
/** Nothing needs a superuser. */
const owner = 'visavis_owner';
const made: string[] = [];
const nasty = '\\.\n\\N\t\r\n"x"\\\\ \u200b 👩‍🚀 ';
const anyBytes = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
let folder: string;
let file: string;
let before: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visavis-backup-'));
  file = join(folder, 'first.visavis');
  db.clock.now = new Date();
  await db.transact((tx) => plantDemo(tx, { now: tx.now, seed: 2_539, customers: 300 }));
  await db.transact((tx) => tx.enqueue('read-delivery', { id: 'in an hour' }, new Date('2030-01-01T00:00:00Z')));
  await db.transact((tx) => tx.enqueue('send-mail', { id: 'now' }));
  // What people write, byte by byte: line ends, backslashes, tabs, zero-width, any bytes of a file.
  await db.database.pool.query('insert into blob (sha256, bytes) values (sha256($1), $1)', [anyBytes]);
  await db.database.pool.query('update operator set name = $1', [nasty]);
  before = await sumsOfTables(db.url);
  expect(await visavis(db.url, 'backup', file)).toMatchObject({ status: 0, err: '' });
}, 60_000);
afterAll(async () => {
  for (const name of made) await asAdmin(`drop database if exists ${name} with (force)`);
  await asAdmin(`drop role if exists ${owner}`);
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command line on this database; answers what a shell would see. */
async function visavis(url: string, ...args: string[]) {
  process.exitCode = 0;
  const seen = { out: '', err: '' };
  const program = createProgram(
    async (work) => {
      await migrate(url);
      const database = openDatabase<DB>(url, { most: 2 });
      const result = await work({ ...testHouse(db), db: database.kysely });
      await database.close();
      return result;
    },
    (work) => work(url, readConfig({ VISAVIS_LOG: 'silent' })),
  );
  const hush = (command: typeof program): void => {
    command.configureOutput({ writeOut: (text) => (seen.out += text), writeErr: (text) => (seen.err += text) });
    for (const each of command.commands) hush(each);
  };
  hush(program);
  await program.parseAsync(args, { from: 'user' });
  const status = Number(process.exitCode);
  process.exitCode = 0;
  return { ...seen, status };
}

/** The answer of `restore --json`. */
async function restore(url: string, from = file) {
  const { out, status } = await visavis(url, 'restore', from, '--json');
  const answer = JSON.parse(out) as { why?: string; jobs?: number; rows?: number; findings?: { check: string }[] };
  // The server of the tests may forget what it has confirmed, and the doctor says so.
  return { ...answer, status, found: answer.findings?.map(({ check }) => check).filter((one) => one !== 'durability') };
}

async function asAdmin(statement: string): Promise<void> {
  await query(db.url.replace(/\/visavis_\w+/, '/postgres'), statement);
}

async function query<Row>(url: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** A new, empty database on the same server, of this owner. */
async function emptyDatabase(owner = 'visavis'): Promise<string> {
  const name = `visavis_${randomUUID().replaceAll('-', '')}`;
  made.push(name);
  await asAdmin(`create database ${name} owner ${owner}`);
  return db.url.replace(/\/visavis_\w+/, `/${name}`);
}

const tablesOf = (url: string) =>
  query(url, "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace");

describe('a backup restored into an empty database, by an ordinary role that owns it', () => {
  let url: string;
  beforeAll(async () => {
    await asAdmin(`drop role if exists ${owner}`);
    await asAdmin(`create role ${owner} login`);
    url = (await emptyDatabase(owner)).replace('//visavis@', `//${owner}@`);
    expect(await restore(url)).toMatchObject({ status: 1, found: [], jobs: 2 });
  });

  test('holds every table with the same rows, and sequences where they were', async () => {
    expect(await sumsOfTables(url)).toEqual(before);
    expect(Number(before.interaction?.split(' ')[0])).toBeGreaterThan(500);
    expect(await query(url, 'select name from operator')).toEqual([{ name: nasty }]);
  });

  test('has every index, rule and trigger of a database that was never restored', async () => {
    const rules = `select pg_get_indexdef(indexrelid) as rule from pg_index join pg_class c on c.oid = indexrelid where c.relnamespace = 'public'::regnamespace
      union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated from pg_constraint where connamespace = 'public'::regnamespace
      union all select tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text from pg_trigger where not tgisinternal order by 1`;
    expect(await query(url, rules)).toEqual(await query(db.url, rules));
  });

  test('goes on with the jobs that were not done, at their time', async () => {
    const jobs = `select name, data, start_after > '2029-01-01' as later from pgboss.job where state = 'created' order by name`;
    expect(await query(url, jobs)).toEqual([
      { name: 'read-delivery', data: { id: 'in an hour' }, later: true },
      { name: 'send-mail', data: { ids: ['now'] }, later: false },
    ]);
  });

  test('hands out its old events before new ones, and new numbers after old ones', async () => {
    const [old] = await query<{ seq: string; xids: string }>(
      url,
      'select max(seq) as seq, count(distinct xid) as xids from event',
    );
    expect(old?.xids).toBe(1);
    await query(url, "insert into event (at, type, facts) values (now(), 'after.restore', '{}')");
    const [last] = await query<{ type: string; seq: string }>(
      url,
      'select type, seq from event order by xid desc, seq desc limit 1',
    );
    expect(last?.type).toBe('after.restore');
    expect(Number(last?.seq)).toBeGreaterThan(Number(old?.seq));
  });

  test('is not written over by a second restore, which says what to do', async () => {
    const now = await sumsOfTables(url);
    const again = await restore(url);
    expect(again).toMatchObject({ status: 1 });
    expect(again.why).toMatch(
      /^This database is not empty: .*Nothing was changed\. Restore into a new one: .*createdb.*VISAVIS_DATA\.$/,
    );
    expect(await sumsOfTables(url)).toEqual(now);
  });
});

test('a backup of an older Visavis is restored as it was, and then brought to this version', async () => {
  const old = await emptyDatabase();
  const client = new pg.Client({ connectionString: old });
  await client.connect();
  await client.query('begin');
  await applyMigrations(client, [1, 2, 3, 4, 5]);
  await client.query('commit');
  await client.end();
  await query(
    old,
    `insert into operator (name, phone, mail_domain, contact_mail) values ('Régie', '+33353010000', 'regie.example.org', 'c@regie.example.org')`,
  );
  const older = join(folder, 'older.visavis');
  expect(await visavis(old, 'backup', older)).toMatchObject({ status: 0 });
  const url = await emptyDatabase();
  expect(await restore(url, older)).toMatchObject({ found: [] });
  expect(await query(url, 'select name from operator')).toEqual([{ name: 'Régie' }]);
  const newest = 'select max(number) as number from migration';
  expect(await query(url, newest)).toEqual(await query(db.url, newest));
});

test('the file is for its owner only, is never written over, and can be checked without changing anything', async () => {
  const { mode, mtimeMs } = await stat(file);
  expect(mode & 0o777).toBe(0o600);
  expect(await visavis(db.url, 'backup', file)).toMatchObject({
    status: 1,
    err: expect.stringMatching(/exists already/),
  });
  expect((await stat(file)).mtimeMs).toBe(mtimeMs);
  expect(await visavis(db.url, 'restore', '--check', file)).toMatchObject({
    status: 0,
    out: expect.stringMatching(/is whole: \d+ rows of \d+ tables/),
  });
  expect(await readdir(folder)).not.toContainEqual(expect.stringContaining('unfinished'));
});

describe('refused before anything changes, in a sentence', () => {
  const text = () => gunzipSync(readFileSync(file)).toString('latin1');
  const packed = (changed: string) => gzipSync(Buffer.from(changed, 'latin1'));
  const files: [string, () => Buffer, RegExp][] = [
    ['a file that ends too early', () => readFileSync(file).subarray(0, -1_000), /damaged or not complete/],
    ['half a file', () => readFileSync(file).subarray(0, 200_000), /damaged or not complete/],
    ['a file with one byte changed', () => flipped(readFileSync(file), 150_000), /damaged or not complete/],
    ['rows that were changed and packed again', () => packed(text().replace('Besan', 'besan')), /damaged or not/],
    ['a row less', () => packed(text().replace(/\n39001\t[^\n]*/, '')), /damaged or not complete/],
    ['a file without its last line', () => packed(text().replace(/-- end .*\n$/, '')), /damaged or not complete/],
    [
      'a table left out',
      () => packed(text().replace(/-- table \{"name":"audit"[\s\S]*?\n-- rows .*\n/, '')),
      /damaged/,
    ],
    ['another file', () => gzipSync('select 1;\n'), /is no backup made by "visavis backup"/],
    ['a file that is not compressed', () => Buffer.from('hello'), /damaged or not complete/],
    ['an empty file', () => Buffer.alloc(0), /damaged or not complete/],
    [
      'a newer form of backup',
      () => packed(text().replace('"format":1', '"format":2')),
      /a newer Visavis than this one/,
    ],
    [
      'a newer database',
      () => packed(text().replace(/"migrations":\[/, '"migrations":[9999,')),
      /of a newer Visavis \(its database is at version 9999, this program at \d+\)/,
    ],
  ];
  let url: string;
  beforeAll(async () => {
    url = await emptyDatabase();
  });

  test.each(files)('%s', async (_, bytes, why) => {
    const wrong = join(folder, 'wrong.visavis');
    writeFileSync(wrong, bytes());
    const refused = await restore(url, wrong);
    expect(refused).toMatchObject({ status: 1, why: expect.stringMatching(why) });
    expect(refused.why).toContain('Nothing was changed.');
    expect(await tablesOf(url)).toEqual([]);
  });

  test('a file that is not there', async () => {
    expect(await restore(url, join(folder, 'none'))).toMatchObject({ status: 1 });
    expect(await tablesOf(url)).toEqual([]);
  });
});

test('both commands speak French to whoever reads French, in success and in refusal', async () => {
  const french = join(folder, 'francais.visavis');
  const { out } = await visavis(db.url, 'backup', '--lang', 'fr', french);
  expect(out).toMatch(/^\d+ lignes de \d+ tables écrites dans .*francais\.visavis \(\d+,\d Mo\)\. Gardez-le ailleurs/);
  const again = await visavis(db.url, 'backup', '--lang', 'fr', french);
  expect(again).toMatchObject({
    status: 1,
    err: `${french} existe déjà et n’a pas été touché. Nommez un autre fichier.\n`,
  });
  const whole = await visavis(db.url, 'restore', '--check', '--lang', 'fr', french);
  expect(whole.out).toMatch(/est entier\u00a0: \d+ lignes de \d+ tables, sauvegarde du 20/);
  const full = await visavis(db.url, 'restore', '--lang', 'fr', french);
  expect(full.err).toMatch(
    /^Cette base n’est pas vide\u00a0: elle a \d+ tables, dont \w+\.\w+\. Rien n’a été modifié\./,
  );
  writeFileSync(join(folder, 'faux'), gzipSync('select 1;\n'));
  const other = await visavis(db.url, 'restore', '--lang', 'fr', join(folder, 'faux'));
  expect(other.err).toBe(
    'Ce fichier n’est pas une sauvegarde faite par «\u00a0visavis backup\u00a0». Rien n’a été modifié.\n',
  );
  const empty = await emptyDatabase();
  const nothing = await visavis(empty, 'backup', '--lang', 'fr', join(folder, 'rien.visavis'));
  expect(nothing.err).toMatch(/^Il n’y a rien à sauvegarder/);
});

test('after a restore that was cut off the product does not start, and the restore can be run again', async () => {
  const url = await emptyDatabase();
  await query(url, 'create table unfinished_restore (begun_at timestamptz not null default now())');
  await expect(migrate(url)).rejects.toThrow(UnfinishedRestore);
  await expect(migrate(url)).rejects.toThrow('Run the same "visavis restore FILE" again, or use another database.');
  expect(await restore(url)).toMatchObject({ found: [] });
  expect(await sumsOfTables(url)).toEqual(before);
});

function flipped(bytes: Buffer, at: number): Buffer {
  bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  return bytes;
}
