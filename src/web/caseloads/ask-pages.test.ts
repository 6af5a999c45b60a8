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
});

const send = (path: string, fields: Record<string, string>) => sendForm(app, path, fields, { headers: lead });

async function planned(fields: Record<string, string>): Promise<string> {
  const answer = await send(list, fields);
  expect(answer.status).toBe(303);
  const { id } = await db.database.kysely
    .selectFrom('caseloadPlan')
    .select('id')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  await workOutPlan(testHouse(db), id);
  return id;
}

const everyone = () =>
  Object.fromEntries(
    [world.ana, world.bruno, world.chloe, world.lea].flatMap((id) => [
      [`part_${id}`, '1'],
      [`share_${id}`, '100'],
    ]),
  );

test('before there is a customer a lead divides a département among chosen people, at their shares', async () => {
  const page = await openPage(app, list, lead);
  expect(page.fields[`part_${world.lea}`]).toBe('1');
  expect(page.fields[`share_${world.lea}`]).toBe('100');
  const { [`part_${world.ana}`]: _ana, ...others } = everyone();
  const id = await planned({ kind: 'design', departements: '90', ...others, [`share_${world.lea}`]: '20' });
  const plan = await openPage(app, `${list}/${id}`, lead);
  expect(plan.text).toContain('Nouvelle répartition entre 3 personnes (90)');
  expect(plan.text).toContain('Personne n’est encore client');
  expect(plan.text).toContain('Communes qui reçoivent un secteur : 101.');
  expect(plan.html).not.toContain('<script');
  await send(`${list}/${id}/apply`, { why: 'Ouverture', handover: 'Rien encore.', noticeDays: '0', perDay: '100' });
  await carryOutMoves(db.transact);
  const rows = await db.database.kysely.selectFrom('area').select('advisorId').execute();
  expect(rows).toHaveLength(102);
  expect(rows.some(({ advisorId }) => advisorId === world.ana)).toBe(false);
}, 120_000);

test('what cannot be is said, and what was typed comes back', async () => {
  const nobody = await send(list, { kind: 'design', departements: '' });
  expect([nobody.status, nobody.text]).toEqual([422, expect.stringContaining('Cochez au moins une personne.')]);
  const bad = await send(list, { kind: 'design', ...everyone(), [`share_${world.lea}`]: '120', departements: '25' });
  expect(bad.status).toBe(422);
  expect(bad.fields).toMatchObject({ [`share_${world.lea}`]: '120', departements: '25' });
  const where = await send(list, { kind: 'design', ...everyone(), departements: '99' });
  expect(where.text).toContain('Aucun département n’a ce code.');
  const share = await send(list, { kind: 'repair', works: world.ana, worksShare: '' });
  expect(share.text).toContain('Écrivez un nombre entier de 1 à 100');
});

test('a long absence and changed work are choices of their own; applied, the new share is theirs, taken back it is not', async () => {
  for (let index = 0; index < 24; index += 1)
    await addTestCustomer(db, world, { advisorId: [world.ana, world.bruno, world.chloe][index % 3] ?? world.ana });
  const away = await planned({ kind: 'repair', away: world.bruno });
  const page = await openPage(app, `${list}/${away}`, lead);
  expect(page.text).toContain('Longue absence : Bruno Cattin');
  expect(page.text).toContain('Clients qui changent de contact : 8.');
  expect(page.text).toContain('Années avec le même contact');
  expect(page.text).toContain('a deux binômes qui seront là : 100 % avant');
  const works = await planned({ kind: 'repair', works: world.ana, worksShare: '50' });
  expect((await openPage(app, `${list}/${works}`, lead)).text).toContain('Autre temps de travail : Ana Perrin (50 %)');
  await send(`${list}/${works}/apply`, { why: 'Mi-temps', handover: 'Voir.', noticeDays: '0', perDay: '100' });
  await carryOutMoves(db.transact);
  expect(await anas()).toEqual({ share: 0.5, customers: 5 });
  await send(`${list}/${works}/undo`, { undo: 'Finalement non' });
  await carryOutMoves(db.transact);
  expect(await anas()).toEqual({ share: 1, customers: 8 });
}, 120_000);

async function anas() {
  const { kysely } = db.database;
  const { share } = await kysely
    .selectFrom('advisor')
    .where('id', '=', world.ana)
    .select('share')
    .executeTakeFirstOrThrow();
  const held = await kysely.selectFrom('customer').where('advisorId', '=', world.ana).select('id').execute();
  return { share: Number(share), customers: held.length };
}
