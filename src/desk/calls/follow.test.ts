import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { explainRoute } from '../views/route.ts';
import { beginCall } from './begin.ts';
import { type CallEvent, followCall } from './follow.ts';

const db = testDatabase();
let world: World;
let customer: { id: string; phone: string };

beforeAll(async () => {
  world = await buildWorld(db);
  customer = await addTestCustomer(db, world);
});

const begin = (id: string) =>
  db.transact((tx) =>
    beginCall(tx, {
      id,
      at: db.clock.now,
      fromPhone: customer.phone,
      customerId: customer.id,
      ringList: [world.ana, world.bruno],
    }),
  );
const follow = (callId: string, kind: CallEvent['kind'], attempt = 0) =>
  db.transact((tx) => followCall(tx, { callId, kind, at: db.clock.now, attempt }));
const read = (id: string) =>
  db.database.kysely.selectFrom('call').where('id', '=', id).selectAll().executeTakeFirstOrThrow();
const interactions = () => db.database.kysely.selectFrom('interaction').select('id').execute();

test('two processes that hear of the same missed call record it once', async () => {
  await Promise.all([begin('twice'), begin('twice')]);
  await Promise.all([follow('twice', 'missed'), follow('twice', 'missed')]);
  expect((await read('twice')).missedAt).toEqual(db.clock.now);
  expect(await interactions()).toHaveLength(1);
});

test('an answer is final, whatever arrives late, and the one who answered is the one who was rung', async () => {
  await begin('late');
  await follow('late', 'answered', 1);
  await follow('late', 'answered', 0);
  await follow('late', 'ringing', 0);
  await follow('late', 'missed');
  expect(await read('late')).toMatchObject({ answeredBy: world.bruno, missedAt: null });
  expect(await interactions()).toHaveLength(1);
});

test('whoever is on a call is not rung, until the call ends', async () => {
  await begin('talk');
  await follow('talk', 'answered', 0);
  expect(await ringListNow()).not.toContain(world.ana);
  await follow('talk', 'ended');
  expect((await ringListNow())[0]).toBe(world.ana);
});

test('an event of a call nobody told us of changes nothing', async () => {
  const before = await interactions();
  await follow('never begun', 'missed');
  expect(await interactions()).toEqual(before);
});

async function ringListNow(): Promise<string[]> {
  const asked = { channel: 'call' as const, phone: customer.phone };
  const { decision } = await explainRoute({ db: db.database.kysely, now: db.clock.now }, asked);
  return decision.channel === 'call' ? decision.attempts.map((attempt) => attempt.advisorId) : [];
}
