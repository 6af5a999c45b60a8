import { createHash } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type Dovecot, startDovecot } from '../../../test/servers/dovecot.ts';
import { type Exim, startExim } from '../../../test/servers/exim.ts';
import { type MailProcess, startMailProcess } from '../../../test/servers/killable.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { freePort } from '../../../test/servers/product.ts';
import { type ScriptedSmtp, startScriptedSmtp } from '../../../test/servers/scripted-smtp.ts';
import { deliver } from '../../../test/servers/smtp-client.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { fixture } from './parse/fixtures/read-fixtures.ts';

// Each test kills the program at one named step, as by kill -9, starts it again, and counts what became of the mail.

/** Two starts of the program, each with its house, on a machine that does other things too. */
const SLOW_MS = 120_000;

const db = testDatabase();
let world: World;
let outside: ScriptedSmtp;
let running: MailProcess | undefined;
beforeAll(async () => {
  db.clock.now = new Date();
  world = await buildWorld(db);
  outside = await startScriptedSmtp();
});
afterAll(() => outside.stop());
beforeEach(() => {
  outside.received.length = 0;
});
afterEach(async () => {
  await running?.kill();
  running = undefined;
});

const start = async (more: Record<string, string> = {}) => {
  running = await startMailProcess(db.url, { VISAVIS_SMTP_URL: outside.url, ...more });
  return running;
};
const letter = (from: string) =>
  Buffer.from(
    `From: ${from}\r\nMessage-ID: <${from}>\r\nSubject: Panne\r\n\r\n.point\r\n\xff d\xe9j\xe0\r\n`,
    'latin1',
  );

/** Exactly one interaction with the very bytes, one acknowledgement on record, and every copy that left is that one. */
async function expectOnce(customer: { id: string; mail: string }, copies: number): Promise<void> {
  const mails = () =>
    db.database.kysely.selectFrom('outgoingMail').where('customerId', '=', customer.id).selectAll().execute();
  await expect.poll(async () => (await mails()).filter((mail) => mail.sentAt).length, { timeout: 25_000 }).toBe(1);
  // A copy the sender's server brought again is read after the answer to the first has left.
  const unread = () => db.database.pool.query('select count(*)::int as n from delivery where read_at is null');
  await expect.poll(async () => (await unread()).rows, { timeout: 25_000 }).toEqual([{ n: 0 }]);
  const interactions = await db.database.kysely
    .selectFrom('interaction')
    .where('customerId', '=', customer.id)
    .select('id')
    .execute();
  expect(interactions).toHaveLength(1);
  const deliveries = await db.database.kysely
    .selectFrom('delivery')
    .where('interactionId', '=', interactions[0]?.id ?? '')
    .select(['rawSha256', 'outcome'])
    .execute();
  const sha256 = createHash('sha256').update(letter(customer.mail)).digest();
  expect(deliveries.length).toBeGreaterThan(0);
  for (const delivery of deliveries) expect(delivery).toEqual({ rawSha256: sha256, outcome: 'interaction' });
  const [mail, ...others] = await mails();
  expect(others).toEqual([]);
  expect(mail?.perhapsTwice).toBe(copies > 1);
  const sent = await Promise.all(
    outside.received.filter((each) => each.to.includes(customer.mail)).map(({ raw }) => simpleParser(raw)),
  );
  expect(sent.map((each) => each.messageId)).toEqual(Array(copies).fill(`<${mail?.messageId}>`));
}

test.each([
  ['smtp-before-commit', 'refused', 1],
  ['smtp-after-commit', 'refused', 1],
  ['read-start', '250', 1],
  ['read-parsed', '250', 1],
  ['read-before-commit', '250', 1],
  ['read-after-commit', '250', 1],
  ['send-before-mark', '250', 2],
] as const)('killed at %s, a mail is still seen once', async (failpoint, answer, copies) => {
  const customer = await addTestCustomer(db, world);
  const send = (port: number) => deliver(port, letter(customer.mail), customer.mail, 'contact@regie.example.org');
  const doomed = await start({ VISAVIS_FAILPOINT: failpoint });
  const first = await send(doomed.smtpPort).catch(() => '');
  expect(await doomed.ended).toBe('SIGKILL');
  // Without a 250 the sender's server keeps the mail and comes again.
  expect(first.startsWith('250')).toBe(answer === '250');
  const again = await start();
  if (answer === 'refused') expect(await send(again.smtpPort)).toMatch(/^250/);
  await expectOnce(customer, copies);
});

