import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import type { DB } from '../../desk/tables.ts';
import { openDatabase } from './database.ts';
import { inTransaction } from './transaction.ts';

const db = testDatabase();
let between: Server;
let folder: string;
let kysely: Kysely<DB>;
/** Times that something went to the database after an answer had come from it. */
let ways = 0;

/** The database behind a socket that counts the ways to it and back. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ways-'));
  const url = new URL(db.url.replace('@/', '@localhost/'));
  const real = `${url.searchParams.get('host')}/.s.PGSQL.5432`;
  between = createServer((client) => {
    const server = connect(real);
    let answered = true;
    client.on('data', (bytes) => {
      if (answered) ways += 1;
      answered = false;
      server.write(bytes);
    });
    server.on('data', (bytes) => {
      answered = true;
      client.write(bytes);
    });
    client.on('close', () => server.destroy()).on('error', () => undefined);
    server.on('close', () => client.destroy()).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => between.listen(join(folder, '.s.PGSQL.5432'), resolve));
  url.searchParams.set('host', folder);
  const opened = openDatabase<DB>(url.href.replace('@localhost/', '@/'), { most: 1 });
  kysely = opened.kysely;
  await opened.pool.query('create table told (id int primary key)');
});

beforeEach(() => {
  ways = 0;
});

afterAll(async () => {
  await kysely.destroy();
  between.close();
  await rm(folder, { recursive: true });
});

const ask = (at: Pick<Kysely<DB>, 'getExecutor'>, number: number) =>
  sql<{ number: number }>`select ${number}::int as number`.execute(at).then(({ rows }) => rows[0]?.number);

test('questions asked side by side are one way to the database and back, and each gets its own answer', async () => {
  const answers = await inTransaction(kysely, (tx) => Promise.all([1, 2, 3, 4, 5].map((each) => ask(tx, each))));
  expect(answers).toEqual([1, 2, 3, 4, 5]);
  // The questions with the "begin"; the commit.
  expect(ways).toBe(2);
});

test('questions asked one after the other are answered in turn', async () => {
  const answers = await inTransaction(kysely, async (tx) => [await ask(tx, 1), await ask(tx, 2)]);
  expect(answers).toEqual([1, 2]);
  expect(ways).toBe(3);
});

test('when one of the questions side by side fails, its reason is told and nothing is kept', async () => {
  const doomed = inTransaction(kysely, (tx) =>
    Promise.all([sql`insert into told values (1)`.execute(tx), sql`select 1 / 0`.execute(tx), ask(tx, 3)]),
  );
  await expect(doomed).rejects.toThrow(/division by zero/);
  expect((await sql`select * from told`.execute(kysely)).rows).toEqual([]);
  await expect(inTransaction(kysely, (tx) => ask(tx, 4))).resolves.toBe(4);
});

test('a transaction that has ended answers nothing more', async () => {
  const ended = await inTransaction(kysely, async (tx) => ({ tx }));
  await expect(ask(ended.tx, 1)).rejects.toThrow(/committed/);
});
