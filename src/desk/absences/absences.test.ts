import { beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { transactBy } from '../../../test/transact.ts';
import { system } from '../actor.ts';
import { householdOfAda, type SmallOperator, smallOperator } from '../areas/small-operator.test-support.ts';
import { handOver } from '../casefiles/hand-over.ts';
import { openCaseFile } from '../casefiles/open.ts';
import { makeCommitment } from '../commitments/make.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import type { Command, Transact } from '../tx.ts';
import { endAbsenceEarly } from './end-early.ts';
import { enterAbsence, type NewAbsence } from './enter.ts';
import { tellAbsence } from './tell.ts';
import { watchAbsences } from './watch.ts';

const db = testDatabase();
const kysely = () => db.database.kysely;
const monday = new Date('2026-11-23T09:00:00Z');
const day = (offset: number) => new Date(Date.parse('2026-11-23T23:00:00Z') + (offset - 1) * 86_400_000);
let us: SmallOperator | undefined;
let ada = '';
let bea = '';
let cyr = '';

beforeEach(async () => {
  db.clock.now = monday;
  us ??= await smallOperator(db.transact);
  ({ ada, bea, cyr } = us);
  await db.database.pool.query(
    `delete from event; delete from outgoing_mail; delete from absence_notice; delete from customer; delete from absence`,
  );
});

const enter = (input: Partial<NewAbsence>) =>
  db.transact((tx) =>
    enterAbsence(tx, system, {
      advisorId: ada,
      startsAt: day(1),
      endsAt: day(4),
      handover: 'All in the files.',
      ...input,
    }),
  );

/** A case file of a household of Ada's, owned by her or by somebody else. */
async function caseFile(customerId?: string, ownerId = ada): Promise<{ id: string; customerId: string }> {
  const whose = customerId ?? (await householdOfAda(db.transact));
  return db.transact(async (tx) => {
    const file = await openCaseFile(tx, system, {
      customerId: whose,
      subject: 'Box',
      ownerId,
      lineId: null,
      at: tx.now,
      covering: ownerId !== ada,
    });
    await makeCommitment(tx, system, {
      customerId: whose,
      caseFileId: file.id,
      kind: 'answer',
      ownerId,
      dueAt: day(2),
    });
    return { id: file.id, customerId: whose };
  });
}

async function ownerOf({ id }: { id: string }): Promise<string> {
  const file = await kysely().selectFrom('caseFile').where('id', '=', id).select('ownerId').executeTakeFirstOrThrow();
  const open = await kysely()
    .selectFrom('commitment')
    .where('caseFileId', '=', id)
    .where('keptAt', 'is', null)
    .select('ownerId')
    .execute();
  // Whoever owns the case file owes what was promised in it.
  for (const commitment of open) expect(commitment.ownerId).toBe(file.ownerId);
  return file.ownerId;
}

async function at(when: Date): Promise<number> {
  db.clock.now = when;
  return watchAbsences(db.transact);
}

async function tellAll(): Promise<void> {
  for (const { absenceId, customerId } of await kysely().selectFrom('absenceNotice').selectAll().execute())
    await tellAbsence(db.transact, absenceId, customerId);
}

describe('while an advisor is away', () => {
  it('nothing passes on before the absence begins', async () => {
    const file = await caseFile();
    await enter({ coverAdvisorId: bea });
    expect(await at(new Date(day(1).getTime() - 1))).toBe(0);
    expect(await ownerOf(file)).toBe(ada);
  });

  it('open case files and what was promised in them pass to the cover, and come back on return', async () => {
    const file = await caseFile();
    await enter({ coverAdvisorId: bea });
    expect(await at(day(1))).toBe(1);
    expect(await ownerOf(file)).toBe(bea);
    expect(await at(day(2))).toBe(0);
    expect(await at(day(4))).toBe(1);
    expect(await ownerOf(file)).toBe(ada);
    expect(await at(day(5))).toBe(0);
    const owners = await kysely()
      .selectFrom('ownership')
      .where('caseFileId', '=', file.id)
      .select('reason')
      .orderBy('id')
      .execute();
    expect(owners.map((each) => each.reason)).toEqual(['own', 'absence', 'return']);
  });

  it('without a named cover, the first backup who is there answers', async () => {
    const file = await caseFile();
    await enter({});
    await at(day(1));
    expect(await ownerOf(file)).toBe(bea);
  });

  it('the customer is told once, who and until when, in their language, however many case files are open', async () => {
    const first = await caseFile();
    await caseFile(first.customerId);
    await enter({ coverAdvisorId: bea });
    await at(day(1));
    await tellAll();
    await tellAll();
    const mails = await kysely().selectFrom('outgoingMail').where('kind', '=', 'absence').selectAll().execute();
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({ toAddress: 'colette@example.org', automatic: true });
    expect(mails[0]?.text).toContain('Ada Bredelois n’est pas là et revient le vendredi 27 novembre.');
    expect(mails[0]?.text).toContain('Bea Charmirey répond à sa place');
    expect(mails[0]?.text).not.toContain('All in the files');
  });

  it('a customer with nothing open is told nothing', async () => {
    await householdOfAda(db.transact);
    await enter({});
    await at(day(1));
    await tellAll();
    expect(await kysely().selectFrom('outgoingMail').selectAll().execute()).toEqual([]);
  });

  it('nobody is told of an absence that was called off before the mail was written', async () => {
    await caseFile();
    const absence = await enter({ coverAdvisorId: bea });
    await at(day(1));
    await db.transact((tx) => endAbsenceEarly(tx, system, { id: absence.ok ? absence.id : '' }));
    await tellAll();
    expect(await kysely().selectFrom('outgoingMail').selectAll().execute()).toEqual([]);
  });

  it('what was opened in the absent person’s place comes back too; what was handed to somebody else does not', async () => {
    const given = await caseFile();
    await enter({ coverAdvisorId: bea });
    await at(day(1));
    const opened = await caseFile(given.customerId, bea);
    await db.transact((tx) =>
      handOver(tx, system, { caseFileId: given.id, toAdvisorId: cyr, summary: 'Knows the street.' }),
    );
    await at(day(4));
    expect(await ownerOf(opened)).toBe(ada);
    expect(await ownerOf(given)).toBe(cyr);
  });

  it('coming back early brings everything back, and cannot be done twice', async () => {
    const file = await caseFile();
    const absence = await enter({ coverAdvisorId: bea });
    const id = absence.ok ? absence.id : '';
    await at(day(2));
    db.clock.now = day(3);
    expect(await db.transact((tx) => endAbsenceEarly(tx, system, { id }))).toEqual({ ok: true });
    expect(await db.transact((tx) => endAbsenceEarly(tx, system, { id }))).toEqual({ ok: false, why: 'over_already' });
    expect(await at(day(3))).toBe(1);
    expect(await ownerOf(file)).toBe(ada);
  });
});

const absenceMails = () =>
  kysely()
    .selectFrom('outgoingMail')
    .where('kind', '=', 'absence')
    .select(['toAddress', 'text', 'fromName'])
    .orderBy('createdAt')
    .orderBy('id')
    .execute();

describe('an absence that follows another directly', () => {
  /** Ada is away until the 27th, with Bea answering; the customer of this case file was told. */
  async function away(): Promise<{ id: string; customerId: string }> {
    const file = await caseFile();
    expect((await enter({ coverAdvisorId: bea })).ok).toBe(true);
    await at(day(1));
    await tellAll();
    expect(await absenceMails()).toHaveLength(1);
    db.clock.now = day(2);
    return file;
  }
  const next = (input: Partial<NewAbsence> = {}) => enter({ startsAt: day(4), endsAt: day(11), ...input });

  it('is told to whoever was told of the first, once, and its cover answers from then on', async () => {
    const file = await away();
    const second = await caseFile(file.customerId, bea);
    expect((await next({ coverAdvisorId: cyr })).ok).toBe(true);
    expect(await at(new Date(day(4).getTime() - 1))).toBe(0);
    expect(await ownerOf(file)).toBe(bea);
    expect(await at(day(4))).toBe(2);
    expect([await ownerOf(file), await ownerOf(second)]).toEqual([cyr, cyr]);
    await tellAll();
    expect(await at(day(5))).toBe(0);
    await tellAll();
    const mails = await absenceMails();
    expect(mails).toHaveLength(2);
    expect(mails[1]?.text).toContain('Ada Bredelois n’est pas là et revient le vendredi 4 décembre.');
    expect(mails[1]?.text).toContain('Cyr Daguemey répond à sa place');
    expect(await at(day(11))).toBe(2);
    expect([await ownerOf(file), await ownerOf(second)]).toEqual([ada, ada]);
    expect(await absenceMails()).toHaveLength(2);
  });

  it.each([['the same cover'], ['no cover']])('with %s leaves the matter where it is, and is told', async (named) => {
    const file = await away();
    await next(named === 'no cover' ? {} : { coverAdvisorId: bea });
    await at(day(4));
    await tellAll();
    expect(await at(day(5))).toBe(0);
    const passed = kysely().selectFrom('ownership').where('caseFileId', '=', file.id).where('reason', '=', 'absence');
    expect(await passed.select('ownerId').execute()).toEqual([{ ownerId: bea }]);
    const mails = await absenceMails();
    expect(mails).toHaveLength(2);
    expect(mails[1]?.text).toContain('revient le vendredi 4 décembre');
    expect(mails[1]?.text).toContain('Bea Charmirey répond');
  });

  it('is not told again to who heard its last day already, unless another name answers', async () => {
    await caseFile();
    await enter({ coverAdvisorId: bea });
    await next({ coverAdvisorId: bea });
    await enter({ startsAt: day(11), endsAt: day(15), coverAdvisorId: cyr });
    await at(day(1));
    await tellAll();
    await at(day(4));
    await tellAll();
    expect((await absenceMails()).map(({ text }) => text.includes('revient le mardi 8 décembre'))).toEqual([true]);
    await at(day(11));
    await tellAll();
    const mails = await absenceMails();
    expect(mails).toHaveLength(2);
    expect(mails[1]?.text).toContain('Cyr Daguemey répond');
  });

  it('nor to who wrote meanwhile and read the day in the acknowledgement', async () => {
    await householdOfAda(db.transact);
    await enter({ coverAdvisorId: bea });
    await next({ coverAdvisorId: bea });
    db.clock.now = new Date('2026-11-25T09:00:00Z');
    const from = { mail: 'colette@example.org' };
    const message = {
      channel: 'mail',
      at: db.clock.now,
      from,
      proven: true,
      text: 'Bonjour',
      acknowledge: true,
    } as const;
    await db.transact((tx) => receiveInteraction(tx, system, message));
    const told = kysely().selectFrom('outgoingMail').where('kind', '=', 'acknowledgement').select('text');
    expect((await told.executeTakeFirstOrThrow()).text).toContain('4 décembre');
    await at(day(4));
    await tellAll();
    expect(await absenceMails()).toEqual([]);
  });

  it('has its own chain: its cover, who was away for a day, has the matter again and not the first one', async () => {
    const file = await away();
    await next({ coverAdvisorId: cyr });
    await enter({ advisorId: cyr, startsAt: day(7), endsAt: day(8), coverAdvisorId: bea });
    await at(day(4));
    await at(day(7));
    expect(await ownerOf(file)).toBe(bea);
    await at(day(8));
    expect(await ownerOf(file)).toBe(cyr);
    expect(await at(day(9))).toBe(0);
  });

  it('is told of a cover too, whose place another takes', async () => {
    const file = await caseFile();
    await enter({ coverAdvisorId: bea, endsAt: day(15) });
    await enter({ advisorId: bea, coverAdvisorId: cyr, startsAt: day(2), endsAt: day(4) });
    await at(day(1));
    await tellAll();
    await at(day(2));
    await tellAll();
    await enter({ advisorId: bea, coverAdvisorId: cyr, startsAt: day(4), endsAt: day(8) });
    await at(day(4));
    await tellAll();
    expect(await ownerOf(file)).toBe(cyr);
    expect(await at(day(5))).toBe(0);
    await tellAll();
    const mails = await absenceMails();
    expect(mails).toHaveLength(3);
    expect(mails[2]?.text).toContain('Bea Charmirey n’est pas là et revient le mardi 1er décembre.');
    await at(day(8));
    expect(await ownerOf(file)).toBe(bea);
  });

  it('and is called off: whoever was told its last day hears that their contact is back before', async () => {
    await caseFile();
    await enter({ coverAdvisorId: bea });
    const second = await next({ coverAdvisorId: cyr });
    await at(day(1));
    await tellAll();
    await db.transact((tx) => endAbsenceEarly(tx, system, { id: second.ok ? second.id : '' }));
    await at(day(4));
    await tellAll();
    const mails = await absenceMails();
    expect(mails).toHaveLength(2);
    expect(mails[1]?.text).toContain('Ada Bredelois est de retour plus tôt que prévu');
  });

  it('ends on the day that was told last, though a first one was to last longer: nothing more is said', async () => {
    const file = await away();
    const [first] = await kysely().selectFrom('absence').select('id').execute();
    await db.transact((tx) => endAbsenceEarly(tx, system, { id: first?.id ?? '' }));
    await enter({ startsAt: day(2), endsAt: day(3), coverAdvisorId: bea });
    await at(day(2));
    await tellAll();
    await at(day(3));
    expect(await ownerOf(file)).toBe(ada);
    const mails = await absenceMails();
    expect(mails).toHaveLength(2);
    expect(mails[1]?.text).toContain('revient le jeudi 26 novembre');
  });
});

describe('an absence that ends before the day that was told', () => {
  it('is told again to those who were told, once, by the one who is back', async () => {
    const first = await caseFile();
    await caseFile(first.customerId);
    const absence = await enter({ coverAdvisorId: bea });
    await at(day(1));
    await tellAll();
    // Opened while she was away, and nobody told this household that she was.
    await caseFile(await householdOfAda(db.transact, 'Untold', 'untold@example.org'), bea);
    db.clock.now = day(2);
    await db.transact((tx) => endAbsenceEarly(tx, system, { id: absence.ok ? absence.id : '' }));
    expect(await at(day(2))).toBe(3);
    expect(await at(day(3))).toBe(0);
    await tellAll();
    const mails = await absenceMails();
    expect(mails.map(({ toAddress }) => toAddress)).toEqual(['colette@example.org', 'colette@example.org']);
    expect(mails[1]?.text).toContain('Ada Bredelois est de retour plus tôt que prévu et reprend votre dossier.');
    expect(mails[1]?.fromName).toContain('Ada');
  });

  it('says nothing more when it ends on that day', async () => {
    await caseFile();
    await enter({ coverAdvisorId: bea });
    await at(day(1));
    await tellAll();
    expect(await at(day(4))).toBe(1);
    expect(await absenceMails()).toHaveLength(1);
  });
});

describe('covers who go away themselves', () => {
  it('pass on along the chain, and each returns in whatever order they come back', async () => {
    const file = await caseFile();
    expect((await enter({ coverAdvisorId: bea, startsAt: day(1), endsAt: day(8) })).ok).toBe(true);
    expect((await enter({ advisorId: bea, coverAdvisorId: cyr, startsAt: day(2), endsAt: day(4) })).ok).toBe(true);
    await at(day(1));
    expect(await ownerOf(file)).toBe(bea);
    await at(day(2));
    expect(await ownerOf(file)).toBe(cyr);
    await at(day(4));
    expect(await ownerOf(file)).toBe(bea);
    await at(day(8));
    expect(await ownerOf(file)).toBe(ada);
  });

  it('go straight to the last of the chain, and straight back past those who are still away', async () => {
    const file = await caseFile();
    await enter({ advisorId: bea, coverAdvisorId: cyr, startsAt: day(0), endsAt: day(8) });
    await enter({ coverAdvisorId: bea, startsAt: day(1), endsAt: day(4) });
    await at(day(1));
    expect(await ownerOf(file)).toBe(cyr);
    await at(day(4));
    expect(await ownerOf(file)).toBe(ada);
  });
});

describe('killed at any step and run again', () => {
  /** Dies before the commit of its n-th transaction, like a process that is killed. */
  const dyingAt = (step: number): Transact => {
    let count = 0;
    const dies = <Result>(command: Command<Result>) =>
      db.transact(async (tx) => {
        const result = await command(tx);
        if (++count === step) throw new Error('killed');
        return result;
      });
    return transactBy(dies);
  };

  it('ends as if nothing had happened: every case file with the cover once, every customer told once', async () => {
    const files: { id: string; customerId: string }[] = [];
    for (let n = 0; n < 60; n += 1)
      files.push(await caseFile(await householdOfAda(db.transact, `Household ${n}`, `h${n}@example.org`)));
    await enter({ coverAdvisorId: bea });
    db.clock.now = day(1);
    for (const step of [1, 2, 3]) await watchAbsences(dyingAt(step)).catch(() => undefined);
    await watchAbsences(db.transact);
    for (const { absenceId, customerId } of await kysely().selectFrom('absenceNotice').selectAll().execute()) {
      await tellAbsence(dyingAt(1), absenceId, customerId).catch(() => undefined);
      await tellAbsence(db.transact, absenceId, customerId);
    }
    for (const file of files) expect(await ownerOf(file)).toBe(bea);
    const rows = await kysely().selectFrom('ownership').where('reason', '=', 'absence').select('caseFileId').execute();
    expect(rows).toHaveLength(60);
    expect(
      new Set(
        (await kysely().selectFrom('outgoingMail').where('kind', '=', 'absence').select('toAddress').execute()).map(
          (mail) => mail.toAddress,
        ),
      ).size,
    ).toBe(60);
    expect(await kysely().selectFrom('outgoingMail').selectAll().execute()).toHaveLength(60);
  });

  it('two processes at once pass each case file on once', async () => {
    for (let n = 0; n < 20; n += 1) await caseFile(await householdOfAda(db.transact, `Pair ${n}`, `p${n}@example.org`));
    await enter({ coverAdvisorId: bea });
    db.clock.now = day(1);
    await Promise.all([watchAbsences(db.transact), watchAbsences(db.transact), watchAbsences(db.transact)]);
    expect(await kysely().selectFrom('ownership').where('reason', '=', 'absence').select('id').execute()).toHaveLength(
      20,
    );
  });
});
