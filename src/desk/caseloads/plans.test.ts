import { beforeEach, expect, test } from 'vitest';
import { testHouse } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { transactBy } from '../../../test/transact.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { watchAbsences } from '../absences/watch.ts';
import { type Actor, system } from '../actor.ts';
import { setBackups } from '../advisors/backups.ts';
import { leave } from '../advisors/leave.ts';
import { changeAdvisor } from '../customers/change-advisor.ts';
import { newId } from '../id.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import type { Command, Transact } from '../tx.ts';
import { readPlan } from '../views/caseload-plans.ts';
import { applyPlan, undoPlan } from './apply.ts';
import { carryOutMoves } from './carry-out.ts';
import { pinCustomer } from './pin.ts';
import { askForPlan, cancelPlan } from './plan.ts';
import { wakeStalledPlans, workOutPlan } from './work-out.ts';

const db = testDatabase();
const start = new Date('2026-11-23T09:00:00Z');
const day = 86_400_000;
let world: World;
let lead: Actor;
let customers: string[];

beforeEach(async () => {
  const { kysely } = db.database;
  await kysely.deleteFrom('caseloadPlan').execute();
  db.clock.now = start;
  if (!world) world = await buildWorld(db);
  lead = { kind: 'staff', staffId: world.staff.lea, role: 'lead', advisorId: world.lea };
  await kysely.deleteFrom('event').execute();
  await kysely.deleteFrom('outgoingMail').execute();
  await kysely.deleteFrom('customer').execute();
  await kysely.updateTable('area').set({ advisorId: world.ana }).execute();
  customers = [];
  for (let index = 0; index < 12; index += 1) {
    const advisorId = [world.ana, world.bruno, world.chloe][index % 3] ?? world.ana;
    customers.push((await addTestCustomer(db, world, { advisorId })).id);
  }
});

const late = (days: number) => {
  db.clock.now = new Date(start.getTime() + days * day);
};
const chargeOf = () => db.database.kysely.selectFrom('customer').select(['id', 'advisorId']).orderBy('id').execute();
const heldBy = async (advisorId: string) => (await chargeOf()).filter((each) => each.advisorId === advisorId).length;
const mails = () =>
  db.database.kysely.selectFrom('outgoingMail').select(['subject', 'text', 'fromName', 'customerId']).execute();

async function ready(asked: Partial<Parameters<typeof askForPlan>[2]> = {}): Promise<string> {
  const plan = await db.transact((tx) =>
    askForPlan(tx, lead, { kind: 'repair', people: [{ advisorId: world.ana, cause: 'leaves' }], ...asked }),
  );
  if (!plan.ok) throw new Error(plan.why);
  await workOutPlan(testHouse(db), plan.id);
  return plan.id;
}

const apply = (planId: string, more: object = {}) =>
  db.transact((tx) =>
    applyPlan(tx, lead, { planId, why: 'Ana part', handover: 'Voir le dossier.', perDay: 2, ...more }),
  );

test('a plan is worked out by a job and changes nobody before it is applied', async () => {
  const before = await chargeOf();
  const plan = await readPlan(db.database.kysely, await ready());
  expect(plan).toMatchObject({
    state: 'ready',
    askedBy: 'Léa Marandet',
    people: [{ name: 'Ana Perrin', cause: 'leaves', share: null }],
    customers: { all: 4 },
  });
  expect(plan?.proposal).toMatchObject({ aboveFloor: 0, balanced: true, after: { customersMoved: 4, floor: 4 } });
  expect(await chargeOf()).toEqual(before);
  expect(await mails()).toEqual([]);
});

