import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { householdOfAda, type SmallOperator, smallOperator } from '../areas/small-operator.test-support.ts';

const db = testDatabase();
const pool = () => db.database.pool;
const one = () => householdOfAda(db.transact);
let us: SmallOperator;

beforeAll(async () => {
  us = await smallOperator(db.transact);
});

describe('the database itself refuses', () => {
  it('a customer without an advisor', async () => {
    const id = await one();
    await expect(pool().query('update customer set advisor_id = null where id = $1', [id])).rejects.toMatchObject({
      code: '23502',
    });
    await expect(
      pool().query(
        `insert into customer (id, kind, name, reference, area_id, created_at) values (gen_random_uuid(), 'household', 'X', 'X', $1, now())`,
        [us.ornans],
      ),
    ).rejects.toMatchObject({ code: '23502' });
  });

  it('a gap in the record of who was in charge, or an end of it', async () => {
    const id = await one();
    await expect(pool().query('delete from tenure where customer_id = $1', [id])).rejects.toMatchObject({
      constraint: 'tenure_is_recorded',
    });
    await expect(pool().query('update tenure set until = now() where customer_id = $1', [id])).rejects.toMatchObject({
      constraint: 'tenure_is_recorded',
    });
  });

  it('two advisors in charge at one instant, even where the guard is talked round', async () => {
    const id = await one();
    const client = await pool().connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('visavis.tenure', 'trigger', true)`);
      await expect(
        client.query(
          `insert into tenure (customer_id, advisor_id, since, until) values ($1, $2, '2000-01-01', '2100-01-01')`,
          [id, us.bea],
        ),
      ).rejects.toMatchObject({ code: '23P01' });
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('an advisor with too few backups, by removal or by a backup who leaves', async () => {
    await expect(pool().query('delete from backup where advisor_id = $1 and rank = 1', [us.ada])).rejects.toMatchObject(
      { constraint: 'advisor_has_backups' },
    );
    await expect(pool().query('insert into backup values ($1, 9, $1)', [us.ada])).rejects.toMatchObject({
      code: '23514',
    });
    await expect(
      pool().query(
        `insert into advisor (id, pod_id, given_name, family_name, phone, mail, working_hours) values (gen_random_uuid(), $1, 'No', 'Backups', '+33353010009', 'no@example.org', '{}')`,
        [us.podId],
      ),
    ).rejects.toMatchObject({ constraint: 'advisor_has_backups' });
  });

  it('an area or customer of nobody, and a number that is not E.164', async () => {
    await expect(
      pool().query('update area set advisor_id = gen_random_uuid() where id = $1', [us.ornans]),
    ).rejects.toMatchObject({ code: '23503' });
    await expect(
      pool().query(
        `insert into contact_point (id, customer_id, kind, value) values (gen_random_uuid(), $1, 'phone', '0639981234')`,
        [await one()],
      ),
    ).rejects.toMatchObject({ code: '23514' });
  });
});
