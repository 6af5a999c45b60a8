import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld } from '../../../test/world.ts';
import { numbersAreLeftOut } from './held-lists.ts';

const db = testDatabase();
beforeAll(async () => {
  const world = await buildWorld(db);
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
