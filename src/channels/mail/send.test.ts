import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testHouse } from '../../../test/servers/house.ts';
import { type ScriptedSmtp, startScriptedSmtp } from '../../../test/servers/scripted-smtp.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { readReplyAddress } from '../../core/identity/reply-token.ts';
import { system } from '../../desk/actor.ts';
import { storeBlob } from '../../desk/interactions/blobs.ts';
import { receiveInteraction } from '../../desk/interactions/receive.ts';
import { type NewMail, writeMail } from '../../desk/outbox/write-mail.ts';
import { sendMail, sweepOutbox } from './send.ts';

const db = testDatabase();
const START = new Date('2026-11-23T09:00:00Z');
const times = { connectMs: 300, silenceMs: 300, totalMs: 1_000 };
let world: World;
let server: ScriptedSmtp;
beforeAll(async () => {
  world = await buildWorld(db);
  server = await startScriptedSmtp();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.received.length = 0;
  db.clock.now = START;
});

const house = () => testHouse(db, { VISAVIS_SMTP_URL: server.url });
const row = (id: string) =>
  db.database.kysely.selectFrom('outgoingMail').where('id', '=', id).selectAll().executeTakeFirstOrThrow();
const write = (mail: Partial<NewMail> = {}) =>
  db.transact((tx) =>
    writeMail(tx, {
      kind: 'link',
      to: 'jeanne@example.org',
      subject: 'Objet',
      text: 'Bonjour,\n\nÀ demain.',
      automatic: false,
      ...mail,
    }),
  );
const send = (id: string) => sendMail(house(), id, times);
const later = (minutes: number) => {
  db.clock.now = new Date(db.clock.now.getTime() + minutes * 60_000);
};
async function openCaseFile() {
  const customer = await addTestCustomer(db, world);
  const received = await db.transact((tx) =>
    receiveInteraction(tx, system, {
      channel: 'mail',
      at: tx.now,
      from: { mail: customer.mail },
      proven: false,
      text: 'x',
      acknowledge: false,
    }),
  );
  if (received.kind !== 'interaction') throw new Error('expected an interaction');
  return { customer, caseFileId: received.caseFileId };
}

test('a mail leaves once, as text and as a simple letter', async () => {
  const id = await write({ text: 'Bonjour <Jeanne> & Cie,\n\nSuivi : https://example.org/fr/my.' });
  await send(id);
  await send(id);
  expect(server.received).toHaveLength(1);
  expect(await row(id)).toMatchObject({ sentAt: START, attempts: 1, perhapsTwice: false, failedAt: null });
  const mail = await simpleParser(server.received[0]?.raw ?? '');
  expect(mail.text).toContain('Bonjour <Jeanne> & Cie,');
  expect(mail.html).toContain('Bonjour &lt;Jeanne&gt; &amp; Cie,');
  expect(mail.html).toContain('<a href="https://example.org/fr/my">https://example.org/fr/my</a>.');
  expect(mail.messageId).toBe(`<${(await row(id)).messageId}>`);
});

test('without a mail server nothing leaves, and the row waits without failing', async () => {
  const id = await write();
  await sendMail(testHouse(db), id, times);
  expect(await row(id)).toMatchObject({ sentAt: null, failedAt: null, attempts: 0, sendingSince: null });
});

test('nothing leaves before its time, and nothing that was taken back', async () => {
  const id = await write({ leaveAfter: new Date(START.getTime() + 10_000) });
  await send(id);
  expect(server.received).toEqual([]);
  await db.database.pool.query('update outgoing_mail set cancelled_at = now() where id = $1', [id]);
  later(1);
  await send(id);
  expect(server.received).toEqual([]);
});

