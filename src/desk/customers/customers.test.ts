import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type Actor, system } from '../actor.ts';
import { cutIntoSectors } from '../areas/add.ts';
import { householdOfAda, type SmallOperator, smallOperator } from '../areas/small-operator.test-support.ts';
import { openCaseFile } from '../casefiles/open.ts';
import { makeCommitment } from '../commitments/make.ts';
import { addCustomer, type NewCustomer } from './add.ts';
import { changeAdvisor } from './change-advisor.ts';
import { addContactPoint, removeContactPoint } from './contact-points.ts';
import { explainCustomerProblem } from './problems.ts';

const db = testDatabase();
const advisor: Actor = { kind: 'integration', name: 'test', role: 'advisor' };
const moderator: Actor = { kind: 'integration', name: 'test', role: 'moderator' };
let us: SmallOperator;
const add = (input: Partial<NewCustomer>, actor: Actor = advisor) =>
  db.transact((tx) =>
    addCustomer(tx, actor, { kind: 'household', name: 'Odile Pabelnet', commune: 'Ornans', ...input }),
  );
const problemsOf = async (input: Partial<NewCustomer>) => {
  const added = await add(input);
  return added.ok || added.why !== 'problems' ? [] : added.problems;
};
const pool = () => db.database.pool;

beforeAll(async () => {
  us = await smallOperator(db.transact);
});

describe('adding a customer', () => {
  it('gives them the advisor of their commune from the first row, with everything known in the form it is compared in', async () => {
    const added = await add({
      phones: ['06 39 98 12 34', '0033 6 39 98 12 34'],
      mails: ['Odile <Odile.P@Example.ORG>'],
      address: '3  rue du Fil-Tendu\n\n25290  ORNANS',
      reference: 'c-900 100',
      lines: [{ reference: 'l 25 900100', product: 'Fibre' }],
    });
    if (!added.ok) throw new Error(JSON.stringify(added));
    expect(added).toMatchObject({ reference: 'C900100', advisorId: us.ada, areaId: us.ornans });
    const points = await db.database.kysely
      .selectFrom('contactPoint')
      .where('customerId', '=', added.id)
      .select(['kind', 'value'])
      .orderBy('kind')
      .execute();
    expect(points).toEqual([
      { kind: 'mail', value: 'odile.p@example.org' },
      { kind: 'phone', value: '+33639981234' },
      { kind: 'postal', value: '3 rue du Fil-Tendu\n25290 ORNANS' },
    ]);
    const tenure = await db.database.kysely
      .selectFrom('tenure')
      .where('customerId', '=', added.id)
      .selectAll()
      .execute();
    expect(tenure).toEqual([{ customerId: added.id, advisorId: us.ada, since: db.clock.now, until: null }]);
  });

  it('treats a town hall like anyone else', async () => {
    const added = await add({ kind: 'town_hall', name: 'Mairie d’Ornans' });
    expect(added.ok && added.advisorId).toBe(us.ada);
  });

  it('says every problem at once, each with what to do, in both languages, and stores nothing', async () => {
    const before = await pool().query('select count(*) from customer');
    const problems = await problemsOf({
      name: ' ',
      commune: 'Pontarlier',
      phones: ['douze'],
      mails: ['nobody at home'],
      reference: '***',
      lines: [{ reference: 'L1', product: 'Fibre', serviceLevel: 'gold' }],
    });
    expect(problems.map(({ field, why }) => `${field} ${why}`)).toEqual([
      'name missing',
      'commune not_served',
      'phone unreadable',
      'mail unreadable',
      'reference unreadable',
      'serviceLevel choose',
    ]);
    for (const problem of problems)
      for (const locale of ['fr', 'en'] as const)
        expect(explainCustomerProblem(problem, locale)).toMatch(/^[A-ZÉ].*\.$/);
    expect(explainCustomerProblem(problems[1]!, 'fr')).toBe(
      'Commune\u00a0: aucun secteur ne couvre Pontarlier. Créez d’abord le secteur.',
    );
    expect((await pool().query('select count(*) from customer')).rows).toEqual(before.rows);
  });

  it('refuses a customer or line number that is taken, also twice in one request', async () => {
    await add({ reference: 'C900200', lines: [{ reference: 'L900200', product: 'Fibre' }] });
    expect(await problemsOf({ reference: 'C 900 200' })).toEqual([
      { field: 'reference', why: 'taken', value: 'C900200' },
    ]);
    const twice = { reference: 'L900201', product: 'Fibre' };
    expect((await problemsOf({ lines: [twice, twice] })).map((problem) => problem.value)).toEqual(['L900201']);
  });

  it('asks for the sector once a commune is cut, and then follows it; those who were there stay where they were', async () => {
    const before = await householdOfAda(db.transact, 'Avant La Coupe', 'avant@example.org');
    const cut = await db.transact((tx) =>
      cutIntoSectors(tx, system, {
        areaId: us.ornans,
        sectors: [
          { name: 'Nord', advisorId: us.ada },
          { name: 'Sud', advisorId: us.bea },
        ],
      }),
    );
    expect(cut.ok).toBe(true);
    expect((await problemsOf({}))[0]).toEqual({ field: 'sector', why: 'choose', value: '', choices: ['Nord', 'Sud'] });
    expect((await problemsOf({ sector: 'Est' }))[0]?.choices).toEqual(['Nord', 'Sud']);
    const added = await add({ sector: 'sud' });
    expect(added.ok && added.advisorId).toBe(us.bea);
    const stayed = await db.database.kysely
      .selectFrom('customer')
      .where('id', '=', before)
      .select('advisorId')
      .executeTakeFirst();
    expect(stayed?.advisorId).toBe(us.ada);
    expect(await db.transact((tx) => cutIntoSectors(tx, system, { areaId: us.ornans, sectors: [] }))).toEqual({
      ok: false,
      why: 'already_cut',
    });
  });

  it('is not for moderators or the public', async () => {
    expect(await add({}, moderator)).toEqual({ ok: false, why: 'not_allowed' });
    expect(await add({}, { kind: 'public' })).toEqual({ ok: false, why: 'not_allowed' });
  });
});

