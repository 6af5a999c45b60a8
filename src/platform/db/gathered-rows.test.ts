import { type Kysely, sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { GatheredRows, gathers } from './gathered-rows.ts';
import { insertAhead } from './insert.ts';
import { inTransaction } from './transaction.ts';

interface Tables {
  house: { id: number };
  room: { id: number; houseId: number; name?: string };
}
const HOUSE = 0;
const ROOM = 1;

const db = testDatabase();
let kysely: Kysely<Tables>;

beforeAll(async () => {
  kysely = db.database.kysely as unknown as Kysely<Tables>;
  await db.database.pool.query('create table house (id int primary key)');
  await db.database.pool.query(
    "create table room (id int primary key, house_id int not null references house, name text not null default 'kitchen')",
  );
});
beforeEach(async () => {
  await db.database.pool.query('truncate house, room');
});

const addRoom = (tx: Kysely<Tables>, id: number, name?: string) =>
  insertAhead<Tables, 'room'>(tx, 'room', { id, houseId: 1, name }, ROOM);
const addHouse = (tx: Kysely<Tables>) => insertAhead<Tables, 'house'>(tx, 'house', { id: 1 }, HOUSE);
const rooms = (tx: Kysely<Tables> = kysely) => tx.selectFrom('room').select(['id', 'name']).orderBy('id').execute();

test('tables with lower places are filled first, whatever the order the rows came in', async () => {
  await inTransaction(kysely, async (tx) => {
    await addRoom(tx, 1);
    await addHouse(tx);
  });
  expect(await rooms()).toEqual([{ id: 1, name: 'kitchen' }]);
});

test('the statement that follows sees the rows; one that throws leaves none', async () => {
  const seen = await inTransaction(kysely, async (tx) => {
    await Promise.all([addHouse(tx), addRoom(tx, 1), addRoom(tx, 2, 'attic')]);
    return rooms(tx);
  });
  expect(seen).toEqual([
    { id: 1, name: 'kitchen' },
    { id: 2, name: 'attic' },
  ]);
  const doomed = inTransaction(kysely, async (tx) => {
    await addRoom(tx, 3);
    throw new Error('no');
  });
  await expect(doomed).rejects.toThrow('no');
  expect(await rooms()).toHaveLength(2);
});

test('a row that breaks a rule fails the commit with its reason, and the next transaction begins with none', async () => {
  await expect(inTransaction(kysely, (tx) => addRoom(tx, 1))).rejects.toThrow(/foreign key/);
  await inTransaction(kysely, addHouse);
  expect(await rooms()).toEqual([]);
});

test('more rows than one statement can carry leave in several, and none is lost', async () => {
  const many = 70_000;
  await inTransaction(kysely, async (tx) => {
    await addHouse(tx);
    for (let id = 1; id <= many; id++) await addRoom(tx, id, 'cell');
  });
  expect((await sql<{ count: number }>`select count(*) from room`.execute(kysely)).rows).toEqual([{ count: many }]);
});

test('rows with other columns of one table are another statement', () => {
  const gathered = new GatheredRows();
  gathered.add(gathers('insert into "room" ("id") values ($1)', 2), [1]);
  gathered.add(gathers('insert into "room" ("id", "name") values ($1, $2)', 2), [2, 'attic']);
  gathered.add(gathers('insert into "room" ("id") values ($1)', 2), [3]);
  expect(gathered.take()).toEqual([
    { sql: 'insert into "room" ("id") values ($1), ($2)', parameters: [1, 3] },
    { sql: 'insert into "room" ("id", "name") values ($1, $2)', parameters: [2, 'attic'] },
  ]);
  expect(gathered.take()).toEqual([]);
});