test('a cancelled plan is never worked out nor applied; one whose worker was ended is begun again', async () => {
  const planId = await ready();
  expect(await db.transact((tx) => cancelPlan(tx, lead, { planId }))).toBe(true);
  expect(await apply(planId)).toEqual({ ok: false, why: 'not_ready' });
  const other = await db.transact((tx) => askForPlan(tx, lead, { kind: 'design' }));
  if (!other.ok) throw new Error(other.why);
  await db.database.kysely
    .updateTable('caseloadPlan')
    .set({ state: 'working', seenAt: new Date(start.getTime() - 5 * 60_000) })
    .where('id', '=', other.id)
    .execute();
  expect(await wakeStalledPlans(testHouse(db))).toBe(1);
  await workOutPlan(testHouse(db), other.id);
  expect((await readPlan(db.database.kysely, other.id))?.state).toBe('ready');
});

test('work under way ends when the plan is cancelled, and keeps nothing', async () => {
  const asked = await db.transact((tx) =>
    askForPlan(tx, lead, { kind: 'repair', people: [{ advisorId: world.ana, cause: 'leaves' }] }),
  );
  if (!asked.ok) throw new Error(asked.why);
  let cancelled: Promise<boolean> | undefined;
  await workOutPlan(testHouse(db), asked.id, () => {
    cancelled ??= db.transact((tx) => cancelPlan(tx, lead, { planId: asked.id }));
  });
  expect(await cancelled).toBe(true);
  expect(await readPlan(db.database.kysely, asked.id)).toMatchObject({ state: 'cancelled', customers: { all: 0 } });
});

test('applied in steps: the old advisor introduces, stays for the notice, then the customer changes with both names', async () => {
  const planId = await ready();
  expect(await apply(planId)).toMatchObject({ ok: true, customers: 4, steps: 2 });
  await carryOutMoves(db.transact);
  expect(await heldBy(world.ana)).toBe(4);
  const introductions = await mails();
  expect(introductions).toHaveLength(2);
  for (const mail of introductions) {
    expect(mail.fromName).toContain('Ana Perrin');
    expect(mail.text).toContain('7 décembre');
    expect(mail.text).toMatch(/votre contact sera (Bruno|Chloé|Léa)/);
    expect(mail.text).toContain('Jusque-là, je reste votre contact.');
  }
  late(1);
  await carryOutMoves(db.transact);
  expect(await mails()).toHaveLength(4);
  expect(await heldBy(world.ana)).toBe(4);
  late(14);
  await carryOutMoves(db.transact);
  expect(await heldBy(world.ana)).toBe(2);
  expect(await readPlan(db.database.kysely, planId)).toMatchObject({ state: 'applying', customers: { changed: 2 } });
  late(15);
  await carryOutMoves(db.transact);
  expect(await heldBy(world.ana)).toBe(0);
  const told = (await mails()).filter(({ subject }) => subject.startsWith('Votre contact change'));
  expect(told).toHaveLength(4);
  for (const { text } of told) expect(text).toContain('Votre contact était Ana Perrin.');
  expect(await readPlan(db.database.kysely, planId)).toMatchObject({
    state: 'applied',
    appliedBy: 'Léa Marandet',
    why: 'Ana part',
    customers: { all: 4, introduced: 4, changed: 4, withdrawn: 0 },
  });
  const changes = await db.database.kysely.selectFrom('advisorChange').selectAll().execute();
  expect(changes).toHaveLength(4);
  for (const change of changes)
    expect(change).toMatchObject({ byStaff: world.staff.lea, handover: 'Voir le dossier.', fromAdvisorId: world.ana });
  expect(await carryOutMoves(db.transact)).toBe(0);
});