test('an answer threads: our Message-ID, theirs in References, a signed address to reply to and to bounce to', async () => {
  const { caseFileId, customer } = await openCaseFile();
  const id = await write({
    kind: 'reply',
    customerId: customer.id,
    caseFileId,
    advisorId: world.ana,
    inReplyTo: 'theirs@example.org',
    references: ['first@example.org', 'theirs@example.org'],
  });
  await send(id);
  const [sent] = server.received;
  const mail = await simpleParser(sent?.raw ?? '');
  expect(mail.inReplyTo).toBe('<theirs@example.org>');
  expect(mail.references).toEqual(['<first@example.org>', '<theirs@example.org>']);
  expect(mail.from?.value[0]).toEqual({ name: 'Ana Perrin, Régie du Haut-Jura', address: 'contact@regie.example.org' });
  const replyTo = mail.replyTo?.value[0]?.address ?? '';
  expect(readReplyAddress(replyTo, 'regie.example.org', { current: house().signingKey })).toBe(caseFileId);
  expect(sent?.from).toBe(replyTo);
  expect(mail.headers.get('auto-submitted')).toBeUndefined();
});

test('automatic mail says so and leaves with an empty envelope sender', async () => {
  const id = await write({ kind: 'acknowledgement', automatic: true, inReplyTo: 'theirs@example.org' });
  await send(id);
  expect(server.received[0]?.from).toBe('');
  expect((await simpleParser(server.received[0]?.raw ?? '')).headers.get('auto-submitted')).toBe('auto-replied');
});

test('a mail passed on carries the original untouched, and attachments as they are', async () => {
  const original = Buffer.concat([
    Buffer.from('From: a@example.org\r\nSubject: =?broken\r\n\r\nplain . \r\n.dot\r\nFrom here\r\n'),
    Buffer.from([0xe9, 0xff, 0x80]),
    Buffer.from('\r\n'),
  ]);
  const photo = Buffer.from([0, 1, 2, 250, 13, 10, 46]);
  const id = await db.transact(async (tx) =>
    writeMail(tx, {
      kind: 'pass_on',
      to: 'third@example.com',
      subject: 'Tr',
      text: 'Voir ci-joint.',
      automatic: false,
      originalSha256: await storeBlob(tx, original),
      attachments: [
        { filename: 'photo é.bin', contentType: 'application/octet-stream', sha256: await storeBlob(tx, photo) },
      ],
    }),
  );
  await send(id);
  expect(server.received[0]?.raw).toContain(original.toString('latin1'));
  const mail = await simpleParser(Buffer.from(server.received[0]?.raw ?? '', 'latin1'));
  expect(mail.attachments.map((each) => [each.contentType, each.filename])).toEqual([
    ['application/octet-stream', 'photo é.bin'],
    ['message/rfc822', 'message.eml'],
  ]);
  expect(mail.attachments[0]?.content).toEqual(photo);
});

test('nothing typed adds a header, a recipient or a command', async () => {
  const id = await write({
    subject: 'x\r\nBcc: victim@example.com\r\n\r\nbody',
    inReplyTo: 'a\r\nX-Evil: 1',
    attachments: [],
  });
  await db.database.pool.query(`update outgoing_mail set from_name = $2, reply_to = $3, subject = $4 where id = $1`, [
    id,
    'A\r\nX-Evil: 2',
    'r@example.org\r\nX-Evil: 3',
    'x\r\nBcc: victim@example.com',
  ]);
  await send(id);
  const [sent] = server.received;
  expect(sent?.to).toEqual(['jeanne@example.org']);
  expect(sent?.raw.split('\r\n\r\n')[0]).not.toMatch(/^(Bcc|X-Evil):/im);
  const two = await write({ to: 'jeanne@example.org, victim@example.com' });
  await send(two);
  expect(server.received.flatMap((each) => each.to)).not.toContain('victim@example.com');
});

