import { type ParsedMail, simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SmtpIntake, startSmtpIntake } from '../../src/channels/mail/intake-smtp.ts';
import { mailJobs } from '../../src/channels/mail/jobs.ts';
import { reply } from '../../src/desk/casefiles/reply.ts';
import { testDatabase } from '../database.ts';
import { noDns } from '../servers/dns.ts';
import { type Dovecot, startDovecot } from '../servers/dovecot.ts';
import { type Exim, startExim } from '../servers/exim.ts';
import { testHouse } from '../servers/house.ts';
import { suiteNeeding } from '../servers/needs.ts';
import { addTestCustomer, buildWorld, type World } from '../world.ts';

suiteNeeding(['dovecot', 'exim'], 'a mail and its answer, through real mail servers', () => {
  const db = testDatabase();
  let world: World;
  let intake: SmtpIntake;
  let dovecot: Dovecot;
  let exim: Exim;
  beforeAll(async () => {
    db.clock.now = new Date();
    world = await buildWorld(db);
    intake = await startSmtpIntake(testHouse(db));
    dovecot = await startDovecot();
    exim = await startExim({
      operator: { domain: 'regie.example.org', port: intake.port },
      mailFolder: dovecot.mailFolder,
      people: ['jeanne'],
    });
    await db.jobs.work(mailJobs(testHouse(db, { VISAVIS_SMTP_URL: exim.url }), noDns));
  });
  afterAll(async () => {
    await intake?.stop();
    await exim?.stop();
    await dovecot?.stop();
  });

  const write = (mail: { from: string; to: string; subject: string; text: string; inReplyTo?: string }) =>
    createTransport({ host: '127.0.0.1', port: exim.port, ignoreTLS: true }).sendMail({
      ...mail,
      references: mail.inReplyTo,
    });
  /** The mails in the customer's own mailbox, once there are so many, in any order. */
  async function mailbox(user: string, count: number): Promise<ParsedMail[]> {
    await expect.poll(() => dovecot.messages(user).length, { timeout: 20_000 }).toBe(count);
    return Promise.all(dovecot.messages(user).map((raw) => simpleParser(raw)));
  }
  const interactions = (customerId: string) =>
    db.database.kysely
      .selectFrom('interaction')
      .where('customerId', '=', customerId)
      .selectAll()
      .orderBy('id')
      .execute();

  test('a customer writes to the organisation, knows who answers and by when, and is answered in the same conversation', async () => {
    const customer = await addTestCustomer(db, world, { mail: 'jeanne@example.org' });
    const first = await write({
      from: 'Jeanne <jeanne@example.org>',
      to: 'info@regie.example.org',
      subject: 'Plus d’internet',
      text: 'Depuis mardi, plus rien. É.',
    });

    const [acknowledgement] = await mailbox('jeanne', 1);
    expect(acknowledgement?.from?.value[0]?.name).toContain('Ana Perrin');
    expect(acknowledgement?.text).toMatch(/Je vous réponds avant .*\d+\sh/);
    expect(acknowledgement?.text).not.toContain('Depuis mardi, plus rien');
    expect(acknowledgement?.inReplyTo).toBe(first.messageId);
    expect(acknowledgement?.headers.get('auto-submitted')).toBe('auto-replied');
    expect(acknowledgement?.headers.get('return-path')).toMatchObject({ value: [{ address: '' }] });

    const replyTo = acknowledgement?.replyTo?.value[0]?.address ?? '';
    await write({
      from: 'jeanne@example.org',
      to: replyTo,
      subject: 'Re: internet',
      text: 'Et le téléphone aussi.',
      inReplyTo: acknowledgement?.messageId,
    });
    await expect.poll(async () => (await interactions(customer.id)).length, { timeout: 20_000 }).toBe(2);
    const [one, two] = await interactions(customer.id);
    expect(two?.caseFileId).toBe(one?.caseFileId);
    expect(one?.text).toContain('Depuis mardi, plus rien. É.');

    const ana = { kind: 'staff', staffId: world.staff.ana, role: 'advisor', advisorId: world.ana } as const;
    const answered = await db.transact((tx) =>
      reply(tx, ana, { caseFileId: one?.caseFileId ?? '', text: 'Le technicien vient demain.', undoMs: 0 }),
    );
    expect(answered).toMatchObject({ ok: true });
    const answer = (await mailbox('jeanne', 2)).find(({ messageId }) => messageId !== acknowledgement?.messageId);
    expect(answer?.text).toContain('Le technicien vient demain.');
    expect(answer?.references).toContain(first.messageId);
    expect(answer?.subject).toBe('Re: Plus d’internet');
    expect(answer?.replyTo?.value[0]?.address).toBe(replyTo);
    expect(answer?.headers.get('auto-submitted')).toBeUndefined();
    expect(dovecot.messages('jeanne')).toHaveLength(2);
  });

  test('an answer that cannot be delivered comes back as a bounce, and the advisor is told', async () => {
    const customer = await addTestCustomer(db, world, { mail: 'gone@example.org' });
    await write({
      from: 'gone@example.org',
      to: 'contact@regie.example.org',
      subject: 'Bonjour',
      text: 'Une question.',
    });
    await expect.poll(async () => (await interactions(customer.id)).length, { timeout: 20_000 }).toBe(1);
    const [one] = await interactions(customer.id);
    await db.transact((tx) =>
      reply(tx, { kind: 'system' }, { caseFileId: one?.caseFileId ?? '', text: 'Voici.', undoMs: 0 }),
    );
    const failing = () =>
      db.database.kysely
        .selectFrom('contactPoint')
        .where('value', '=', 'gone@example.org')
        .select('failingSince')
        .executeTakeFirst();
    await expect.poll(failing, { timeout: 20_000 }).toEqual({ failingSince: expect.any(Date) });
    const notes = await db.database.kysely
      .selectFrom('note')
      .where('customerId', '=', customer.id)
      .select('text')
      .execute();
    expect(notes).toEqual([{ text: expect.stringContaining('gone@example.org') }]);
    expect(await interactions(customer.id)).toHaveLength(2);
  });
});
