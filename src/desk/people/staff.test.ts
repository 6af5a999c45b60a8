import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { type Actor, system } from '../actor.ts';
import { newId } from '../id.ts';
import { demoSignInLinks } from './demo-sign-in-links.ts';
import { forgetExpired } from './forget-expired.ts';
import { makeOneTimeLink, useOneTimeLink } from './one-time-links.ts';
import { recordLook } from './record-look.ts';
import { type Invitation, inviteStaff, leaveStaff, listStaff } from './staff.ts';
import { setStaffPassword } from './staff-sign-in.ts';

const db = testDatabase();
let world: World;
const invite = (invitation: Invitation, actor: Actor = system) =>
  db.transact((tx) => inviteStaff(tx, actor, invitation));
const leave = (mail: string) => db.transact((tx) => leaveStaff(tx, system, { mail }));

test('before the operator is set up, the first administrator gets a link instead of a mail', async () => {
  const invited = await invite({ mail: 'admin@regie.example.org', name: 'Ada Roy', role: 'administrator' });
  expect(invited).toMatchObject({ kind: 'invited', mailed: false });
  expect(await db.database.kysely.selectFrom('outgoingMail').select('id').execute()).toEqual([]);
  expect(await db.database.kysely.selectFrom('oneTimeLink').select('purpose').execute()).toEqual([
    { purpose: 'staff_password' },
  ]);
});

test('an invitation is mailed, and no token is kept in the database', async () => {
  world = await buildWorld(db);
  const invited = await invite({ mail: 'zoe@regie.example.org', name: 'Zoé Prost', role: 'moderator', locale: 'en' });
  if (invited.kind !== 'invited') throw new Error(invited.why);
  const mail = await db.database.kysely.selectFrom('outgoingMail').selectAll().executeTakeFirstOrThrow();
  expect(mail).toMatchObject({ kind: 'staff', toAddress: 'zoe@regie.example.org', subject: 'Your Visavis account' });
  expect(mail.text).toContain(invited.link);
  const token = invited.link.split('/').at(-1) ?? '';
  const links = await db.database.kysely.selectFrom('oneTimeLink').selectAll().execute();
  expect(JSON.stringify(links)).not.toContain(token);
});

test('what cannot be an account is refused in a word', async () => {
  const valid = { mail: 'new@regie.example.org', name: 'New', role: 'moderator' } as const;
  expect(await invite({ ...valid, mail: 'not an address' })).toEqual({ kind: 'refused', why: 'wrong mail' });
  expect(await invite({ ...valid, name: ' ' })).toEqual({ kind: 'refused', why: 'no name' });
  expect(await invite({ ...valid, role: 'advisor' })).toEqual({ kind: 'refused', why: 'advisor needed' });
  expect(await invite({ ...valid, advisorId: newId() })).toEqual({ kind: 'refused', why: 'unknown advisor' });
  expect(await invite({ ...valid, advisorId: world.ana })).toEqual({ kind: 'refused', why: 'advisor taken' });
  const lead: Actor = { kind: 'staff', staffId: world.staff.lea, role: 'lead', advisorId: world.lea };
  expect(await invite(valid, lead)).toEqual({ kind: 'refused', why: 'not allowed' });
  expect((await listStaff(db.database.kysely)).map((each) => each.mail)).not.toContain('new@regie.example.org');
});

test('an account in use is not invited again, so that nobody takes it over', async () => {
  await db.transact((tx) => setStaffPassword(tx, world.staff.bruno, 'hash'));
  const again = { mail: 'Bruno@regie.example.org', name: 'Someone', role: 'administrator' as const };
  expect(await invite(again)).toEqual({ kind: 'refused', why: 'has an account' });
});

test('the last administrator cannot leave; somebody who left can come back with nothing of before', async () => {
  expect(await leave('admin@regie.example.org')).toEqual({ kind: 'refused', why: 'last administrator' });
  expect(await leave('nobody@regie.example.org')).toEqual({ kind: 'refused', why: 'unknown' });
  expect(await leave('bruno@regie.example.org')).toEqual({ kind: 'left' });
  expect(await leave('bruno@regie.example.org')).toEqual({ kind: 'refused', why: 'unknown' });
  const back = await invite({
    mail: 'bruno@regie.example.org',
    name: 'Bruno Cattin',
    role: 'advisor',
    advisorId: world.bruno,
  });
  expect(back).toMatchObject({ kind: 'invited', id: world.staff.bruno });
  const accounts = await db.database.kysely
    .selectFrom('staffAccount')
    .where('staffId', '=', world.staff.bruno)
    .select('id')
    .execute();
  expect(accounts).toEqual([]);
});

test('a link is used once and only for what it was made for', async () => {
  const staffId = world.staff.lea;
  const token = await db.transact((tx) => makeOneTimeLink(tx, { purpose: 'staff_sign_in', staffId, validForHours: 1 }));
  expect(await db.transact((tx) => useOneTimeLink(tx, 'staff_password', token))).toBeUndefined();
  expect(await db.transact((tx) => useOneTimeLink(tx, 'staff_sign_in', token))).toMatchObject({ staffId });
  expect(await db.transact((tx) => useOneTimeLink(tx, 'staff_sign_in', token))).toBeUndefined();
});

test('a look at a customer is kept with who looked; customers on their own pages are not', async () => {
  const { id } = await addTestCustomer(db, world);
  const ana: Actor = { kind: 'staff', staffId: world.staff.ana, role: 'advisor', advisorId: world.ana };
  await db.transact(async (tx) => {
    await recordLook(tx, ana, id, 'open customer');
    await recordLook(tx, { kind: 'integration', name: 'billing', role: 'advisor' }, id, 'open customer');
    await recordLook(tx, { kind: 'customer', customerId: id }, id, 'open customer');
  });
  const rows = await db.database.kysely
    .selectFrom('audit')
    .where('customerId', '=', id)
    .select(['staffId', 'action', 'facts'])
    .orderBy('id')
    .execute();
  expect(rows).toEqual([
    { staffId: world.staff.ana, action: 'open customer', facts: {} },
    { staffId: null, action: 'open customer', facts: { integration: 'billing' } },
  ]);
});

test('sign-in links into the demo are made for people of the demo only', async () => {
  const { id } = await addTestCustomer(db, world);
  expect(await demoSignInLinks(db)).toEqual([]);
  await db.database.kysely.updateTable('staff').set({ demo: true }).where('id', '=', world.staff.lea).execute();
  await db.database.kysely.updateTable('customer').set({ demo: true }).where('id', '=', id).execute();
  expect((await demoSignInLinks(db)).map(({ who }) => who)).toEqual(['lead', 'household']);
});

beforeAll(() => {
  db.clock.now = new Date('2026-11-23T09:00:00Z');
});

test('long-ended links and sessions are forgotten, those that still open something are not', async () => {
  const fresh = await db.transact((tx) =>
    makeOneTimeLink(tx, { purpose: 'staff_sign_in', staffId: world.staff.lea, validForHours: 24 * 40 }),
  );
  await db.transact((tx) =>
    makeOneTimeLink(tx, { purpose: 'staff_sign_in', staffId: world.staff.lea, validForHours: 1 }),
  );
  db.clock.now = new Date('2026-12-28T09:00:00Z');
  expect(await db.transact(forgetExpired)).toBeGreaterThan(0);
  expect(await db.transact(forgetExpired)).toBe(0);
  expect(await db.transact((tx) => useOneTimeLink(tx, 'staff_sign_in', fresh))).toBeDefined();
});