test('refused for now: tried again later, and still sent only once', async () => {
  server.behave({ RCPT: '451 greylisted' }, { dot: '452 full' }, { greeting: '421 busy' });
  const id = await write();
  await send(id);
  expect(await row(id)).toMatchObject({
    sentAt: null,
    failedAt: null,
    sendingSince: null,
    lastError: expect.stringContaining('greylisted'),
  });
  await send(id);
  expect((await row(id)).attempts).toBe(1);
  for (const minutes of [1, 2, 4]) {
    later(minutes);
    await send(id);
  }
  expect(await row(id)).toMatchObject({ sentAt: db.clock.now, attempts: 4, perhapsTwice: false, lastError: null });
});

test('refused for good: marked, and the advisor reads why on the timeline', async () => {
  const { customer, caseFileId } = await openCaseFile();
  server.behave({ RCPT: '550 5.1.1 no such user' });
  const id = await write({ to: customer.mail, customerId: customer.id, caseFileId });
  await send(id);
  expect(await row(id)).toMatchObject({ failedAt: START, sentAt: null });
  const notes = await db.database.kysely
    .selectFrom('note')
    .where('customerId', '=', customer.id)
    .select(['text', 'byStaff', 'caseFileId'])
    .execute();
  expect(notes).toEqual([
    { byStaff: null, caseFileId, text: expect.stringMatching(/n’a pas pu partir.*\n.*550 5\.1\.1 no such user/) },
  ]);
  later(60);
  await send(id);
  expect(server.received).toEqual([]);
});

test('a server that refuses for three days is given up, in words', async () => {
  const { customer, caseFileId } = await openCaseFile();
  const id = await write({ to: customer.mail, customerId: customer.id, caseFileId });
  for (let attempt = 0; attempt < 60 && !(await row(id)).failedAt; attempt++) {
    server.behave({ MAIL: '451 not today' });
    await send(id);
    later(120);
  }
  expect(await row(id)).toMatchObject({ sentAt: null, failedAt: expect.any(Date) });
  expect(((await row(id)).failedAt?.getTime() ?? 0) - START.getTime()).toBeGreaterThan(3 * 86_400_000);
});

test.each(['greeting', 'MAIL', 'DATA'] as const)('a server that hangs at %s certainly has not got it', async (step) => {
  server.behave({ [step]: 'hang' });
  const id = await write();
  await send(id);
  expect(await row(id)).toMatchObject({ sentAt: null, failedAt: null, sendingSince: null });
  later(1);
  await send(id);
  expect(await row(id)).toMatchObject({ sentAt: db.clock.now, perhapsTwice: false });
});

test.each(['hang', 'drop'] as const)(
  'a server that takes the mail and then %ss may have it: sent again, and said so',
  async (how) => {
    server.behave({ dot: how });
    const id = await write();
    await send(id);
    expect(await row(id)).toMatchObject({ sentAt: null, failedAt: null });
    later(1);
    await send(id);
    expect(await row(id)).toMatchObject({ sentAt: db.clock.now, perhapsTwice: true });
    const ids = await Promise.all(server.received.map(async ({ raw }) => (await simpleParser(raw)).messageId));
    expect(ids).toEqual([`<${(await row(id)).messageId}>`, `<${(await row(id)).messageId}>`]);
  },
);

test('several workers at one mail send it once', async () => {
  const id = await write();
  await Promise.all(Array.from({ length: 6 }, () => send(id)));
  expect(server.received).toHaveLength(1);
});

test('a mail whose job was lost is found again; one that waits for its time is left alone', async () => {
  await db.database.pool.query(
    `update outgoing_mail set cancelled_at = now() where sent_at is null and failed_at is null`,
  );
  const [id, waiting] = [await write(), await write({ leaveAfter: new Date(START.getTime() + 10_000) })];
  await db.database.pool.query('delete from pgboss.job');
  expect(await db.transact(sweepOutbox)).toBe(1);
  expect(await db.transact(sweepOutbox)).toBe(0);
  const { rows } = await db.database.pool.query(`select data from pgboss.job where name = 'send-mail'`);
  expect(rows).toEqual([{ data: { ids: [id] } }]);
  expect((await row(waiting)).sentAt).toBeNull();
});
