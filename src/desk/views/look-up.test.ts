import { type Kysely, sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld } from '../../../test/world.ts';
import { PREPARED } from '../../platform/db/statement-names.ts';
import { identifySender } from '../interactions/identify-sender.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { customerAt } from './route.ts';

const db = testDatabase();
let customer: { id: string; phone: string };
beforeAll(async () => {
  customer = await addTestCustomer(db, await buildWorld(db));
  // So many that the index matters.
  const { kysely } = db.database;
  await sql`insert into customer (id, kind, name, reference, area_id, advisor_id, created_at)
    select gen_random_uuid(), kind, name, 'many-' || n, area_id, advisor_id, created_at from customer, generate_series(1, 4000) n
    where id = ${customer.id}::uuid`.execute(kysely);
  await sql`insert into contact_point (id, customer_id, kind, value)
    select gen_random_uuid(), id, 'phone', '+331990' || lpad(substr(reference, 6), 5, '0') from customer where reference like 'many-%'`.execute(
    kysely,
  );
  await sql`analyze customer, contact_point`.execute(kysely);
});

/** PostgreSQL looks five times before it trusts a plan made without the values. */
const FIRST_ONES = 5;
const plans = async (db: Kysely<DB>) =>
  (
    await sql<{ made: number }>`select custom_plans as made from pg_prepared_statements
      where statement like ${`${PREPARED}%contact_point%`}`.execute(db)
  ).rows.map(({ made }) => Number(made));

test('who calls and who writes is looked up without planning it anew each time', async () => {
  await db.database.kysely.connection().execute(async (one) => {
    const tx = { db: one, now: db.clock.now } as Tx;
    for (let time = 0; time < 12; time++) {
      expect(await customerAt(tx, { phone: customer.phone })).toMatchObject({ id: customer.id });
      const from = { phone: customer.phone, mail: 'nobody@example.org' };
      expect(await identifySender(tx, { channel: 'call', from } as never)).toEqual({ customerId: customer.id });
    }
    const made = await plans(one);
    expect(made).toHaveLength(2);
    for (const times of made) expect(times).toBeLessThanOrEqual(FIRST_ONES);
  });
});
