import { beforeAll, expect, it } from 'vitest';
import { testApp } from '../../test/app.ts';
import { cliOf, inFrench } from '../../test/cli.ts';
import { testDatabase } from '../../test/database.ts';
import { englishWordsIn } from '../../test/english.ts';
import { openPage, sendForm } from '../../test/page.ts';
import { signInStaff } from '../../test/sign-in.ts';
import { addTestCustomer, buildWorld, type World } from '../../test/world.ts';
import { findCommunes } from '../desk/areas/find-communes.ts';
import { loadTerritory } from '../desk/areas/load-territory.ts';
import type { Proposal } from '../desk/caseloads/propose.ts';
import { newId } from '../desk/id.ts';

const db = testDatabase();
const visavis = cliOf(db);
let world: World;

/** Communes of the Jura that merged for real: two that are no more, with the one they became part of. */
let into: string;
let old: { insee: string; name: string }[];

beforeAll(async () => {
  world = await buildWorld(db);
  const { kysely } = db.database;
  const former = await kysely
    .selectFrom('formerCommune')
    .innerJoin('commune', 'commune.insee', 'formerCommune.communeInsee')
    .where('commune.departementCode', '=', '39')
    .where('formerCommune.insee', 'not in', kysely.selectFrom('commune').select('insee'))
    .distinctOn('formerCommune.insee')
    .select(['formerCommune.insee', 'formerCommune.name', 'formerCommune.communeInsee'])
    .orderBy('formerCommune.insee')
    .execute();
  const two = former
    .map((one) => former.filter((each) => each.communeInsee === one.communeInsee))
    .find((all) => all.length >= 2);
  old = (two ?? []).slice(0, 2);
  into = two?.[0]?.communeInsee ?? '';
  // As an installation of an older edition has them: three communes, each with its own advisor.
  await kysely.deleteFrom('territoryEdition').execute();
  await kysely.insertInto('territoryEdition').values({ edition: '0.0.0' }).execute();
  for (const { insee, name } of old)
    await kysely
      .insertInto('commune')
      .values({
        insee,
        name,
        searchName: name.toLowerCase(),
        postcodes: [],
        population: 100,
        departementCode: '39',
        departementName: 'Jura',
      })
      .execute();
  for (const [index, communeInsee] of [into, ...old.map(({ insee }) => insee)].entries()) {
    const areaId = newId();
    const advisorId = [world.ana, world.bruno, world.chloe][index] ?? world.ana;
    await kysely.insertInto('area').values({ id: areaId, communeInsee, officeId: world.officeId, advisorId }).execute();
    for (let count = 0; count < 6; count += 1) await addTestCustomer(db, { ...world, areaId }, { advisorId });
  }
  await loadTerritory(db.database.pool);
}, 120_000);

const charges = () =>
  db.database.kysely
    .selectFrom('customer')
    .innerJoin('area', 'area.id', 'customer.areaId')
    .select(['customer.id', 'customer.advisorId', 'communeInsee', 'sector', 'area.advisorId as areaAdvisorId'])
    .orderBy('customer.id')
    .execute();

it('a newer edition moves nobody: it is shown what becomes one, to a lead on a page and in the command', async () => {
  const before = await charges();
  const { out } = await visavis('caseloads', 'mergers');
  for (const { name } of old) expect(out).toContain(name);
  expect(out).toContain('Nothing was changed.');
  const french = await inFrench(() => visavis('caseloads', 'mergers'));
  expect(french.out).toMatch(/^avant +devient +clients +interlocuteur, inchangé\n[\s\S]*Rien n’a été changé\./);
  expect(englishWordsIn(french.out)).toEqual([]);
  const app = testApp(db);
  const lead = await signInStaff(db, app, world.staff.lea);
  expect((await openPage(app, '/fr/staff/caseloads', lead)).text).toContain('Des communes ont été réunies : 2');
  const page = await openPage(app, '/fr/staff/caseloads/mergers', lead);
  for (const name of ['Ana Perrin', 'Bruno Cattin', 'Chloé Vuillemin', old[0]?.name ?? '-'])
    expect(page.text).toContain(name);
  const advisor = await signInStaff(db, app, world.staff.bruno);
  expect((await sendForm(app, '/fr/staff/caseloads/mergers', {}, { headers: advisor })).status).toBe(404);
  expect(await charges()).toEqual(before);
});

it('merged: every customer is in the new commune with the advisor of before, and a repair moves nobody', async () => {
  const before = await charges();
  const tenures = await db.database.kysely.selectFrom('tenure').selectAll().orderBy('customerId').execute();
  const { out, status } = await visavis('caseloads', 'mergers', '--apply');
  expect(status).toBe(0);
  expect(out).toContain('Merged: 2 communes, 2 areas, 12 customers. Nobody changed advisor.');
  const after = await charges();
  expect(after.map(({ id, advisorId }) => [id, advisorId])).toEqual(before.map(({ id, advisorId }) => [id, advisorId]));
  expect(new Set(after.map(({ communeInsee }) => communeInsee))).toEqual(new Set([into]));
  expect(new Set(after.map(({ sector }) => sector)).size).toBe(3);
  for (const { name } of old) expect(after.some(({ sector }) => sector === name)).toBe(true);
  expect(after.every(({ advisorId, areaAdvisorId }) => advisorId === areaAdvisorId)).toBe(true);
  expect(await db.database.kysely.selectFrom('tenure').selectAll().orderBy('customerId').execute()).toEqual(tenures);
  expect(await db.database.kysely.selectFrom('outgoingMail').selectAll().execute()).toEqual([]);
  expect(
    await db.database.kysely
      .selectFrom('communeMerger')
      .select(['fromInsee', 'customers'])
      .orderBy('fromInsee')
      .execute(),
  ).toEqual(old.map(({ insee }) => ({ fromInsee: insee, customers: 6 })));
  const { after: measured } = JSON.parse((await visavis('caseloads', 'repair', '--json')).out) as Proposal;
  expect(measured.customersMoved).toBe(0);
  const found = await findCommunes(db.database.kysely, { commune: old[0]?.insee });
  expect(found).toMatchObject({ kind: 'found', communes: [{ insee: into }] });
  expect((await visavis('caseloads', 'mergers')).out).toContain('Every commune we serve still stands.');
  expect(await inFrench(() => visavis('caseloads', 'mergers'))).toMatchObject({
    status: 0,
    out: 'Toutes les communes desservies existent.\n',
  });
});
