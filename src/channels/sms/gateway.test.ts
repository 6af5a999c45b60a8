import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testHouse } from '../../../test/servers/house.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { createApp } from '../../app.ts';
import type { House } from '../../desk/house.ts';
import { readSms } from '../../desk/sms/read.ts';
import { writeSms } from '../../desk/sms/write.ts';
import { isSignedBody, signBody } from '../../platform/signed-body.ts';
import { openSms } from './open.ts';
import { sendSms } from './send.ts';

const db = testDatabase();
const secret = 'a secret of this test, of some length';
let world: World;
let gateway: Server;
let house: House;
let customer: Awaited<ReturnType<typeof addTestCustomer>>;
let asked: { headers: IncomingHttpHeaders; body: string }[];
let answer: { status: number; body?: string; hang?: boolean };

beforeAll(async () => {
  world = await buildWorld(db);
});
beforeEach(async () => {
  db.clock.now = new Date('2026-11-23T09:00:00Z');
  await sql`truncate outgoing_sms, sms_receipt, sms_delivery, sms_stop, interaction, tray_item, case_file, commitment cascade`.execute(
    db.database.kysely,
  );
  customer = await addTestCustomer(db, world);
  asked = [];
  answer = { status: 200, body: '{"id":"gw-1"}' };
  gateway = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    asked.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
    if (answer.hang) return request.socket.destroy();
    response.writeHead(answer.status).end(answer.body ?? '');
  });
  gateway.listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const url = `http://user:pass@127.0.0.1:${(gateway.address() as AddressInfo).port}/sms`;
  house = testHouse(db, { VISAVIS_SMS_URL: url, VISAVIS_SMS_FROM: '36180', VISAVIS_SMS_SECRET: secret });
});
afterEach(() => void gateway.close());

const send = (id: string) => sendSms(house, openSms(house), id);
const write = (text = 'Déjà réparé.') =>
  db.transact((tx) =>
    writeSms(tx, { kind: 'reply', to: customer.phone, text, customerId: customer.id, automatic: false }),
  );
const sent = (id: string) =>
  db.database.kysely.selectFrom('outgoingSms').where('id', '=', id).selectAll().executeTakeFirstOrThrow();
const post = (path: string, body: string, signature = signBody(secret, db.clock.now, body)) =>
  createApp(house).request(path, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', 'Visavis-Signature': signature },
  });

test('an SMS leaves as one signed request, and its receipt is known by the name the gateway gave', async () => {
  const id = await write();
  await send(id);
  await send(id);
  expect(asked).toHaveLength(1);
  const [request] = asked;
  expect(JSON.parse(request?.body ?? '')).toEqual({
    id,
    from: '36180',
    to: customer.phone,
    text: 'Déjà réparé.',
    parts: 1,
    encoding: 'gsm-7',
  });
  expect(request?.headers['idempotency-key']).toBe(id);
  expect(request?.headers.authorization).toBe(`Basic ${btoa('user:pass')}`);
  const signature = String(request?.headers['visavis-signature']);
  expect(isSignedBody(secret, db.clock.now, signature, request?.body ?? '')).toBe(true);
  expect((await post('/api/v1/sms/receipts', '{"id":"gw-1","state":"delivered"}')).status).toBe(200);
  expect(await sent(id)).toMatchObject({ deliveredAt: db.clock.now });
});

test.each([
  [429, { sentAt: null, failedAt: null, sendingSince: null }],
  [500, { sentAt: null, failedAt: null, sendingSince: null }],
  [401, { sentAt: null, failedAt: null, sendingSince: null }],
  [422, { sentAt: null, failedAt: new Date('2026-11-23T09:00:00Z') }],
] as const)('answered %i', async (status, state) => {
  answer = { status, body: 'why' };
  const id = await write();
  await send(id);
  expect(await sent(id)).toMatchObject({ ...state, lastError: `${status} why`, perhapsTwice: false });
});

test('cut after it was handed over, it leaves again under the same key, and is marked; nobody there, it only waits', async () => {
  answer = { status: 200, hang: true };
  const id = await write();
  await send(id);
  answer = { status: 200 };
  db.clock.now = new Date('2026-11-23T09:01:00Z');
  await send(id);
  expect(new Set(asked.map(({ headers }) => headers['idempotency-key']))).toEqual(new Set([id]));
  expect(await sent(id)).toMatchObject({ perhapsTwice: true, sentAt: db.clock.now });
  gateway.close();
  gateway.closeAllConnections();
  const other = await write();
  await send(other);
  expect(await sent(other)).toMatchObject({ sentAt: null, sendingSince: null });
});

test('an SMS told five times is one; unsigned, old, or signed by somebody else there is nothing here', async () => {
  const body = JSON.stringify({ id: 'mo-1', from: '06 39 98 00 00', to: '36180', text: 'Pan\0ne' });
  const own = body.replace('06 39 98 00 00', customer.phone);
  for (let count = 0; count < 5; count++) expect((await post('/api/v1/sms/messages', own)).status).toBe(200);
  const now = db.clock.now;
  const old = signBody(secret, new Date(now.getTime() - 301_000), body);
  for (const signature of ['', 't=1,v1=00', old, signBody('another secret of the same length 1234', now, body)])
    expect((await post('/api/v1/sms/messages', body, signature)).status).toBe(404);
  const [kept, ...others] = await db.database.kysely.selectFrom('smsDelivery').selectAll().execute();
  expect(others).toEqual([]);
  await readSms(house, kept?.id ?? '');
  const interactions = await db.database.kysely.selectFrom('interaction').selectAll().execute();
  expect(interactions).toMatchObject([{ channel: 'sms', customerId: customer.id, text: 'Panne' }]);
  expect(await db.database.kysely.selectFrom('customerSession').selectAll().execute()).toEqual([]);
});

test('what cannot be read is refused with a sentence, and nothing is kept', async () => {
  for (const body of ['', '[]', '{"id":""}', '{"id":"x","from":"1"}', '{"id":1,"state":"eaten"}'])
    expect((await post('/api/v1/sms/messages', body)).status).toBe(422);
  expect((await post('/api/v1/sms/receipts', '{"id":"x","state":"eaten"}')).status).toBe(422);
  expect(await db.database.kysely.selectFrom('smsDelivery').selectAll().execute()).toEqual([]);
});