describe('contact points', () => {
  it('are added once, in the form they are compared in, and the last one stays', async () => {
    const id = await addNorth();
    await db.transact((tx) =>
      addContactPoint(tx, advisor, { customerId: id, kind: 'mail', value: 'yvette@example.org' }),
    );
    const point = await db.transact((tx) =>
      addContactPoint(tx, advisor, { customerId: id, kind: 'phone', value: '06.39.98.55.66' }),
    );
    expect(point).toMatchObject({ ok: true, value: '+33639985566' });
    expect(
      await db.transact((tx) =>
        addContactPoint(tx, advisor, { customerId: id, kind: 'phone', value: '+33 6 39 98 55 66' }),
      ),
    ).toEqual({ ok: false, why: 'on_file' });
    expect(
      await db.transact((tx) =>
        addContactPoint(tx, advisor, { customerId: id, kind: 'mail', value: 'not an address' }),
      ),
    ).toEqual({ ok: false, why: 'unreadable' });
    const points = await db.database.kysely
      .selectFrom('contactPoint')
      .where('customerId', '=', id)
      .select('id')
      .execute();
    for (const [index, each] of points.entries())
      expect((await db.transact((tx) => removeContactPoint(tx, advisor, { customerId: id, id: each.id }))).ok).toBe(
        index < points.length - 1,
      );
    expect(await pool().query('select 1 from contact_point where customer_id = $1', [id])).toMatchObject({
      rowCount: 1,
    });
  });

  it('of one customer cannot be removed through another', async () => {
    const [one, other] = [await addNorth(), await addNorth()];
    const point = await db.transact((tx) =>
      addContactPoint(tx, advisor, { customerId: one, kind: 'mail', value: 'one@example.org' }),
    );
    if (!point.ok) throw new Error(point.why);
    expect(await db.transact((tx) => removeContactPoint(tx, advisor, { customerId: other, id: point.id }))).toEqual({
      ok: false,
      why: 'not_found',
    });
  });

  const addNorth = async () => {
    const added = await add({ sector: 'Nord' });
    return added.ok ? added.id : '';
  };
});

