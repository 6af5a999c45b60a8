import { beforeEach, expect, test } from 'vitest';
import { testApp } from '../../../../test/app.ts';
import { testDatabase } from '../../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../../test/world.ts';
import { beginCall } from '../../../desk/calls/begin.ts';
import { missCall } from '../../../desk/calls/miss.ts';
import { noteOffer } from '../../../desk/calls/offer.ts';

const db = testDatabase();
let world: World | undefined;
let calls = 0;
let customerId: string;
let link: string;

/** A customer who hung up on the offer of the own advisor, and the link of the mail that confirmed it. */
beforeEach(async () => {
  world ??= await buildWorld(db);
  const customer = await addTestCustomer(db, world);
  customerId = customer.id;
  calls += 1;
  const id = `call${calls}`;
  const at = db.clock.now;
  const before = new Date('2026-11-23T09:40:00Z');
  const call = { id, at, fromPhone: customer.phone, customerId, ringList: [] };
  const { ana } = world;
  await db.transact(async (tx) => {
    await beginCall(tx, call);
    await noteOffer(tx, id, { advisorId: ana, before, at });
    await missCall(tx, { callId: id, at, hungUp: true, playedMs: 4_000 });
  });
  const mail = await mails();
  link = /http:\/\/localhost:8080(\/\S+)/.exec(mail[0]?.text ?? '')?.[1] ?? '';
});

const mails = () =>
  db.database.kysely
    .selectFrom('outgoingMail')
    .where('customerId', '=', customerId)
    .select('text')
    .orderBy('id')
    .execute();
const owed = () =>
  db.database.kysely
    .selectFrom('commitment')
    .where('customerId', '=', customerId)
    .where('withdrawnAt', 'is', null)
    .where('keptAt', 'is', null)
    .select(['kind', 'dueAt', 'ownerId'])
    .execute();
const send = async (fields: Record<string, string>) =>
  testApp(db).request(link, { method: 'POST', body: new URLSearchParams(fields) });
const page = async () => (await testApp(db).request(link)).text();

test('the mail says who calls when, and its link shows the same and changes nothing', async () => {
  expect((await mails())[0]?.text).toContain('Ana Perrin vous rappelle avant');
  expect(await page()).toContain('Ana Perrin vous appelle avant 10');
  expect(await owed()).toHaveLength(1);
});

test('another number: the callback goes there; one that cannot be read is kept in its field with a sentence', async () => {
  const shown = await (await send({ do: 'number', phone: '06 39 98 77 66' })).text();
  expect(shown.replace(/\s/g, ' ')).toContain('Au 06 39 98 77 66.');
  const row = await db.database.kysely
    .selectFrom('callback')
    .where('customerId', '=', customerId)
    .selectAll()
    .execute();
  expect(row).toMatchObject([{ phone: '+33639987766' }]);
  const bad = await send({ do: 'number', phone: 'douze' });
  expect(bad.status).toBe(422);
  expect(await bad.text()).toContain('value="douze"');
});

test('another time: one of those offered takes the place of the promise, and the same link goes on', async () => {
  const when = /<option value="(\d+)"/.exec(await page())?.[1] ?? '';
  await send({ do: 'time', when });
  expect(await owed()).toMatchObject([{ kind: 'callback', dueAt: new Date(Number(when)), ownerId: world?.ana }]);
  expect((await testApp(db).request(link)).status).toBe(200);
  const wrong = await send({ do: 'time', when: '1' });
  expect(wrong.status).toBe(422);
});

test('no call any more: the promise and its matter are closed, and the link says so', async () => {
  expect((await send({ do: 'cancel' })).status).toBe(410);
  expect(await owed()).toEqual([]);
  const files = await db.database.kysely
    .selectFrom('caseFile')
    .where('customerId', '=', customerId)
    .selectAll()
    .execute();
  expect(files[0]?.closedAt).toBeTruthy();
});

test('always or never: remembered, and the next call is decided with it', async () => {
  await send({ do: 'next', 'ring-back': 'always' });
  const row = () =>
    db.database.kysely.selectFrom('customer').where('id', '=', customerId).select('ringBack').executeTakeFirst();
  expect(await row()).toEqual({ ringBack: 'always' });
  await send({ do: 'next', 'ring-back': 'whatever' });
  expect(await row()).toEqual({ ringBack: 'always' });
});

test('a link that we did not sign opens nothing', async () => {
  expect((await testApp(db).request(`${link.slice(0, -3)}abc`)).status).toBe(410);
});
