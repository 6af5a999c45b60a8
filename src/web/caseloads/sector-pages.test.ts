import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { type App, openPage, sendForm } from '../../../test/page.ts';
import { signInStaff } from '../../../test/sign-in.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { carryOutMoves } from '../../desk/caseloads/carry-out.ts';
import { newId } from '../../desk/id.ts';

const db = testDatabase();
let app: App;
let world: World;
let lead: { Cookie: string };
const page = '/fr/staff/sectors/39478';

beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
  lead = await signInStaff(db, app, world.staff.lea);
  const addresses = ['1 rue du Pré', '12 RUE DU PRE', '3 rue Voltaire', '5 rue Voltaire', '7 place de l’Abbaye', null];
  for (const address of addresses) {
    const { id } = await addTestCustomer(db, world, { mail: `c${newId().slice(-6)}@example.org` });
    const value = address && `${address}, 39200 Saint-Claude`;
    if (value)
      await db.database.kysely
        .insertInto('contactPoint')
        .values({ id: newId(), customerId: id, kind: 'postal', value })
        .execute();
  }
});

const send = (fields: Record<string, string>) => sendForm(app, page, fields, { headers: lead });
const customers = async () => {
  const rows = await db.database.kysely
    .selectFrom('customer')
    .innerJoin('area', 'area.id', 'customer.areaId')
    .select(['customer.id', 'customer.advisorId', 'sector'])
    .orderBy('customer.id')
    .execute();
  return rows;
};
/** Customers without exactly one advisor now. */
const openTenures = async () => {
  const { rows } = await db.database.pool.query(
    `select id from customer where 1 <> (select count(*) from tenure
      where customer_id = customer.id and until is null and tenure.advisor_id = customer.advisor_id)`,
  );
  return rows;
};
const cut = () => ({
  parts: '2',
  name0: 'Pré',
  advisor0: world.ana,
  streets0: 'Rue du Pré\nplace de l’Abbaye',
  name1: 'Le reste',
  advisor1: world.bruno,
  streets1: '',
});

test('the page proposes as many sectors as the planner would, and says who serves the commune today', async () => {
  const form = await openPage(app, page, lead);
  expect(form.text).toContain('Aujourd’hui Ana Perrin sert toute la commune');
  expect(form.fields).toMatchObject({ parts: '6', name0: '', streets5: '' });
  expect((await openPage(app, `${page}?parts=4`, lead)).fields).toMatchObject({ parts: '4', name3: '' });
  expect((await openPage(app, '/fr/staff/sectors/75056', lead)).status).toBe(404);
});

test('a sector without a name, or with another’s, is refused beside its field, and nothing typed is lost', async () => {
  const wrong = await send({ ...cut(), name0: 'Le reste', do: 'preview' });
  expect(wrong).toMatchObject({ status: 422, fields: expect.objectContaining({ streets0: cut().streets0 }) });
  expect(wrong.text).toContain('Ce nom est déjà pris.');
  const nameless = await send({ ...cut(), name1: ' ', do: 'cut' });
  expect(nameless.text).toContain('Nommez ce secteur.');
  expect((await customers()).every(({ sector }) => sector === null)).toBe(true);
});

test('who lives where and who would change is shown before; cutting moves nobody, a plan brings them with introductions', async () => {
  const before = await customers();
  const preview = await send({ ...cut(), do: 'preview' });
  expect(preview.status).toBe(200);
  expect(preview.text).toMatch(
    /Pré.*Ana Perrin · clients\s: 3.*Personne ne change.*Le reste.*Bruno Cattin · clients\s: 3.*D’Ana Perrin à Bruno Cattin\s: 3/s,
  );
  expect(await customers()).toEqual(before);

  expect((await send({ ...cut(), do: 'cut' })).status).toBe(303);
  const after = await customers();
  expect(after.map(({ id, advisorId }) => [id, advisorId])).toEqual(before.map(({ id, advisorId }) => [id, advisorId]));
  expect(after.map(({ sector }) => sector).sort()).toEqual(['Le reste', 'Le reste', 'Le reste', 'Pré', 'Pré', 'Pré']);
  expect(await openTenures()).toEqual([]);
  expect((await openPage(app, '/fr/contact?postcode=39200')).text).toContain('Bruno Cattin');

  const plan = await db.database.kysely.selectFrom('caseloadPlan').selectAll().executeTakeFirstOrThrow();
  expect(plan).toMatchObject({ kind: 'sectors', state: 'ready', askedBy: world.staff.lea });
  const at = `/fr/staff/caseloads/${plan.id}`;
  expect((await openPage(app, at, lead)).text).toContain('Ce plan amène 3 clients');
  const fields = { why: 'Saint-Claude est coupée', handover: 'Lisez les dossiers.', noticeDays: '0', perDay: '200' };
  expect((await sendForm(app, `${at}/apply`, fields, { headers: lead })).status).toBe(303);
  await carryOutMoves(db.transact);
  const moved = await customers();
  for (const { sector, advisorId } of moved) expect(advisorId).toBe(sector === 'Pré' ? world.ana : world.bruno);
  expect(await openTenures()).toEqual([]);
  const told = await db.database.kysely.selectFrom('advisorChange').select('toldBy').execute();
  expect(told.map(({ toldBy }) => toldBy)).toEqual(['mail', 'mail', 'mail']);

  expect((await send({ ...cut(), do: 'cut' })).text).toContain('Cette commune vient d’être coupée.');
  expect((await openPage(app, page, lead)).text).toMatch(
    /Secteurs de Saint-Claude.*Le reste.*Bruno Cattin.*Pré.*Ana Perrin/s,
  );
  expect((await openPage(app, '/fr/staff/sectors', lead)).text).toMatch(/2 secteurs\s: Bruno Cattin et Ana Perrin/);
});

test('advisors cut nothing', async () => {
  const headers = await signInStaff(db, app, world.staff.ana);
  expect((await openPage(app, page, headers)).status).toBe(404);
  expect((await sendForm(app, page, { ...cut(), do: 'cut' }, { headers })).status).toBe(404);
});
