import { beforeAll, expect, test } from 'vitest';
import { testApp, testHouse } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { openPage, sendForm } from '../../../test/page.ts';
import { signInStaff } from '../../../test/sign-in.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import type { Actor } from '../../desk/actor.ts';
import { applyPlan, undoPlan } from '../../desk/caseloads/apply.ts';
import { carryOutMoves } from '../../desk/caseloads/carry-out.ts';
import { askForPlan } from '../../desk/caseloads/plan.ts';
import { workOutPlan } from '../../desk/caseloads/work-out.ts';
import { newId } from '../../desk/id.ts';
import { readPlan } from '../../desk/views/caseload-plans.ts';

const db = testDatabase();
let world: World;
let actor: Actor;
let planId: string;
let byPost: string;
let bySms: string;

beforeAll(async () => {
  world = await buildWorld(db);
  actor = { kind: 'staff', staffId: world.staff.lea, role: 'lead', advisorId: world.lea };
  const { kysely } = db.database;
  for (let index = 0; index < 8; index += 1)
    await addTestCustomer(db, world, { advisorId: index % 2 ? world.bruno : world.chloe });
  byPost = (await addTestCustomer(db, world, { name: 'Denise Martinet', phone: '+33353010099' })).id;
  bySms = (await addTestCustomer(db, world, { name: 'Paul Jeannin', phone: '+33639980077' })).id;
  await addTestCustomer(db, world, { name: 'Agathe Roux' });
  await kysely
    .deleteFrom('contactPoint')
    .where('kind', '=', 'mail')
    .where('customerId', 'in', [byPost, bySms])
    .execute();
  await kysely
    .insertInto('contactPoint')
    .values({
      id: newId(),
      customerId: byPost,
      kind: 'postal',
      value: 'Denise Martinet\n4 rue du Pré\n39200 Saint-Claude',
    })
    .execute();
  db.sends.smsLeaves = true;
  const plan = await db.transact((tx) =>
    askForPlan(tx, actor, { kind: 'repair', people: [{ advisorId: world.ana, cause: 'leaves' }] }),
  );
  if (!plan.ok) throw new Error(plan.why);
  planId = plan.id;
  await workOutPlan(testHouse(db), planId);
  await db.transact((tx) => applyPlan(tx, actor, { planId, why: 'Ana part', handover: 'Voir le dossier.' }));
  await carryOutMoves(db.transact);
});

const letters = async () => {
  const app = testApp(db);
  const lead = await signInStaff(db, app, world.staff.lea);
  const path = `/fr/staff/caseloads/${planId}/letters`;
  return { app, lead, path, page: await openPage(app, path, lead) };
};

test('by mail, else by SMS to a mobile, else by a letter that is printed: everyone is told once', async () => {
  const sms = await db.database.kysely.selectFrom('outgoingSms').select(['customerId', 'kind', 'text']).execute();
  expect(sms).toEqual([
    { customerId: bySms, kind: 'advisor_change', text: expect.stringContaining('votre contact chez') },
  ]);
  const mails = await db.database.kysely.selectFrom('outgoingMail').select('customerId').execute();
  expect(mails).toHaveLength(1);
  expect((await readPlan(db.database.kysely, planId))?.customers.letters).toBe(1);
  const { app, lead, path, page } = await letters();
  expect(page.text).toContain('Denise Martinet');
  expect(page.text).toContain('39200 Saint-Claude');
  expect(page.text).toContain('Jusque-là, je reste votre contact.');
  // The name stands above the address once; paper is answered by phone, not like a mail.
  expect(page.text.split('Denise Martinet')).toHaveLength(2);
  expect(page.text).toMatch(/votre contact sera \S+ \S+, au 0\d( \d\d){4}\./);
  expect(page.text).toMatch(/appelez-moi au 0\d( \d\d){4}\./);
  expect(page.text).not.toContain('répondez à ce message');
  expect(page.text).not.toContain('Paul Jeannin');
  expect(page.text).not.toContain('Agathe Roux');
  const advisor = await signInStaff(db, app, world.staff.bruno);
  expect((await openPage(app, path, advisor)).status).toBe(404);
  expect((await sendForm(app, path, { customers: page.fields.customers ?? '' }, { headers: lead })).status).toBe(303);
  expect((await openPage(app, path, lead)).text).toContain('Aucune lettre n’attend.');
});

test('taken back, whoever had a letter gets another one, and whoever had an SMS an SMS', async () => {
  await db.transact((tx) => undoPlan(tx, actor, { planId, why: 'Ana reste' }));
  await carryOutMoves(db.transact);
  const { page } = await letters();
  expect(page.text).toContain('Denise Martinet');
  expect(page.text).toContain('Ce changement n’aura pas lieu');
  const sms = await db.database.kysely
    .selectFrom('outgoingSms')
    .where('customerId', '=', bySms)
    .select('text')
    .execute();
  expect(sms).toHaveLength(2);
});