test('afterwards the leaver has no customer and no area left, and can leave', async () => {
  await apply(await ready(), { noticeDays: 0 });
  await carryOutMoves(db.transact);
  expect(await mails()).toHaveLength(2);
  late(1);
  await carryOutMoves(db.transact);
  const areas = await db.database.kysely.selectFrom('area').where('advisorId', '=', world.ana).execute();
  expect(areas).toEqual([]);
  await db.transact(async (tx) => {
    for (const [advisorId, backups] of [
      [world.bruno, [world.chloe, world.lea]],
      [world.chloe, [world.bruno, world.lea]],
      [world.lea, [world.bruno, world.chloe]],
    ] as const)
      await setBackups(tx, lead, { advisorId, backups });
  });
  const left = await db.transact(async (tx) => {
    const result = await leave(tx, lead, { advisorId: world.ana });
    await tx.db.updateTable('advisor').set({ leftAt: null }).where('id', '=', world.ana).execute();
    return result;
  });
  expect(left).toEqual({ ok: true });
});

test.each([false, true])(
  'open case files and their commitments go with the customer (old advisor away: %s)',
  async (away) => {
    const [mine] = (await chargeOf()).filter((each) => each.advisorId === world.ana);
    await db.transact((tx) =>
      receiveInteraction(tx, system, {
        channel: 'message',
        at: tx.now,
        from: { customerId: mine?.id ?? '' },
        proven: true,
        subject: 'Panne',
        text: 'Ma ligne est coupée.',
        acknowledge: false,
      }),
    );
    if (away) {
      const ends = new Date(start.getTime() + 90 * day);
      await db.transact((tx) =>
        tx.db
          .insertInto('absence')
          .values({ id: newId(), advisorId: world.ana, startsAt: start, endsAt: ends, enteredAt: start })
          .execute(),
      );
      expect(await watchAbsences(db.transact)).toBe(1);
    }
    const planId = await ready();
    await apply(planId, { noticeDays: 0, perDay: 100 });
    await carryOutMoves(db.transact);
    const file = await db.database.kysely
      .selectFrom('caseFile')
      .innerJoin('customer', 'customer.id', 'caseFile.customerId')
      .innerJoin('commitment', 'commitment.caseFileId', 'caseFile.id')
      .where('customer.id', '=', mine?.id ?? '')
      .select(['caseFile.ownerId', 'customer.advisorId', 'commitment.ownerId as owes'])
      .executeTakeFirstOrThrow();
    await db.database.kysely.deleteFrom('ownership').execute();
    await db.database.kysely.deleteFrom('absenceNotice').execute();
    await db.database.kysely.deleteFrom('absence').execute();
    expect(file.advisorId).not.toBe(world.ana);
    expect([file.ownerId, file.owes]).toEqual([file.advisorId, file.advisorId]);
  },
);

test('undone within the notice: who changed goes back, who was told is told, who was not never hears of it', async () => {
  const before = await chargeOf();
  const planId = await ready();
  await apply(planId, { perDay: 1 });
  for (const days of [0, 1, 2, 14]) {
    late(days);
    await carryOutMoves(db.transact);
  }
  expect(await heldBy(world.ana)).toBe(3);
  const told = (await mails()).length;
  expect(await db.transact((tx) => undoPlan(tx, lead, { planId, why: 'Ana reste' }))).toEqual({ ok: true });
  await carryOutMoves(db.transact);
  expect(await chargeOf()).toEqual(before);
  const after = (await mails()).slice(told);
  expect(after.filter(({ text }) => text.includes('je reste votre contact'))).toHaveLength(3);
  expect(after.filter(({ text }) => text.includes('maintenant Ana Perrin'))).toHaveLength(1);
  expect(await readPlan(db.database.kysely, planId)).toMatchObject({
    state: 'undone',
    undoneBy: 'Léa Marandet',
    whyUndone: 'Ana reste',
    customers: { withdrawn: 4 },
  });
  expect(await db.database.kysely.selectFrom('area').select('advisorId').executeTakeFirst()).toEqual({
    advisorId: world.ana,
  });
});

test('after the notice it cannot be undone', async () => {
  const planId = await ready();
  await apply(planId, { noticeDays: 3 });
  late(30);
  await carryOutMoves(db.transact);
  expect(await db.transact((tx) => undoPlan(tx, lead, { planId, why: 'trop tard' }))).toEqual({
    ok: false,
    why: 'too_late',
  });
});

