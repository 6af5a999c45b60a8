import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { testDatabase } from '../../../test/database.ts';
import { type App, openPage, sendForm } from '../../../test/page.ts';
import { signInStaff } from '../../../test/sign-in.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { STANDARD_POLICY } from '../../core/routing/policy.ts';
import { system } from '../../desk/actor.ts';
import { beginCall } from '../../desk/calls/begin.ts';
import { noteDecision } from '../../desk/calls/note-decision.ts';
import { newId } from '../../desk/id.ts';
import { receiveInteraction } from '../../desk/interactions/receive.ts';
import { routeCall } from '../../desk/views/call-route.ts';
import { readRoster } from '../../desk/views/roster.ts';
import { policyNumberWords, policySectionWords } from '../ui/words/policy-words.ts';

const db = testDatabase();
let app: App;
let world: World;
let administrator: { Cookie: string };
let lead: { Cookie: string };

beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
  const id = newId();
  await db.database.kysely
    .insertInto('staff')
    .values({ id, name: 'Adèle', email: 'adele@regie.example.org', role: 'administrator' })
    .execute();
  administrator = await signInStaff(db, app, id);
  lead = await signInStaff(db, app, world.staff.lea);
});

const send = (path: string, fields: Record<string, string>, headers = administrator) =>
  sendForm(app, `/fr/staff/${path}`, fields, { headers });
const policy = async () => (await readRoster(db.database.kysely, db.clock.now)).policy;

test('a service level is changed in hours, and the next promise keeps to it while those made keep their time', async () => {
  const { id } = await addTestCustomer(db, world);
  const due = async (text: string) => {
    const received = await db.transact((tx) =>
      receiveInteraction(tx, system, {
        channel: 'message',
        at: tx.now,
        from: { customerId: id },
        proven: true,
        text,
        acknowledge: false,
      }),
    );
    return received.kind === 'interaction' ? received.commitment : undefined;
  };
  const before = await due('La première.');
  expect((await send('service-levels/standard', { nameFr: 'Standard', nameEn: 'Standard', hours: '0,5' })).status).toBe(
    303,
  );
  expect((await due('La seconde.'))?.dueAt.toISOString()).toBe('2026-11-23T09:30:00.000Z');
  const kept = await db.database.kysely
    .selectFrom('commitment')
    .where('id', '=', before?.id ?? '')
    .select('dueAt')
    .executeTakeFirst();
  expect(kept?.dueAt).toEqual(before?.dueAt);
});

test('a level that makes no sense comes back as typed; one that lines have, and the standard one, stay', async () => {
  const bad = await send('service-levels/new', { code: 'Très vite', nameFr: 'Rapide', nameEn: '', hours: 'vite' });
  expect(bad.status).toBe(422);
  expect(bad.fields).toMatchObject({ code: 'Très vite', nameFr: 'Rapide', hours: 'vite' });
  expect((await send('service-levels/standard', { do: 'remove' })).text).toContain('Ce niveau reste');
  await addTestCustomer(db, world, { serviceLevel: 'pro' });
  expect((await send('service-levels/pro', { do: 'remove' })).text).toContain('Donnez-leur en un autre d’abord');
  expect((await send('service-levels/critical', { do: 'remove' })).status).toBe(303);
});

test('every number of the policy has words, and is shown', async () => {
  const page = await openPage(app, '/fr/staff/policy', administrator);
  const { version: _version, people: _people, ...sections } = STANDARD_POLICY;
  expect(page.html).not.toContain('NaN');
  for (const [section, numbers] of Object.entries(sections)) {
    expect(policySectionWords[section], section).toBeDefined();
    for (const name of Object.keys(numbers)) {
      expect(policyNumberWords[`${section}.${name}`], name).toBeDefined();
      expect(page.fields[`${section}.${name}`], name).toBeDefined();
    }
  }
});

test('a policy is put in force under a version of its own; what its check refuses is said beside the number', async () => {
  const { fields } = await openPage(app, '/fr/staff/policy', administrator);
  const bad = await send('policy', { ...fields, 'call.holdForOwnMostSeconds': '90', 'offer.factor': 'beaucoup' });
  expect(bad.status).toBe(422);
  expect(bad.text).toContain('personne n’attend plus d’une minute');
  expect(bad.text).toContain('Écrivez un nombre, zéro ou plus.');
  expect(bad.fields).toMatchObject({ 'call.holdForOwnMostSeconds': '90', 'offer.factor': 'beaucoup' });
  expect((await policy()).version).toBe(STANDARD_POLICY.version);

  expect((await send('policy', { ...fields, 'call.ringSeconds': '25', 'offer.factor': '1,75' })).status).toBe(303);
  expect(await policy()).toMatchObject({
    version: '2026-11-23-090000',
    call: { ringSeconds: 25, wrapUpSeconds: 60 },
    offer: { factor: 1.75 },
    people: STANDARD_POLICY.people,
  });
  const [kept] = await db.database.kysely.selectFrom('policyVersion').selectAll().execute();
  expect(kept?.byStaff).not.toBeNull();
  // Typed over the version that was in force before: somebody else was quicker.
  const late = await send('policy', { ...fields, 'call.ringSeconds': '5' });
  expect(late.text).toContain('Quelqu’un a changé les règles entre-temps');
  expect((await policy()).call.ringSeconds).toBe(25);
});

