import ICAL from 'ical.js';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../../test/app.ts';
import { testDatabase } from '../../../../test/database.ts';
import { type App, openPage, sendForm } from '../../../../test/page.ts';
import { signInStaff } from '../../../../test/sign-in.ts';
import { buildWorld, type World } from '../../../../test/world.ts';

const db = testDatabase();
let app: App;
let world: World;
let ana: { Cookie: string };

beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
});
beforeEach(async () => {
  await db.database.pool.query('delete from permanence');
  // Public pages are kept for some seconds.
  db.clock.now = new Date(Math.max(db.clock.now.getTime(), Date.parse('2026-11-23T09:00:00Z')) + 3_600_000);
  ana = await signInStaff(db, app, world.staff.ana);
});

const PAGE = '/fr/staff/permanences';
const typed = { commune: 'Saint-Claude', place: 'Mairie', date: '2027-03-16', from: '09:00', to: '11:30' };
const enter = (fields: Record<string, string> = {}) =>
  sendForm(app, PAGE, { ...typed, weeks: '1', until: '2027-04-06', ...fields }, { headers: ana });
const later = () => {
  db.clock.now = new Date(db.clock.now.getTime() + 60_000);
};

/** The calendar as another program reads it. */
async function calendar(path: string) {
  later();
  const answer = await app.request(path);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
  const root = new ICAL.Component(ICAL.parse(await answer.text()));
  const zone = root.getFirstSubcomponent('vtimezone');
  if (zone) ICAL.TimezoneService.register(zone);
  return root.getAllSubcomponents('vevent').map((each) => {
    const event = new ICAL.Event(each);
    const status = each.getFirstPropertyValue('status');
    return {
      uid: event.uid,
      at: event.startDate.toJSDate().toISOString(),
      local: event.startDate.toString(),
      zone: event.startDate.zone.tzid,
      sequence: event.sequence,
      status,
      summary: event.summary,
    };
  });
}

describe('an advisor who sits in a town hall', () => {
  test('enters the dates without a script; residents read them on the page of the commune and of the person', async () => {
    const entered = await enter();
    expect(entered.status).toBe(303);
    later();
    for (const path of ['/fr/communes/39478-saint-claude', `/fr/contact/${world.ana}`]) {
      const page = await openPage(app, path);
      expect(page.text, path).toContain('Rencontrez-nous en mairie');
      expect(page.text, path).toContain('mardi 16 mars 2027, de 9 h à 11 h 30');
    }
    const english = await openPage(app, '/en/communes/39478-saint-claude');
    expect(english.text).toContain('Tuesday 16 March 2027');
  });

  test('reads what is wrong beside the field and loses nothing', async () => {
    const wrong = await enter({ commune: 'Nulle-Part', place: 'Salle des fêtes' });
    expect(wrong.status).toBe(422);
    expect(wrong.title).toMatch(/^Erreur/);
    expect(wrong.fields).toMatchObject({ commune: 'Nulle-Part', place: 'Salle des fêtes', until: '2027-04-06' });
    expect((await enter({ to: '08:00' })).text).toContain('La fin doit venir après le début.');
    later();
    expect((await openPage(app, '/fr/communes/39478-saint-claude')).text).not.toContain('Rencontrez-nous');
  });

  test('cancels a date with a reason, which residents read', async () => {
    await enter();
    const { rows } = await db.database.pool.query('select id from permanence order by starts_at limit 1');
    const cancelled = await sendForm(
      app,
      `${PAGE}/${rows[0].id}/cancel`,
      { why: 'La salle est fermée.' },
      { headers: ana },
    );
    expect(cancelled.status).toBe(303);
    later();
    const page = await openPage(app, '/fr/communes/39478-saint-claude');
    expect(page.text).toContain('annulée');
    expect(page.text).toContain('La salle est fermée.');
  });
});

describe('the calendar', () => {
  test('keeps nine o’clock through the change to summer time, read by another program', async () => {
    await enter();
    const events = await calendar(`/fr/contact/${world.ana}/permanences.ics`);
    expect(events.map(({ at, local, zone }) => [at, local, zone])).toEqual([
      ['2027-03-16T08:00:00.000Z', '2027-03-16T09:00:00', 'Europe/Paris'],
      ['2027-03-23T08:00:00.000Z', '2027-03-23T09:00:00', 'Europe/Paris'],
      ['2027-03-30T07:00:00.000Z', '2027-03-30T09:00:00', 'Europe/Paris'],
      ['2027-04-06T07:00:00.000Z', '2027-04-06T09:00:00', 'Europe/Paris'],
    ]);
    expect(events[0]?.summary).toBe('Ana Perrin à Saint-Claude');
  });

  test('is the same for the person, the office and the commune, with ids that stay', async () => {
    await enter();
    const paths = [`contact/${world.ana}`, `offices/${world.officeId}`, 'communes/39478'];
    const ids = await Promise.all(
      paths.map(async (path) => (await calendar(`/en/${path}/permanences.ics`)).map(({ uid }) => uid)),
    );
    expect(ids[0]).toHaveLength(4);
    expect(ids[1]).toEqual(ids[0]);
    expect(ids[2]).toEqual(ids[0]);
    expect((await calendar(`/fr/contact/${world.bruno}/permanences.ics`)).length).toBe(0);
  });

  test('says that a date is cancelled, with the next number, and leaves the others alone', async () => {
    await enter();
    const path = `/fr/communes/39478/permanences.ics`;
    const before = await calendar(path);
    const id = before[1]?.uid.split('@')[0];
    await sendForm(app, `${PAGE}/${id}/cancel`, { why: '' }, { headers: ana });
    const after = await calendar(path);
    expect(after.map(({ uid }) => uid)).toEqual(before.map(({ uid }) => uid));
    expect(after.map(({ status, sequence }) => [status, sequence])).toEqual([
      ['CONFIRMED', 0],
      ['CANCELLED', 1],
      ['CONFIRMED', 0],
      ['CONFIRMED', 0],
    ]);
  });

  test('holds whatever somebody typed as text, and is not there for nobody', async () => {
    await enter({ place: 'Mairie; salle "A", \n BEGIN:VEVENT', weeks: '0' });
    expect(await calendar('/fr/communes/39478/permanences.ics')).toHaveLength(1);
    for (const path of ['contact/nobody', `offices/${world.ana}`, 'communes/00000'])
      expect((await app.request(`/fr/${path}/permanences.ics`)).status, path).toBe(404);
  });
});
