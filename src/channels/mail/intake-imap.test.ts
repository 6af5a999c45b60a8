import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type Dovecot, startDovecot } from '../../../test/servers/dovecot.ts';
import { testHouse } from '../../../test/servers/house.ts';
import { suiteNeeding } from '../../../test/servers/needs.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { readImapUrl } from '../../platform/config/imap-url.ts';
import { type ImapIntake, STORED_KEYWORD, startImapIntake } from './intake-imap.ts';
import { readDelivery } from './read-delivery.ts';

suiteNeeding(['dovecot'], 'a mailbox read by IMAP', () => {
  const db = testDatabase();
  let world: World;
  let dovecot: Dovecot;
  let intake: ImapIntake | undefined;
  let user = '';
  let users = 0;
  beforeAll(async () => {
    world = await buildWorld(db);
    dovecot = await startDovecot();
  });
  afterAll(() => dovecot?.stop());
  beforeEach(async () => {
    await intake?.stop();
    intake = undefined;
    users += 1;
    user = `contact${users}`;
    await db.database.pool.query('delete from delivery; delete from mailbox');
    return () => intake?.stop();
  });

  const letter = (text: string, from = 'a@example.org') =>
    Buffer.from(
      `From: ${from}\r\nMessage-ID: <${text.replaceAll(' ', '-')}@example.org>\r\nSubject: ${text}\r\n\r\n${text}\r\n`,
    );
  const follow = () => {
    intake = startImapIntake(testHouse(db), dovecot.url(user));
  };
  const deliveries = () =>
    db.database.kysely
      .selectFrom('delivery')
      .innerJoin('blob', 'blob.sha256', 'delivery.rawSha256')
      .select(['delivery.id', 'bytes', 'uid', 'uidValidity', 'mailbox'])
      .orderBy('delivery.id')
      .execute();
  const subjects = async () => (await deliveries()).map(({ bytes }) => /Subject: (.*)\r/.exec(bytes.toString())?.[1]);
  const readAll = async () => {
    for (const { id } of await deliveries())
      await readDelivery(testHouse(db), id, () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' })));
  };
  async function inMailbox<T>(work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const client = new ImapFlow({ ...readImapUrl(dovecot.url(user)).connection, logger: false });
    await client.connect();
    await client.mailboxOpen('INBOX');
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  }
  const flagged = () => inMailbox(async (client) => (await client.search({ keyword: STORED_KEYWORD })) || []);

  test('takes what is there and what comes, in order, and marks it after it is stored', async () => {
    dovecot.put(user, letter('un'));
    dovecot.put(user, letter('deux'));
    follow();
    await expect.poll(subjects).toEqual(['un', 'deux']);
    await expect.poll(flagged).toHaveLength(2);
    dovecot.put(user, letter('trois'));
    await expect.poll(subjects, { timeout: 20_000 }).toEqual(['un', 'deux', 'trois']);
    expect((await deliveries())[0]).toMatchObject({ uid: 1, mailbox: `${user}@127.0.0.1:${dovecot.port}/INBOX` });
  });

  test('the bytes are the same, with CRLF line ends', async () => {
    const raw = Buffer.concat([
      Buffer.from('Subject: x\n\n.\n..\n'),
      Buffer.from([0xe9, 0x80, 0xff]),
      Buffer.from('\n'),
    ]);
    dovecot.put(user, raw);
    follow();
    await expect.poll(async () => (await deliveries()).length).toBe(1);
    expect((await deliveries())[0]?.bytes.toString('latin1')).toBe(raw.toString('latin1').replaceAll('\n', '\r\n'));
  });

  test('a message served again, because its mark was lost, is stored once', async () => {
    dovecot.put(user, letter('encore'));
    follow();
    await expect.poll(flagged).toHaveLength(1);
    await inMailbox((client) => client.messageFlagsRemove('1:*', [STORED_KEYWORD]));
    intake?.look();
    await expect.poll(flagged).toHaveLength(1);
    expect(await subjects()).toEqual(['encore']);
  });

  test('a message that was read by a person in the mailbox is still taken', async () => {
    dovecot.put(user, letter('lu'));
    await inMailbox((client) => client.messageFlagsAdd('1:*', ['\\Seen']));
    follow();
    await expect.poll(subjects).toEqual(['lu']);
  });

  test('after a new UIDVALIDITY nothing is lost and nothing is seen twice', async () => {
    const customer = await addTestCustomer(db, world);
    dovecot.put(user, letter('avant', customer.mail));
    follow();
    await expect.poll(flagged).toHaveLength(1);
    await intake?.stop();
    await readAll();
    await dovecot.renew(user);
    dovecot.put(user, letter('apres', customer.mail));
    follow();
    await expect.poll(async () => (await subjects()).toSorted()).toEqual(['apres', 'avant', 'avant']);
    expect(new Set((await deliveries()).map((each) => each.uidValidity)).size).toBe(2);
    await readAll();
    const { rows } = await db.database.pool.query(
      'select subject from interaction where customer_id = $1 order by subject',
      [customer.id],
    );
    expect(rows).toEqual([{ subject: 'apres' }, { subject: 'avant' }]);
  });

  test('a server that gives one UID to two messages makes us lose neither', async () => {
    dovecot.put(user, letter('premier'));
    follow();
    await expect.poll(flagged).toHaveLength(1);
    await intake?.stop();
    // As if the first message had carried the number the next one will get.
    await db.database.pool.query('update delivery set uid = 2');
    await db.database.pool.query('update mailbox set last_uid = 2');
    dovecot.put(user, letter('second'));
    follow();
    await expect.poll(subjects).toEqual(['premier', 'second']);
    expect((await deliveries()).map((each) => each.uid)).toEqual([2, 2]);
  });

  test('connections cut in the middle are taken up again, without a gap or a double', async () => {
    const many = Array.from({ length: 40 }, (_, index) => `lettre ${String(index).padStart(2, '0')}`);
    for (const each of many) dovecot.put(user, Buffer.concat([letter(each), Buffer.alloc(50_000, 'x')]));
    follow();
    await expect.poll(async () => (await deliveries()).length > 3).toBe(true);
    await dovecot.restart();
    await expect.poll(subjects, { timeout: 25_000 }).toEqual(many);
  });

  test('a mailbox that is not there yet is waited for', async () => {
    await dovecot.restart();
    intake = startImapIntake(testHouse(db), dovecot.url(user, 'Contact'));
    dovecot.put(user, letter('x'));
    await inMailbox(async (client) => {
      await client.mailboxCreate('Contact');
      await client.append('Contact', letter('enfin'));
    });
    await expect.poll(subjects, { timeout: 20_000 }).toEqual(['enfin']);
  });
});