test('a draft says what it would have changed this week, saves nothing, and loses nothing that was typed', async () => {
  const at = new Date(db.clock.now.getTime() + 3_600_000);
  const customer = await addTestCustomer(db, world);
  for (const [id, sinceMinutes] of [
    ['talks', 5],
    ['rings', 1],
  ] as const) {
    const now = new Date(at.getTime() - sinceMinutes * 60_000);
    const route = await routeCall({ db: db.database.kysely, now }, customer.phone);
    await db.transact(async (tx) => {
      await beginCall(tx, { id, at: now, fromPhone: customer.phone, customerId: customer.id, ringList: [] });
      await noteDecision(tx, id, route);
      const answered = { answeredAt: now, answeredBy: world.ana };
      if (id === 'talks') await tx.db.updateTable('call').set(answered).where('id', '=', id).execute();
    });
  }
  db.clock.now = at;
  const { fields } = await openPage(app, '/fr/staff/policy', administrator);
  const before = await policy();
  const tried = await send('policy', { ...fields, 'offer.mostOpenCallbacks': '0', try: 'week' });
  expect(tried.status).toBe(200);
  // No callback is left to offer, and the backup is free.
  expect(tried.text).toContain('Rappels proposés : 1, puis 0.');
  expect(tried.text).toContain('0 viendraient plus tôt et 0 plus tard');
  expect(tried.text).toMatch(/rappel proposé, par son interlocuteur\. Ana Perrin est en ligne depuis/);
  expect(tried.text).toMatch(/Avec ces nombres sonne chez un binôme\. .*Bruno Cattin, binôme, est libre\./);
  expect(tried.fields).toMatchObject({ 'offer.mostOpenCallbacks': '0' });
  expect(await policy()).toEqual(before);
  const bad = await send('policy', { ...fields, 'offer.factor': 'beaucoup', try: 'week' });
  expect(bad.status).toBe(422);
  expect(bad.text).not.toContain('Ce que cela aurait changé');
});

test('an office keeps the public holidays of its region, and pods are added and renamed', async () => {
  const at = `offices/${world.officeId}`;
  const { fields } = await openPage(app, `/fr/staff/${at}`, lead);
  expect((await send(at, { ...fields, holidayRegion: 'FR.XX' }, lead)).status).toBe(422);
  expect((await send(at, { ...fields, hours1: 'fermé', holidayRegion: 'FR' }, lead)).fields.hours1).toBe('fermé');
  expect((await send(at, { ...fields, holidayRegion: 'FR.57' }, lead)).status).toBe(303);
  const { advisors } = await readRoster(db.database.kysely, db.clock.now);
  // Saint Stephen's day, in Moselle only.
  expect(advisors.get(world.ana)?.calendar.holidays).toContain('2026-12-26');
  expect((await openPage(app, `/fr/staff/${at}`, lead)).text).toContain('26 décembre');
  expect((await send(at, { do: 'pod', pod: '', podName: '' }, lead)).status).toBe(422);
  expect((await send(at, { do: 'pod', pod: '', podName: 'Plateau' }, lead)).status).toBe(303);
  expect((await send(at, { do: 'pod', pod: world.podId, podName: 'Vallée' }, lead)).status).toBe(303);
  const names = await db.database.kysely.selectFrom('pod').select('name').orderBy('name').execute();
  expect(names.map(({ name }) => name)).toEqual(['Plateau', 'Vallée']);
});

test('an office is opened where a town can be found', async () => {
  const { fields } = await openPage(app, '/fr/staff/offices/new', lead);
  const typed = { ...fields, name: 'Morez', street: '3 quai Neuf', postcode: '39400', hours1: '9h-12h' };
  expect((await send('offices/new', { ...typed, commune: 'Trifouillis' }, lead)).fields.street).toBe('3 quai Neuf');
  expect((await send('offices/new', { ...typed, commune: 'Les Rousses' }, lead)).status).toBe(303);
});

test('a lead changes offices, not the times of contracts nor the rules of answering', async () => {
  for (const path of ['policy', 'service-levels', 'service-levels/standard'])
    expect((await openPage(app, `/fr/staff/${path}`, lead)).status, path).toBe(404);
  expect((await openPage(app, '/fr/staff/administration', lead)).text).not.toContain('Règles de réponse');
});
