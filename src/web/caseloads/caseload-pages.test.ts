import { beforeAll, expect, test } from 'vitest';
import { testApp, testHouse } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { type App, openPage, sendForm } from '../../../test/page.ts';
import { signInStaff } from '../../../test/sign-in.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { carryOutMoves } from '../../desk/caseloads/carry-out.ts';
import { workOutPlan } from '../../desk/caseloads/work-out.ts';

const db = testDatabase();
let app: App;
let world: World;
let lead: { Cookie: string };
const list = '/fr/staff/caseloads';

beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
  lead = await signInStaff(db, app, world.staff.lea);
  for (let index = 0; index < 12; index += 1)
    await addTestCustomer(db, world, { advisorId: [world.ana, world.bruno, world.chloe][index % 3] ?? world.ana });
});

const send = (path: string, fields: Record<string, string>) => sendForm(app, path, fields, { headers: lead });
const heldByAna = () =>
  db.database.kysely.selectFrom('customer').where('advisorId', '=', world.ana).select('id').execute();

async function asked(fields: Record<string, string>): Promise<string> {
  const answer = await send(list, { kind: 'repair', without: '', newcomer: '', ...fields });
  expect(answer.status).toBe(303);
  const plan = await db.database.kysely
    .selectFrom('caseloadPlan')
    .select('id')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return plan?.id ?? '';
}

test('a lead asks, sees how far it is, then before and after, applies with a reason, and takes it back', async () => {
  const id = await asked({ without: world.ana });
  const waiting = await openPage(app, `${list}/${id}`, lead);
  expect(waiting.text).toContain('Sans Ana Perrin');
  expect(waiting.text).toContain('En attente');
  expect(waiting.text).toContain('Abandonner ce plan');
  await workOutPlan(testHouse(db), id);
  const page = await openPage(app, `${list}/${id}`, lead);
  expect(page.text).toContain('Clients qui changent de contact : 4. Aucune répartition équilibrée n’en change moins.');
  expect(page.text).toContain('Saint-Claude');
  expect(page.text).toMatch(/Bruno Cattin.*%/s);
  expect(page.html).not.toContain('<script');
  const bad = await send(`${list}/${id}/apply`, { why: '', handover: 'Tout est noté.', noticeDays: '14', perDay: '3' });
  expect(bad.status).toBe(422);
  expect(bad.text).toContain('Dites pourquoi');
  expect(bad.fields).toMatchObject({ handover: 'Tout est noté.', perDay: '3' });
  const fields = { why: 'Ana part', handover: 'Tout est noté.', noticeDays: '14', perDay: '3' };
  expect((await send(`${list}/${id}/apply`, { ...fields, noticeDays: 'bientôt' })).status).toBe(422);
  expect((await send(`${list}/${id}/apply`, fields)).status).toBe(303);
  await carryOutMoves(db.transact);
  const applied = await openPage(app, `${list}/${id}`, lead);
  expect(applied.text).toContain('Clients : 4. Prévenus : 3. Changés : 0. Retirés : 0.');
  expect(applied.text).toContain('Décidé par Léa Marandet');
  expect(await heldByAna()).toHaveLength(4);
  expect((await send(`${list}/${id}/undo`, { undo: '' })).status).toBe(422);
  expect((await send(`${list}/${id}/undo`, { undo: 'Ana reste' })).status).toBe(303);
  await carryOutMoves(db.transact);
  expect((await openPage(app, `${list}/${id}`, lead)).text).toContain('Repris par Léa Marandet');
  expect((await openPage(app, list, lead)).text).toContain('Ana reste');
});

test('a plan is given up by one button, and then nothing can be applied', async () => {
  const id = await asked({ kind: 'design', [`part_${world.bruno}`]: '1', [`share_${world.bruno}`]: '100' });
  expect((await send(`${list}/${id}/cancel`, {})).status).toBe(303);
  await workOutPlan(testHouse(db), id);
  expect((await openPage(app, `${list}/${id}`, lead)).text).toContain('Abandonné');
  const late = await send(`${list}/${id}/apply`, { why: 'x', handover: 'y', noticeDays: '1', perDay: '1' });
  expect(late.text).toContain('n’est plus à décider');
});

test('who is chosen twice, or unknown, is said beside the field', async () => {
  const twice = await send(list, { kind: 'repair', without: world.ana, newcomer: world.ana });
  expect(twice.status).toBe(422);
  expect(twice.text).toContain('Choisissez quelqu’un d’autre');
  expect((await send(list, { kind: 'repair', without: 'nobody', newcomer: '' })).status).toBe(422);
});

test('the map names every advisor in each block, has the same figures in a table, and needs no script', async () => {
  const page = await openPage(app, `${list}/map`, lead);
  expect(page.html).toMatch(/<svg role="img" aria-label="[^"]*: (Ana Perrin|Bruno Cattin|Chloé Vuillemin) 4, /);
  expect(page.text).toContain('Ana Perrin (AP)');
  expect(page.text).toContain('Bruno Cattin (BC)');
  expect(page.html).not.toContain('<script');
});

test('an advisor sees none of it', async () => {
  const advisor = await signInStaff(db, app, world.staff.bruno);
  expect((await openPage(app, list, advisor)).status).toBe(404);
  expect((await openPage(app, `${list}/map`, advisor)).status).toBe(404);
});
