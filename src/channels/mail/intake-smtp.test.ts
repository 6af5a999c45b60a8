import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testHouse } from '../../../test/servers/house.ts';
import { deliver, dotStuffed, openMail, smtpClient } from '../../../test/servers/smtp-client.ts';
import { transactBy } from '../../../test/transact.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import type { DB } from '../../desk/tables.ts';
import { openDatabase } from '../../platform/db/database.ts';
import { type SmtpIntake, STANDARD_LIMITS, startSmtpIntake } from './intake-smtp.ts';

const db = testDatabase();
let world: World;
let intake: SmtpIntake;
const CONTACT = 'contact@regie.example.org';
const LIMIT = 200_000;

beforeAll(async () => {
  world = await buildWorld(db);
  intake = await startSmtpIntake(testHouse(db), { ...STANDARD_LIMITS, maxBytes: LIMIT });
});
afterAll(() => intake.stop());
beforeEach(async () => {
  await db.database.pool.query(`delete from delivery`);
  await db.database.pool.query(`delete from pgboss.job`);
});

const deliveries = () =>
  db.database.kysely
    .selectFrom('delivery')
    .innerJoin('blob', 'blob.sha256', 'delivery.rawSha256')
    .select(['delivery.id', 'bytes', 'envelopeFrom', 'envelopeTo', 'readAt', 'delivery.size'])
    .execute();
const jobs = async () =>
  (await db.database.pool.query(`select data from pgboss.job where name = 'read-delivery'`)).rows;
const letter = (body: string) => Buffer.from(`From: a@example.org\r\nSubject: essai\r\n\r\n${body}`, 'latin1');

test('250 means that the bytes, the delivery and the job that reads it are stored', async () => {
  const raw = letter('Bonjour\r\n');
  expect(await deliver(intake.port, raw, 'a@example.org', CONTACT)).toMatch(/^250 /);
  const [stored, ...others] = await deliveries();
  expect(others).toEqual([]);
  expect(stored).toMatchObject({
    envelopeFrom: 'a@example.org',
    envelopeTo: [CONTACT],
    readAt: null,
    size: raw.length,
  });
  expect(stored?.bytes).toEqual(raw);
  expect(await jobs()).toEqual([{ data: { id: stored?.id } }]);
});

test.each([
  [
    'every byte from 0 to 255',
    Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).filter((byte) => byte !== 13 && byte !== 10),
  ],
  ['lines that begin with dots', Buffer.from('.\r\n..\r\n...et\r\n.\r\nfin\r\n')],
  ['a message whose first line is a dot', Buffer.from('.\r\n')],
  ['a very long line', Buffer.from(`${'x'.repeat(100_000)}\r\n`)],
  ['no line end at its end', Buffer.from('fin')],
])('stores %s as it was sent', async (_name, body) => {
  const raw = Buffer.concat([letter(''), body]);
  expect(await deliver(intake.port, raw, '', CONTACT)).toMatch(/^250 /);
  const sent = raw.at(-1) === 10 ? raw : Buffer.concat([raw, Buffer.from('\r\n')]);
  expect((await deliveries())[0]?.bytes).toEqual(sent);
});

