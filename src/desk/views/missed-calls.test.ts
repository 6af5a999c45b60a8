import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { beginCall } from '../calls/begin.ts';
import { followCall } from '../calls/follow.ts';
import { missedCalls } from './missed-calls.ts';

const db = testDatabase();
let world: World;
let customer: { id: string; phone: string };
beforeAll(async () => {
  world = await buildWorld(db);
});
beforeEach(async () => {
  await db.database.kysely.deleteFrom('call').execute();
  customer = await addTestCustomer(db, world);
});

const call = async (id: string, kind: 'missed' | 'answered', minutesAgo = 10) => {
  const at = new Date(db.clock.now.getTime() - minutesAgo * 60_000);
  const incoming = { id, at, fromPhone: customer.phone, customerId: customer.id, ringList: [world.ana] };
  await db.transact((tx) => beginCall(tx, incoming));
  await db.transact((tx) => followCall(tx, { callId: id, kind, at, attempt: 0 }));
};
const missed = async (advisorId: string, seenAt: Date | null = null) =>
  (await missedCalls(db.database.kysely, advisorId, seenAt, db.clock.now)).filter(
    ({ customerId }) => customerId === customer.id,
  );

test('those that nobody took are listed, the newest first, with whose matter it is', async () => {
  await call('first', 'missed', 20);
  await call('second', 'missed', 10);
  const listed = await missed(world.ana);
  expect(listed.map(({ id }) => id)).toEqual(['second', 'first']);
  expect(listed[0]).toMatchObject({ at: new Date(db.clock.now.getTime() - 600_000), customerId: customer.id });
  expect(await missed(world.bruno)).toEqual([]);
});

test('not those from before I last looked, nor of yesterday, nor once we have talked', async () => {
  await call('yesterday', 'missed', 13 * 60);
  expect(await missed(world.ana)).toEqual([]);
  await call('seen', 'missed', 20);
  expect(await missed(world.ana)).toHaveLength(1);
  expect(await missed(world.ana, new Date(db.clock.now.getTime() - 15 * 60_000))).toEqual([]);
  await call('talked', 'answered', 5);
  expect(await missed(world.ana)).toEqual([]);
});

test('a matter handed over takes its missed calls along', async () => {
  await call('handed', 'missed');
  const { kysely } = db.database;
  await kysely.updateTable('caseFile').set({ ownerId: world.bruno }).where('customerId', '=', customer.id).execute();
  expect(await missed(world.ana)).toEqual([]);
  expect((await missed(world.bruno)).map(({ id }) => id)).toEqual(['handed']);
});
