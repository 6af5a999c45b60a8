import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';

const db = testDatabase();
const insert = (id: number) => sql`insert into kept values (${id})`;
const stored = async () =>
  (await db.database.pool.query<{ id: number }>('select id from kept order by id')).rows.map((row) => row.id);

beforeAll(async () => {
  await db.database.pool.query('create table kept (id int primary key)');
});

test('what is written ahead is seen by what follows, and is there after the commit', async () => {
  const seen = await db.transact(async (tx) => {
    for (let id = 1; id <= 20; id++) await tx.write({ compile: () => insert(id).compile(tx.db) });
    return (await sql<{ count: number }>`select count(*) from kept`.execute(tx.db)).rows[0]?.count;
  });
  expect(seen).toBe(20);
  expect(await stored()).toHaveLength(20);
});

test('when one statement sent ahead fails, the whole transaction fails with its reason and nothing is kept', async () => {
  const doomed = db.transact(async (tx) => {
    await tx.write({ compile: () => insert(100).compile(tx.db) });
    await tx.write({ compile: () => insert(1).compile(tx.db) });
    return 'as if all were well';
  });
  await expect(doomed).rejects.toThrow(/duplicate key/);
  expect(await stored()).not.toContain(100);
});

test('a statement that is waited for after the failure tells the reason, not its consequence', async () => {
  const doomed = db.transact(async (tx) => {
    await tx.write({ compile: () => insert(1).compile(tx.db) });
    await sql`select 1`.execute(tx.db);
  });
  await expect(doomed).rejects.toThrow(/duplicate key/);
});

test('the connection is as new for the next transaction', async () => {
  for (let each = 0; each < 40; each++)
    await db.transact((tx) => tx.write({ compile: () => insert(1).compile(tx.db) })).catch(() => undefined);
  await db.transact((tx) => tx.write({ compile: () => insert(200).compile(tx.db) }));
  expect(await stored()).toContain(200);
});

test('a deferred rule of the database that is broken fails the transaction at its commit', async () => {
  await db.database.pool.query(
    'create table child (id int primary key, parent int references kept deferrable initially deferred)',
  );
  const orphan = sql`insert into child values (1, 999)`;
  await expect(db.transact((tx) => tx.write({ compile: () => orphan.compile(tx.db) }))).rejects.toThrow(/foreign key/);
  expect((await db.database.pool.query('select * from child')).rowCount).toBe(0);
});

test('a statement goes on working after its table has changed under way', async () => {
  const read = () => db.transact(async (tx) => (await sql`select * from kept where id = 1`.execute(tx.db)).rows[0]);
  for (let each = 0; each < 30; each++) await read();
  await db.database.pool.query('alter table kept add column words text');
  // Each connection refuses at most once; then everything is planned anew.
  const results = [];
  for (let each = 0; each < 30; each++) results.push(await read().catch(() => 'refused'));
  expect(results.at(-1)).toEqual({ id: 1, words: null });
});