test('killed before the dialogue began, a mail that leaves may only be said to have left twice', async () => {
  const customer = await addTestCustomer(db, world);
  const doomed = await start({ VISAVIS_FAILPOINT: 'send-after-claim' });
  await deliver(doomed.smtpPort, letter(customer.mail), customer.mail, 'contact@regie.example.org');
  expect(await doomed.ended).toBe('SIGKILL');
  await start();
  const sent = () =>
    db.database.kysely
      .selectFrom('outgoingMail')
      .where('customerId', '=', customer.id)
      .where('sentAt', 'is not', null)
      .select(['perhapsTwice'])
      .execute();
  await expect.poll(sent, { timeout: 25_000 }).toEqual([{ perhapsTwice: true }]);
  expect(outside.received.filter(({ to }) => to.includes(customer.mail))).toHaveLength(1);
});

suiteNeeding(['dovecot'], 'killed while a mailbox is read', () => {
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot();
  });
  afterAll(() => dovecot?.stop());

  test.each(['imap-before-commit', 'imap-after-commit', 'imap-after-mark'])(
    'killed at %s, a mail is still seen once',
    async (failpoint) => {
      const customer = await addTestCustomer(db, world);
      const imap = { VISAVIS_IMAP_URL: dovecot.url(failpoint) };
      dovecot.put(failpoint, letter(customer.mail));
      const doomed = await start({ ...imap, VISAVIS_FAILPOINT: failpoint });
      expect(await doomed.ended).toBe('SIGKILL');
      await start(imap);
      await expectOnce(customer, 1);
    },
  );
});

suiteNeeding(['dovecot', 'exim'], 'killed while a real mail server takes what leaves', () => {
  let dovecot: Dovecot;
  let exim: Exim;
  const people = ['killed.after.claim', 'killed.before.mark'];
  beforeAll(async () => {
    dovecot = await startDovecot();
    const operator = { domain: 'regie.example.org', port: await freePort() };
    exim = await startExim({ operator, mailFolder: dovecot.mailFolder, people });
  });
  afterAll(async () => {
    await exim?.stop();
    await dovecot?.stop();
  });

  test.each([
    ['send-after-claim', 'killed.after.claim', 1],
    ['send-before-mark', 'killed.before.mark', 2],
  ] as const)(
    'at %s, exim delivers the one mail, and a copy only with its own Message-ID',
    async (failpoint, who, copies) => {
      const customer = await addTestCustomer(db, world, { mail: `${who}@example.org` });
      const server = { VISAVIS_SMTP_URL: exim.url };
      const doomed = await start({ ...server, VISAVIS_FAILPOINT: failpoint });
      const sent = await deliver(doomed.smtpPort, letter(customer.mail), customer.mail, 'contact@regie.example.org');
      expect(sent).toMatch(/^250/);
      expect(await doomed.ended).toBe('SIGKILL');
      await start(server);
      const gone = () =>
        db.database.kysely
          .selectFrom('outgoingMail')
          .where('customerId', '=', customer.id)
          .select(['messageId', 'perhapsTwice', 'failedAt'])
          .where('sentAt', 'is not', null)
          .execute();
      await expect.poll(gone, { timeout: 60_000 }).toHaveLength(1);
      const [mail] = await gone();
      expect(mail).toMatchObject({ perhapsTwice: true, failedAt: null });
      await expect.poll(() => dovecot.messages(who).length, { timeout: 40_000 }).toBe(copies);
      const arrived = await Promise.all(dovecot.messages(who).map((raw) => simpleParser(raw)));
      expect(arrived.map((each) => each.messageId)).toEqual(Array(copies).fill(`<${mail?.messageId}>`));
    },
    SLOW_MS,
  );
});

test.each([
  ['boundary-never-comes', 'read-parsed'],
  ['nul-in-body', 'read-before-commit'],
  ['shift-jis-undeclared', 'read-parsed'],
  ['winmail', 'read-before-commit'],
  ['split-encoded-words', 'read-after-commit'],
] as const)(
  'the nasty mail %s, killed at %s, is in one place once',
  async (name, failpoint) => {
    const sender = `${name}.${failpoint}@example.com`;
    const raw = Buffer.concat([Buffer.from(`X-Of-This-Test: ${sender}\r\n`), fixture(name)]);
    const doomed = await start({ VISAVIS_FAILPOINT: failpoint });
    expect(await deliver(doomed.smtpPort, raw, sender, 'contact@regie.example.org')).toMatch(/^250/);
    expect(await doomed.ended).toBe('SIGKILL');
    await start();
    const deliveries = () =>
      db.database.kysely
        .selectFrom('delivery')
        .where('envelopeFrom', '=', sender)
        .select(['readAt', 'outcome', 'trayItemId', 'interactionId'])
        .execute();
    await expect.poll(async () => (await deliveries())[0]?.readAt ?? null, { timeout: 60_000 }).not.toBeNull();
    expect(await deliveries()).toHaveLength(1);
    const [{ trayItemId = null, interactionId = null } = {}] = await deliveries();
    expect([trayItemId, interactionId].filter((id) => id !== null)).toHaveLength(1);
  },
  SLOW_MS,
);
