import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { system } from '../actor.ts';
import { addAdvisor } from '../advisors/add.ts';
import {
  everyWeekday,
  householdOfAda,
  type SmallOperator,
  smallOperator,
} from '../areas/small-operator.test-support.ts';
import { openCaseFile } from '../casefiles/open.ts';
import { makeCommitment } from '../commitments/make.ts';

const db = testDatabase();
const pool = () => db.database.pool;
const one = () => householdOfAda(db.transact);
let us: SmallOperator;

const leaves = (id: string) => pool().query('update advisor set left_at = now() where id = $1', [id]);
let colleagues = 0;

/** One more advisor, with these backups, who backs up nobody. */
async function addColleague(...backups: string[]): Promise<string> {
  const number = 40 + ++colleagues;
  const added = await db.transact((tx) =>
    addAdvisor(tx, system, {
      podId: us.podId,
      givenName: 'Dan',
      familyName: 'Fertans',
      phone: `03 53 01 00 ${number}`,
      mail: `dan${number}@lac.example.org`,
      workingHours: everyWeekday,
      backups,
    }),
  );
  if (!added.ok) throw new Error(added.why);
  return added.id;
}

async function openMatter(): Promise<string> {
  const customerId = await one();
  return db.transact(async (tx) => {
    const about = { customerId, ownerId: us.ada };
    const opened = { ...about, subject: 'Box', lineId: null, at: tx.now, covering: false };
    const { id } = await openCaseFile(tx, system, opened);
    await makeCommitment(tx, system, { ...about, caseFileId: id, kind: 'answer', dueAt: tx.now });
    return id;
  });
}

async function toSort(): Promise<string> {
  const { rows } = await pool().query<{ id: string }>(
    `insert into tray_item (id, channel, at, reason, duty_owner_id, due_at)
     values (gen_random_uuid(), 'mail', now(), 'unknown_sender', $1, now()) returning id`,
    [us.ada],
  );
  return rows[0]?.id ?? '';
}

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
    // Bea has nothing in her hands, but Ada and Cyr would each be left with one backup, and Dan stays to be the other.
    const dan = await addColleague(us.cyr, us.bea);
    await expect(leaves(us.bea)).rejects.toMatchObject({ constraint: 'advisor_has_backups' });
    await pool().query('insert into backup values ($1, 3, $3), ($2, 3, $3)', [us.ada, us.cyr, dan]);
    await expect(leaves(us.bea)).rejects.toMatchObject({ constraint: 'advisor_has_backups' });
    await pool().query('insert into backup values ($1, 3, $2)', [dan, us.ada]);
    await leaves(us.bea);
    await pool().query('update advisor set left_at = null where id = $1', [us.bea]);
  });

  it('an advisor who leaves with a customer, an area, an open case file or something to sort', async () => {
    const nothing = { constraint: 'advisor_leaves_nothing' };
    const dan = await addColleague(us.ada, us.bea);
    const held = [
      ['customer', 'advisor_id', await one()],
      ['area', 'advisor_id', us.ornans],
      ['case_file', 'owner_id', await openMatter()],
      ['tray_item', 'duty_owner_id', await toSort()],
    ] as const;
    for (const [table, column, id] of held) {
      const give = (to: string) => pool().query(`update ${table} set ${column} = $1 where id = $2`, [to, id]);
      await give(dan);
      await expect(leaves(dan)).rejects.toMatchObject(nothing);
      await give(us.ada);
    }
    await leaves(dan);
  });

  it('a commune that is served whole and in sectors', async () => {
    const both = { constraint: 'area_whole_or_cut' };
    const add = (insee: string, sector: string | null) =>
      pool().query(
        `insert into area (id, commune_insee, sector, office_id, advisor_id) values (gen_random_uuid(), $1, $2, $3, $4)`,
        [insee, sector, us.officeId, us.ada],
      );
    await expect(add('25434', 'Nord')).rejects.toMatchObject(both);
    await add('25056', 'Nord');
    await add('25056', 'Sud');
    await expect(add('25056', null)).rejects.toMatchObject(both);
    await expect(
      pool().query(`update area set sector = null where commune_insee = '25056' and sector = 'Sud'`),
    ).rejects.toMatchObject(both);
    await expect(add('25056', 'Nord')).rejects.toMatchObject({ constraint: 'area_once' });
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