test('killed at any point and run again: everyone changes once, is told once, and always has exactly one advisor', async () => {
  const planId = await ready();
  await apply(planId, { perDay: 100, noticeDays: 1 });
  for (const days of [0, 1]) {
    late(days);
    const transact = dying(db.transact);
    for (let ended = false; !ended; )
      ended = await carryOutMoves(transact).then(
        () => true,
        () => false,
      );
  }
  expect(await heldBy(world.ana)).toBe(0);
  expect(await mails()).toHaveLength(8);
  expect(await db.database.kysely.selectFrom('advisorChange').selectAll().execute()).toHaveLength(4);
  const tenures = await db.database.kysely
    .selectFrom('tenure')
    .select((eb) => ['customerId', eb.fn.countAll<number>().as('all'), eb.fn.count<number>('until').as('ended')])
    .groupBy('customerId')
    .execute();
  expect(tenures).toHaveLength(12);
  for (const { all, ended } of tenures) expect(all - ended).toBe(1);
});

/** Every second transaction that does something dies before it commits. */
function dying(transact: Transact): Transact {
  let turn = 0;
  const dies = <Result>(command: Command<Result>) =>
    transact(async (tx) => {
      const result = await command(tx);
      if (result) turn += 1;
      if (result && turn % 2 === 0) throw new Error('killed');
      return result;
    });
  return transactBy(dies);
}

test('who was given somebody else meanwhile keeps them', async () => {
  const planId = await ready();
  await apply(planId, { perDay: 100 });
  await carryOutMoves(db.transact);
  const [first] = (await chargeOf()).filter((each) => each.advisorId === world.ana);
  await db.transact((tx) =>
    changeAdvisor(tx, lead, { customerId: first?.id ?? '', advisorId: world.lea, handover: 'À sa demande.' }),
  );
  late(15);
  await carryOutMoves(db.transact);
  expect((await chargeOf()).find(({ id }) => id === first?.id)?.advisorId).toBe(world.lea);
  expect(await readPlan(db.database.kysely, planId)).toMatchObject({ state: 'applied', customers: { withdrawn: 1 } });
});

test('a pinned customer stays, and a second plan waits for the first', async () => {
  const [pinned] = (await chargeOf()).filter((each) => each.advisorId === world.bruno);
  await db.transact((tx) => pinCustomer(tx, lead, { customerId: pinned?.id ?? '', why: 'Trente ans de confiance' }));
  const design = await ready({ kind: 'design', people: [] });
  const moves = await db.database.kysely.selectFrom('caseloadMove').where('planId', '=', design).selectAll().execute();
  expect(moves.some(({ customerId }) => customerId === pinned?.id)).toBe(false);
  const repair = await ready();
  expect(await apply(repair)).toMatchObject({ ok: true });
  expect(await apply(design)).toEqual({ ok: false, why: 'other_at_work' });
});

test('only leads, with a reason and a handover, and not on figures from before another change', async () => {
  const advisor: Actor = { kind: 'staff', staffId: world.staff.bruno, role: 'advisor', advisorId: world.bruno };
  expect(await db.transact((tx) => askForPlan(tx, advisor, { kind: 'design' }))).toEqual({
    ok: false,
    why: 'not_allowed',
  });
  const planId = await ready();
  expect(await apply(planId, { why: ' ' })).toEqual({ ok: false, why: 'no_why' });
  expect(await apply(planId, { handover: '' })).toEqual({ ok: false, why: 'no_handover' });
  expect(await apply(planId, { noticeDays: 91 })).toEqual({ ok: false, why: 'bad_days' });
  const other = await ready();
  late(1);
  await apply(other, { noticeDays: 0, perDay: 100 });
  await carryOutMoves(db.transact);
  expect(await apply(planId)).toEqual({ ok: false, why: 'out_of_date' });
});
