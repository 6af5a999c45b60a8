import { type Kysely, sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { beginCall } from '../calls/begin.ts';
import { followCall } from '../calls/follow.ts';
import type { DB } from '../tables.ts';
import { callsNow } from './calls-now.ts';
import { readRoster } from './roster.ts';

const db = testDatabase();
let world: World;
let customer: { id: string; phone: string };
beforeAll(async () => {
  world = await buildWorld(db);
  customer = await addTestCustomer(db, world);
});

const secondsAgo = (seconds: number) => new Date(db.clock.now.getTime() - seconds * 1_000);
const begin = (id: string, at: Date) =>
  db.transact((tx) =>
    beginCall(tx, { id, at, fromPhone: customer.phone, customerId: customer.id, ringList: [world.ana] }),
  );
const follow = (callId: string, kind: 'answered' | 'ended' | 'missed', at: Date) =>
  db.transact((tx) => followCall(tx, { callId, kind, at, attempt: 0 }));
const shown = async (kysely: Kysely<DB>) => {
  const me = { advisorId: world.ana, locale: 'fr' } as const;
  const calls = await callsNow(kysely, await readRoster(kysely, db.clock.now), me, db.clock.now);
  return calls.map(({ id, state }) => [id, state]);
};

test('what rings, goes on or has just ended is shown, and not what was missed or ended long ago', async () => {
  await begin('long-ago', secondsAgo(900));
  await follow('long-ago', 'answered', secondsAgo(890));
  await follow('long-ago', 'ended', secondsAgo(400));
  await begin('just-ended', secondsAgo(300));
  await follow('just-ended', 'answered', secondsAgo(290));
  await follow('just-ended', 'ended', secondsAgo(100));
  await begin('missed', secondsAgo(90));
  await follow('missed', 'missed', secondsAgo(60));
  await begin('goes-on', secondsAgo(50));
  await follow('goes-on', 'answered', secondsAgo(40));
  await begin('rings', secondsAgo(10));
  expect(await shown(db.database.kysely)).toEqual([
    ['just-ended', 'ended'],
    ['goes-on', 'talking'],
    ['rings', 'ringing'],
  ]);
});

test('in a rush, calls that were missed are not read again each time a screen looks', async () => {
  await sql`insert into call (id, source, invited_at, missed_at, from_phone, customer_id, ring_list)
    select 'rush-' || n, 'kamailio', ${secondsAgo(600)}::timestamptz, ${secondsAgo(590)}::timestamptz, ${customer.phone}, ${customer.id}::uuid, array[${world.ana}::uuid]
    from generate_series(1, 3000) n`.execute(db.database.kysely);
  await sql`analyze call`.execute(db.database.kysely);
  // On one connection, which must say what it read before it is asked.
  await db.database.kysely.connection().execute(async (one) => {
    const read = async () => {
      await sql`select pg_stat_force_next_flush()`.execute(one);
      const { rows } = await sql<{ rows: number }>`
        select seq_tup_read + coalesce(idx_tup_fetch, 0) as rows from pg_stat_user_tables where relname = 'call'`.execute(
        one,
      );
      return Number(rows[0]?.rows);
    };
    const before = await read();
    expect(await shown(one)).toHaveLength(3);
    expect((await read()) - before).toBeLessThan(100);
  });
});
