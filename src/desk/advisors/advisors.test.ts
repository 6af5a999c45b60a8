import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { writeWav } from '../../core/telephony/wav.ts';
import { type Actor, system } from '../actor.ts';
import { addArea, addOffice } from '../areas/add.ts';
import {
  everyWeekday,
  householdOfAda,
  type SmallOperator,
  smallOperator,
} from '../areas/small-operator.test-support.ts';
import { changeAdvisor } from '../customers/change-advisor.ts';
import { storeBlob } from '../interactions/blobs.ts';
import { addAdvisor, type NewAdvisor } from './add.ts';
import { setBackups } from './backups.ts';
import { leave } from './leave.ts';

const db = testDatabase();
const lead: Actor = { kind: 'integration', name: 'test', role: 'lead' };
let us: SmallOperator;

beforeAll(async () => {
  us = await smallOperator(db.transact);
});

describe('adding an advisor', () => {
  const add = (input: Partial<NewAdvisor>, actor: Actor = lead) =>
    db.transact((tx) =>
      addAdvisor(tx, actor, {
        podId: us.podId,
        givenName: 'Dan',
        familyName: 'Verlanrel',
        phone: '03 53 01 00 04',
        mail: 'dan@lac.example.org',
        workingHours: everyWeekday,
        backups: [us.ada, us.bea],
        ...input,
      }),
    );

  it('needs two different colleagues as backups, hours, a number and an address of their own', async () => {
    expect(await add({ backups: [us.ada] })).toEqual({ ok: false, why: 'too_few_backups' });
    expect(await add({ backups: [us.ada, us.ada] })).toEqual({ ok: false, why: 'backup_twice' });
    expect(await add({ backups: [us.ada, us.podId] })).toEqual({ ok: false, why: 'unknown_backup' });
    expect(await add({ phone: 'later' })).toEqual({ ok: false, why: 'phone_unreadable' });
    expect(await add({ mail: 'ADA@lac.example.org' })).toEqual({ ok: false, why: 'mail_taken' });
    expect(await add({ workingHours: { ...everyWeekday, 1: [{ from: '18:00', to: '09:00' }] } })).toEqual({
      ok: false,
      why: 'hours_unusable',
    });
    expect(await add({ share: 1.5 })).toEqual({ ok: false, why: 'share_out_of_range' });
    expect(await add({}, { kind: 'integration', name: 'test', role: 'advisor' })).toEqual({
      ok: false,
      why: 'not_allowed',
    });
    expect(await db.database.pool.query(`select 1 from advisor where given_name = 'Dan'`)).toMatchObject({
      rowCount: 0,
    });
    expect((await add({})).ok).toBe(true);
  });

  it('keeps the order of backups, and refuses oneself among them', async () => {
    expect(await db.transact((tx) => setBackups(tx, lead, { advisorId: us.ada, backups: [us.cyr, us.bea] }))).toEqual({
      ok: true,
    });
    const ranked = await db.database.kysely
      .selectFrom('backup')
      .where('advisorId', '=', us.ada)
      .select('backupAdvisorId')
      .orderBy('rank')
      .execute();
    expect(ranked.map((row) => row.backupAdvisorId)).toEqual([us.cyr, us.bea]);
    expect(await db.transact((tx) => setBackups(tx, lead, { advisorId: us.ada, backups: [us.ada, us.bea] }))).toEqual({
      ok: false,
      why: 'own_backup',
    });
  });
});

describe('leaving', () => {
  it('is refused while customers, areas or colleagues depend on the advisor, and says what remains', async () => {
    const customerId = await householdOfAda(db.transact);
    expect(await db.transact((tx) => leave(tx, lead, { advisorId: us.ada }))).toEqual({
      ok: false,
      why: 'still_in_charge',
      customers: 1,
      areas: 1,
      openCaseFiles: 0,
      trayItems: 0,
    });
    await db.transact((tx) => changeAdvisor(tx, lead, { customerId, advisorId: us.bea, handover: 'All in the file.' }));
    await db.database.kysely.updateTable('area').set({ advisorId: us.bea }).where('id', '=', us.ornans).execute();
    const short = await db.transact((tx) => leave(tx, lead, { advisorId: us.ada }));
    expect(short).toMatchObject({ ok: false, why: 'colleagues_need_backups' });

    const others = await db.database.kysely.selectFrom('advisor').where('id', '!=', us.ada).select('id').execute();
    for (const { id } of others) {
      const backups = others.map((other) => other.id).filter((other) => other !== id);
      await db.transact((tx) => setBackups(tx, lead, { advisorId: id, backups }));
    }
    const sha256 = await db.transact((tx) => storeBlob(tx, writeWav(new Int16Array(16_000))));
    const own = {
      advisorId: us.ada,
      kind: 'greeting',
      locale: 'fr',
      ms: 2_000,
      sha256,
      recordedAt: new Date(),
    } as const;
    await db.database.kysely.insertInto('ownSentence').values(own).execute();
    expect(await db.transact((tx) => leave(tx, lead, { advisorId: us.ada }))).toEqual({ ok: true });
    // Their voice goes with them.
    expect(await db.database.kysely.selectFrom('ownSentence').select('kind').execute()).toEqual([]);
    expect(await db.database.kysely.selectFrom('blob').select('sha256').execute()).toEqual([]);
    expect(await db.transact((tx) => leave(tx, lead, { advisorId: us.ada }))).toEqual({
      ok: false,
      why: 'unknown_advisor',
    });
  });
});

describe('offices and areas', () => {
  it('take the public holidays of their département', async () => {
    const added = await db.transact((tx) =>
      addOffice(tx, system, {
        name: 'Metz',
        communeInsee: '57463',
        street: '1 rue du Fil-Tendu',
        postcode: '57000',
        openingHours: everyWeekday,
      }),
    );
    const office = await db.database.kysely
      .selectFrom('office')
      .where('id', '=', added.ok ? added.id : '')
      .select('holidayRegion')
      .executeTakeFirst();
    expect(office?.holidayRegion).toBe('FR.57');
  });

  it('are refused where they make no sense', async () => {
    const area = (communeInsee: string, advisorId = us.bea) =>
      db.transact((tx) => addArea(tx, lead, { communeInsee, officeId: us.officeId, advisorId }));
    expect(await area('99999')).toEqual({ ok: false, why: 'unknown_commune' });
    expect(await area('25434')).toEqual({ ok: false, why: 'has_areas' });
    expect(await area('25462', us.ada)).toEqual({ ok: false, why: 'unknown_advisor' });
    expect(
      await db.transact((tx) =>
        addOffice(tx, lead, { name: 'X', communeInsee: '25462', street: '', postcode: '', openingHours: {} as never }),
      ),
    ).toEqual({ ok: false, why: 'hours_unusable' });
  });
});