describe('changing the advisor', () => {
  const lead: Actor = { kind: 'integration', name: 'test', role: 'lead' };
  const newcomer = async () => {
    const added = await add({ sector: 'Nord', mails: ['change@example.org'] });
    if (!added.ok) throw new Error('not added');
    return added.id;
  };

  it('is announced with both names, passes open case files on with the handover, and leaves no gap in charge', async () => {
    const customerId = await newcomer();
    const caseFile = await db.transact(async (tx) => {
      const opened = await openCaseFile(tx, system, {
        customerId,
        subject: 'Box',
        ownerId: us.ada,
        lineId: null,
        at: tx.now,
        covering: false,
      });
      await makeCommitment(tx, system, {
        customerId,
        caseFileId: opened.id,
        kind: 'answer',
        ownerId: us.ada,
        dueAt: new Date(tx.now.getTime() + 3_600_000),
      });
      return opened.id;
    });
    const changed = await db.transact((tx) =>
      changeAdvisor(tx, lead, { customerId, advisorId: us.cyr, handover: 'Prefers the phone, after four.' }),
    );
    expect(changed).toEqual({ ok: true, fromAdvisorId: us.ada, toldBy: 'mail', caseFiles: 1 });

    const mail = await db.database.kysely
      .selectFrom('outgoingMail')
      .where('customerId', '=', customerId)
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(mail).toMatchObject({ kind: 'advisor_change', toAddress: 'change@example.org', automatic: true });
    expect(mail.text).toContain('Ada Bredelois');
    expect(mail.text).toContain('Cyr Daguemey');
    expect(mail.text).not.toContain('after four');
    const tenures = await db.database.kysely
      .selectFrom('tenure')
      .where('customerId', '=', customerId)
      .selectAll()
      .orderBy('since')
      .execute();
    expect(tenures.map((tenure) => tenure.advisorId)).toEqual([us.ada, us.cyr]);
    expect(tenures[0]?.until).toEqual(tenures[1]?.since);
    const owner = await db.database.kysely
      .selectFrom('ownership')
      .where('caseFileId', '=', caseFile)
      .selectAll()
      .orderBy('id')
      .execute();
    expect(owner.at(-1)).toMatchObject({
      ownerId: us.cyr,
      reason: 'handover',
      summary: 'Prefers the phone, after four.',
    });
    const { rows } = await sql<{
      handover: string;
    }>`select handover from advisor_change where customer_id = ${customerId}`.execute(db.database.kysely);
    expect(rows).toEqual([{ handover: 'Prefers the phone, after four.' }]);
    const event = await db.database.kysely
      .selectFrom('event')
      .where('type', '=', 'customer.advisor_changed')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(event).toMatchObject({ customerId, advisorId: us.cyr, facts: { fromAdvisorId: us.ada } });
  });

  it('says when nobody could be told, and needs a handover, somebody else, and a lead', async () => {
    const customerId = await newcomer();
    const change = (advisorId: string, handover: string, actor = lead) =>
      db.transact((tx) => changeAdvisor(tx, actor, { customerId, advisorId, handover }));
    expect(await change(us.cyr, '  ')).toEqual({ ok: false, why: 'no_handover' });
    expect(await change(us.ada, 'x')).toEqual({ ok: false, why: 'same_advisor' });
    expect(await change('00000000-0000-7000-8000-000000000000', 'x')).toEqual({ ok: false, why: 'unknown_advisor' });
    expect(await change(us.cyr, 'x', advisor)).toEqual({ ok: false, why: 'not_allowed' });
    await pool().query('delete from contact_point where customer_id = $1', [customerId]);
    expect(await change(us.cyr, 'x')).toMatchObject({ ok: true, toldBy: null });
  });
});
