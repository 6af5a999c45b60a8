import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { newId } from '../../desk/id.ts';
import { numbersAreLeftOut, writeHeldLists } from './held-lists.ts';

const db = testDatabase();
let world: World;
beforeAll(async () => {
  world = await buildWorld(db);
  for (const phone of ['+33639980081', '+33639980082', '+33639980083']) await addTestCustomer(db, world, { phone });
});

test('it is known when more numbers are on file than Kamailio holds', async () => {
  const { count } = await db.database.kysely
    .selectFrom('contactPoint')
    .where('kind', '=', 'phone')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  expect(await numbersAreLeftOut(db.database.kysely, Number(count))).toBe(false);
  expect(await numbersAreLeftOut(db.database.kysely, Number(count) - 1)).toBe(true);
});

test('who is absent is rung after those who are there, and still in the list: it may outlast the absence', async () => {
  const { kysely } = db.database;
  const before = await phonesOf(world.ana);
  expect(before.slice(0, 2)).toEqual([world.ana, world.bruno]);
  await kysely
    .insertInto('absence')
    .values({
      id: newId(),
      advisorId: world.ana,
      startsAt: new Date(db.clock.now.getTime() - 3_600_000),
      endsAt: new Date(db.clock.now.getTime() + 3_600_000),
      enteredAt: db.clock.now,
    })
    .execute();
  expect(await phonesOf(world.ana)).toEqual([...before.slice(1), world.ana]);
});

/** Whose phones Kamailio would ring for this advisor's customers. */
async function phonesOf(advisorId: string): Promise<(string | undefined)[]> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-lists-'));
  await writeHeldLists(db.database.kysely, db.clock.now, { evapi: '127.0.0.1:1', phones: '127.0.0.1:2', folder });
  const lines = (await readFile(join(folder, 'lists', 'ring'), 'utf8')).split('\n');
  await rm(folder, { recursive: true });
  const line = lines.find((each) => each.split(':')[1] === advisorId) ?? '';
  return [...line.matchAll(/ring\.([0-9a-f-]{36})/g)].map(([, id]) => id);
}