test('a message that begins with dots is the same however the network cuts it', async () => {
  const raw = Buffer.from('..deux\r\n.\r\n..\r\nfin\r\n');
  const client = await smtpClient(intake.port);
  await openMail(client, 'a@example.org', CONTACT);
  for (const byte of dotStuffed(raw)) {
    client.send(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await client.answer()).toMatch(/^250 /);
  await client.hangUp();
  expect((await deliveries())[0]?.bytes).toEqual(raw);
});

test('line ends become CRLF, and nothing else changes', async () => {
  const client = await smtpClient(intake.port);
  await openMail(client, 'a@example.org', CONTACT);
  client.send('Subject: x\n\nun\ndeux\r\n.\r\n');
  expect(await client.answer()).toMatch(/^250 /);
  await client.hangUp();
  expect((await deliveries())[0]?.bytes.toString()).toBe('Subject: x\r\n\r\nun\r\ndeux\r\n');
});

test('a client that leaves before the final dot has sent nothing', async () => {
  const client = await smtpClient(intake.port);
  await openMail(client, 'a@example.org', CONTACT);
  client.send(letter('Bonjour, la suite'));
  await client.hangUp();
  expect(await deliver(intake.port, letter('une autre\r\n'), 'a@example.org', CONTACT)).toMatch(/^250 /);
  expect((await deliveries()).map(({ bytes }) => bytes.toString())).toEqual([letter('une autre\r\n').toString()]);
});

test('a client that leaves right after the final dot has sent its mail', async () => {
  const client = await smtpClient(intake.port);
  await openMail(client, 'a@example.org', CONTACT);
  client.send(dotStuffed(letter('Bonjour\r\n')));
  await client.hangUp();
  await expect.poll(async () => (await deliveries()).length).toBe(1);
});

test('pipelined mails in one breath are all stored', async () => {
  const client = await smtpClient(intake.port);
  await client.say('EHLO client.example.org');
  const one = (n: number) =>
    Buffer.concat([
      Buffer.from(`MAIL FROM:<a@example.org>\r\nRCPT TO:<${CONTACT}>\r\nDATA\r\n`),
      dotStuffed(letter(`numero ${n}\r\n`)),
    ]);
  client.send(Buffer.concat([one(1), one(2), one(3)]));
  const answers: string[] = [];
  for (let index = 0; index < 12; index++) answers.push((await client.answer()).slice(0, 3));
  await client.hangUp();
  expect(answers).toEqual(Array(3).fill(['250', '250', '354', '250']).flat());
  expect(await deliveries()).toHaveLength(3);
});

test('mail for any name at the domain or below it is taken; nothing is relayed', async () => {
  const client = await smtpClient(intake.port);
  await client.say('EHLO client.example.org');
  await client.say('MAIL FROM:<a@example.org>');
  for (const to of ['nobody@regie.example.org', 'Ana@REGIE.example.org', 'reply+x@mail.regie.example.org'])
    expect(await client.say(`RCPT TO:<${to}>`)).toMatch(/^250 /);
  for (const to of ['a@example.org', 'a@notregie.example.org', 'a@regie.example.org.example.com'])
    expect(await client.say(`RCPT TO:<${to}>`)).toMatch(/^550 .*regie\.example\.org.*check the address/);
  await client.hangUp();
});

test('postmaster without a domain is ours in any letters, and no other name is', async () => {
  const raw = letter('Votre serveur refuse notre courrier.\r\n');
  for (const to of ['postmaster', 'Postmaster', 'POSTMASTER'])
    expect(await deliver(intake.port, raw, 'a@example.org', to)).toMatch(/^250 /);
  expect((await deliveries()).map(({ envelopeTo }) => envelopeTo)).toEqual(
    Array(3).fill(['postmaster@regie.example.org']),
  );
  const client = await smtpClient(intake.port);
  await client.say('EHLO client.example.org');
  await client.say('MAIL FROM:<a@example.org>');
  for (const to of ['ana', 'postmasters', 'contact', 'postmaster@example.com'])
    expect(await client.say(`RCPT TO:<${to}>`)).toMatch(/^5\d\d /);
  await client.hangUp();
  expect(await deliveries()).toHaveLength(3);
});

test('a mail over the limit is refused with words, stored nowhere, and the advisor of its sender is told once', async () => {
  const customer = await addTestCustomer(db, world);
  const large = letter(`${'x'.repeat(70)}\r\n`.repeat(LIMIT / 70));
  for (let time = 0; time < 2; time++)
    expect(await deliver(intake.port, large, customer.mail, CONTACT)).toMatch(/^552 .*25 MB: send the attachments/);
  const transport = createTransport({ host: '127.0.0.1', port: intake.port });
  const refused = transport.sendMail({
    envelope: { from: customer.mail, to: CONTACT, size: large.length },
    raw: large,
  });
  await expect(refused).rejects.toMatchObject({ responseCode: 552 });
  expect(await deliveries()).toEqual([]);
  const notes = await db.database.kysely
    .selectFrom('note')
    .where('customerId', '=', customer.id)
    .select(['text', 'byStaff'])
    .execute();
  expect(notes).toEqual([{ byStaff: null, text: expect.stringContaining('il dépasse 25\u00a0Mo') }]);
});

test('a stranger’s mail over the limit disturbs nobody', async () => {
  const before = await db.database.pool.query('select count(*) from note');
  const large = letter(`${'x'.repeat(70)}\r\n`.repeat(LIMIT / 70));
  expect(await deliver(intake.port, large, 'stranger@example.com', CONTACT)).toMatch(/^552 /);
  expect((await db.database.pool.query('select count(*) from note')).rows).toEqual(before.rows);
});

test('while the database is away, the client is told to try again', async () => {
  const away = openDatabase<DB>('postgres://nobody@127.0.0.1:1/none');
  const house = testHouse(db);
  const lost = () => away.kysely.transaction().execute(async () => Promise.reject(new Error('unreachable')));
  const broken = await startSmtpIntake({ ...house, transact: transactBy(lost) });
  expect(await deliver(broken.port, letter('x\r\n'), 'a@example.org', CONTACT)).toMatch(/^451 .*try again/);
  await broken.stop();
  const mute = await startSmtpIntake({ ...house, db: away.kysely });
  const client = await smtpClient(mute.port);
  await client.say('EHLO x.example.org');
  await client.say('MAIL FROM:<a@example.org>');
  expect(await client.say(`RCPT TO:<${CONTACT}>`)).toMatch(/^451 /);
  await client.hangUp();
  await mute.stop();
  await away.close();
});

test('one address cannot take every connection, and slow clients are sent away', async () => {
  const tight = await startSmtpIntake(testHouse(db), { ...STANDARD_LIMITS, maxClientsPerAddress: 1, sessionMs: 300 });
  const first = await smtpClient(tight.port);
  const second = await smtpClient(tight.port);
  expect(await second.say('EHLO x.example.org')).not.toMatch(/^250/);
  await first.say('EHLO x.example.org');
  expect(await first.answer()).toMatch(/^421 .*too slow/);
  await second.hangUp();
  await first.hangUp();
  await tight.stop();
});
