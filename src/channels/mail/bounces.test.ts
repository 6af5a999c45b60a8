import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { arrivals, letter } from '../../../test/servers/arrivals.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';

const db = testDatabase();
const { arrive, acknowledged, notes, tray, forget } = arrivals(db);
let world: World;
beforeAll(async () => {
  world = await buildWorld(db);
});
beforeEach(async () => {
  await forget();
});

const report = (address: string, originalId: string, action = 'failed') =>
  letter({
    from: 'MAILER-DAEMON@mx.example.com',
    subject: 'Undelivered',
    headers: ['Content-Type: multipart/report; report-type=delivery-status; boundary=r'],
    text: [
      '--r\r\nContent-Type: text/plain\r\n\r\nSorry.',
      `--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\nFinal-Recipient: rfc822; ${address}\r\nAction: ${action}\r\nStatus: ${action === 'failed' ? '5.1.1' : '4.4.1'}\r\nDiagnostic-Code: smtp; 550 no such user`,
      `--r\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <${originalId}>\r\nSubject: x\r\n\r\nx`,
      '--r--',
    ].join('\r\n'),
  });

test('a bounce marks the address and tells the advisor once; it opens nothing', async () => {
  const customer = await addTestCustomer(db, world);
  await arrive(letter({ from: customer.mail }));
  const [mail] = await acknowledged(customer.mail);
  const before = await db.database.pool.query(
    'select (select count(*) from case_file) files, (select count(*) from interaction) said',
  );
  const bounce = report(customer.mail, mail?.messageId ?? '');
  expect(await arrive(bounce, { envelopeFrom: '' })).toMatchObject({ outcome: 'bounce', customerId: customer.id });
  expect((await arrive(bounce, { envelopeFrom: '' })).outcome).toBe('bounce');
  const point = db.database.kysely
    .selectFrom('contactPoint')
    .where('value', '=', customer.mail)
    .select(['failingSince', 'failingWhy']);
  expect(await point.executeTakeFirst()).toEqual({
    failingSince: db.clock.now,
    failingWhy: expect.stringContaining('no such user'),
  });
  expect(await notes(customer.id)).toEqual([{ byStaff: null, text: expect.stringContaining(customer.mail) }]);
  const after = await db.database.pool.query(
    'select (select count(*) from case_file) files, (select count(*) from interaction) said',
  );
  expect(after.rows).toEqual(before.rows);
  expect(await tray()).toEqual([]);
  await db.database.pool.query('delete from outgoing_mail');
  await arrive(letter({ from: customer.mail }));
  expect(await acknowledged(customer.mail)).toEqual([]);
});

test('a delayed mail is not a failed one', async () => {
  const customer = await addTestCustomer(db, world);
  await arrive(report(customer.mail, 'unknown@example.org', 'delayed'), { envelopeFrom: '' });
  const point = await db.database.kysely
    .selectFrom('contactPoint')
    .where('value', '=', customer.mail)
    .select('failingSince')
    .executeTakeFirst();
  expect(point).toEqual({ failingSince: null });
  expect(await notes(customer.id)).toEqual([{ byStaff: null, text: expect.stringContaining('retardée') }]);
});

test('a bounce about nobody of ours waits in the tray, and makes no customer', async () => {
  const before = await db.database.pool.query('select count(*) from customer');
  expect((await arrive(report('x@example.net', 'y@example.net'), { envelopeFrom: '' })).outcome).toBe('tray');
  expect((await db.database.pool.query('select count(*) from customer')).rows).toEqual(before.rows);
});

describe('a mail that only its envelope shows to be a report, and comes by two ways', () => {
  const free = (address: string) =>
    letter({
      from: 'relay@mx.example.com',
      subject: 'Your letter',
      text: `This message could not be delivered to the following recipient:\r\n\r\n${address}\r\n\r\n550 ${address}... No such user\r\n`,
    });
  const failing = (address: string) =>
    db.database.kysely
      .selectFrom('contactPoint')
      .where('value', '=', address)
      .select('failingSince')
      .executeTakeFirstOrThrow();

  test('known as a report first, its copy is one too and lies before nobody', async () => {
    const customer = await addTestCustomer(db, world);
    const raw = free(customer.mail);
    expect((await arrive(raw, { envelopeFrom: '' })).outcome).toBe('bounce');
    const copy = await arrive(raw, { envelopeFrom: 'forwarder@example.org' });
    expect(copy).toMatchObject({ outcome: 'bounce', customerId: customer.id, interactionId: null, trayItemId: null });
    expect(await tray()).toEqual([]);
    expect(await notes(customer.id)).toHaveLength(1);
  });

  test('before a person first, its copy is found there and nowhere else', async () => {
    const customer = await addTestCustomer(db, world);
    const raw = free(customer.mail);
    const first = await arrive(raw, { envelopeFrom: 'forwarder@example.org' });
    expect(first.outcome).toBe('tray');
    expect(await arrive(raw, { envelopeFrom: '' })).toMatchObject({ outcome: 'tray', trayItemId: first.trayItemId });
    expect(await tray()).toHaveLength(1);
    expect(await failing(customer.mail)).toEqual({ failingSince: null });
    expect(await notes(customer.id)).toEqual([]);
  });
});
