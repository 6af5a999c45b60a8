import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { beginCall } from '../../../src/desk/calls/begin.ts';
import { followCall } from '../../../src/desk/calls/follow.ts';
import { testDatabase } from '../../database.ts';
import { addTestCustomer, buildWorld, type World } from '../../world.ts';
import { nameOnRecord, readRecords } from './records.ts';

const db = testDatabase();
let world: World;
let customer: { id: string; phone: string };

beforeAll(async () => {
  world = await buildWorld(db);
});
beforeEach(async () => {
  db.clock.now = new Date('2026-11-23T09:00:00Z');
  await sql`truncate call, interaction, tray_item, case_file, commitment cascade`.execute(db.database.kysely);
  customer = await addTestCustomer(db, world);
});

const idOf = (callId: string) => `${nameOnRecord(callId)}-1-00000000`;
const later = (seconds: number) => {
  db.clock.now = new Date(db.clock.now.getTime() + seconds * 1_000);
};
async function begin(callId: string, customerId: string | null = customer.id, fromPhone = customer.phone) {
  const call = { id: idOf(callId), at: db.clock.now, fromPhone, customerId, ringList: [world.ana] };
  await db.transact((tx) => beginCall(tx, call));
}
const follow = (callId: string, kind: 'answered' | 'missed' | 'ended') =>
  db.transact((tx) => followCall(tx, { callId: idOf(callId), kind, at: db.clock.now, attempt: 0 }));
async function miss(callId: string, ...from: [customerId?: string | null, phone?: string]) {
  await begin(callId, ...from);
  later(5);
  await follow(callId, 'missed');
}
const recordOf = async (callId: string) => (await readRecords(db.url)).get(nameOnRecord(callId));
/** Behind the back of what guards them: no command of the product leaves an open matter without one. */
const change = (what: 'kept_at' | 'broken_at' | 'withdrawn_at') =>
  db.database.kysely.connection().execute(async (one) => {
    await sql`set session_replication_role = replica`.execute(one);
    const words = what === 'withdrawn_at' ? 'Not owed.' : null;
    await sql`update commitment set ${sql.ref(what)} = ${db.clock.now}, withdrawn_words = ${words}`.execute(one);
    await sql`set session_replication_role = origin`.execute(one);
  });

test('a missed call has one line, and what is owed in its own matter', async () => {
  await miss('missed');
  expect(await recordOf('missed')).toMatchObject({ rows: 1, lines: 1, items: 0, missed: true, promises: 1 });
});

test('what the same customer is owed in another matter is no promise of this call', async () => {
  await miss('other');
  await begin('this');
  await sql`update call set missed_at = ${db.clock.now} where id = ${idOf('this')}`.execute(db.database.kysely);
  expect(await recordOf('this')).toMatchObject({ rows: 1, lines: 0, missed: true, promises: 0 });
  expect(await recordOf('other')).toMatchObject({ promises: 1 });
});

test.each(['broken_at', 'withdrawn_at'] as const)(
  'a promise that is no longer one (%s) does not count',
  async (what) => {
    await miss('missed');
    await change(what);
    expect(await recordOf('missed')).toMatchObject({ lines: 1, promises: 0 });
  },
);

test('a promise that was kept counts when somebody talked to that caller after this call', async () => {
  await begin('before');
  await follow('before', 'answered');
  await follow('before', 'ended');
  later(60);
  await miss('missed');
  later(60);
  await change('kept_at');
  expect(await recordOf('missed')).toMatchObject({ promises: 0 });
  await begin('after');
  later(5);
  await follow('after', 'answered');
  expect(await recordOf('missed')).toMatchObject({ promises: 1 });
});

test('a stranger’s call is an item of the tray, owed an answer while it waits there', async () => {
  await miss('stranger', null, '+33639980777');
  expect(await recordOf('stranger')).toMatchObject({ rows: 1, lines: 0, items: 1, missed: true, promises: 1 });
  await sql`update tray_item set sorted_at = ${db.clock.now}, set_aside_why = 'spam'`.execute(db.database.kysely);
  expect(await recordOf('stranger')).toMatchObject({ items: 1, promises: 0 });
});
