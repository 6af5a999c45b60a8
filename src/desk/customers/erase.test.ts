import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { publishTestPost } from '../../../test/posts.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { type Actor, system } from '../actor.ts';
import { closeCaseFile } from '../casefiles/close.ts';
import { addNote } from '../casefiles/note.ts';
import { confirmComment, writeComment } from '../comments/write.ts';
import { newId } from '../id.ts';
import { storeBlob } from '../interactions/blobs.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import { writeMail } from '../outbox/write-mail.ts';
import { readCustomerRecord } from '../views/customer-record.ts';
import { eraseCustomer } from './erase.ts';

const db = testDatabase();
const administrator: Actor = { kind: 'integration', name: 'test', role: 'administrator' };
const NAME = 'Zéphirine Quatrevaux';
const MAIL = 'zephirine@example.org';
const PHONE = '+33639981234';
const SECRET = 'marqueur unique de la conversation';
const FILE = 'contenu unique de la pièce jointe';
let world: World;
let id: string;
let neighbour: string;
let commentId: string;
let replyId: string;

beforeAll(async () => {
  world = await buildWorld(db);
  ({ id } = await addTestCustomer(db, world, { name: NAME, mail: MAIL, phone: PHONE }));
  ({ id: neighbour } = await addTestCustomer(db, world, { name: 'Voisin', mail: 'voisin@example.org' }));
  await converse(id, MAIL);
  await converse(neighbour, 'voisin@example.org');
  await leaveTraces();
});

const erase = (actor: Actor, reference: string, customerId = id) =>
  db.transact((tx) => eraseCustomer(tx, actor, { customerId, reference, reason: 'asked' }));

const referenceOf = async (customerId: string) =>
  (
    await db.database.kysely
      .selectFrom('customer')
      .where('id', '=', customerId)
      .select('reference')
      .executeTakeFirstOrThrow()
  ).reference;

test('nobody but an administrator erases, and only who repeats the number of the customer', async () => {
  const reference = await referenceOf(id);
  for (const role of ['advisor', 'lead', 'moderator'] as const)
    expect(await erase({ kind: 'integration', name: 'test', role }, reference)).toEqual({
      ok: false,
      why: 'not_allowed',
    });
  expect(await erase(administrator, 'V0')).toEqual({ ok: false, why: 'not_confirmed' });
});

test('what is still owed stands in the way', async () => {
  expect(await erase(administrator, await referenceOf(id))).toMatchObject({ why: 'still_open', caseFiles: 1 });
  await closeAll();
});

test('the export holds every word and every file of the customer, and nobody else’s', async () => {
  const record = await readCustomerRecord(db.database.kysely, id);
  const json = JSON.stringify(record?.tables);
  for (const marker of [NAME, MAIL, PHONE, SECRET, 'note sur elle', 'Mon avis public']) expect(json).toContain(marker);
  expect(json).not.toContain('voisin@example.org');
  expect(json).not.toContain('sha256');
  expect(record?.files.map(({ name }) => name.replace(/\/.*-/, '/…-'))).toEqual(
    expect.arrayContaining(['mails/…-mail.eml', 'received/…-photo.txt']),
  );
});

test('after the erasure no table of the database holds a word, an address, a number or a byte of theirs', async () => {
  const before = await everything();
  for (const marker of [NAME, MAIL, PHONE, SECRET, FILE]) expect(before, marker).toContain(marker);
  const neighbourBefore = await readCustomerRecord(db.database.kysely, neighbour);

  expect(await erase(administrator, await referenceOf(id))).toMatchObject({
    ok: true,
    gone: { persons: 0, comments: 1 },
  });

  const after = await everything();
  for (const marker of [NAME, 'Zéphirine', MAIL, PHONE, PHONE.slice(3), SECRET, FILE, 'Mon avis public'])
    expect(after, marker).not.toContain(marker);
  expect(await readCustomerRecord(db.database.kysely, neighbour)).toEqual(neighbourBefore);
});

test('the erasure itself is on record, with ids and facts alone, and the log of facts goes on', async () => {
  const erasure = await db.database.kysely.selectFrom('erasure').selectAll().executeTakeFirstOrThrow();
  expect(erasure).toMatchObject({ customerId: id, reason: 'asked', gone: { caseFiles: 1 } });
  const events = await db.database.kysely.selectFrom('event').where('customerId', '=', id).select('type').execute();
  expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['interaction.received', 'customer.erased']));
  expect(await erase(administrator, 'V1')).toEqual({ ok: false, why: 'not_found' });
});

test('the place of an erased comment stays for those who answered it, without name, word or address', async () => {
  const comments = await db.database.kysely.selectFrom('comment').selectAll().orderBy('writtenAt').execute();
  expect(comments.find((each) => each.id === commentId)).toMatchObject({ name: '—', text: '—' });
  expect(comments.find((each) => each.id === commentId)?.withdrawnAt).not.toBeNull();
  expect(comments.find((each) => each.id === replyId)).toMatchObject({ text: 'Je réponds.', withdrawnAt: null });
});

test('bytes that somebody else refers to as well stay', async () => {
  const shared = createHash('sha256').update('fichier commun').digest();
  const found = await db.database.kysely.selectFrom('blob').where('sha256', '=', shared).select('size').execute();
  expect(found).toHaveLength(1);
});

async function converse(customerId: string, mail: string): Promise<void> {
  const own = customerId === id;
  const text = own ? `Bonjour, ${SECRET}.` : 'Bonjour.';
  await db.transact(async (tx) => {
    const received = await receiveInteraction(tx, system, {
      channel: 'mail',
      at: tx.now,
      from: { mail },
      proven: true,
      subject: 'Ma ligne',
      acknowledge: true,
      text,
      attachments: [
        {
          filename: 'photo.txt',
          contentType: 'text/plain',
          sha256: await storeBlob(tx, Buffer.from(own ? FILE : 'x')),
        },
        {
          filename: 'commun.txt',
          contentType: 'text/plain',
          sha256: await storeBlob(tx, Buffer.from('fichier commun')),
        },
      ],
    });
    if (received.kind !== 'interaction') throw new Error('went to the tray');
    const raw = await storeBlob(tx, Buffer.from(`From: ${mail}\r\n\r\n${text}`));
    await tx.insert('delivery', {
      id: newId(),
      source: 'smtp',
      envelopeFrom: mail,
      envelopeTo: [],
      receivedAt: tx.now,
      rawSha256: raw,
      size: 10,
      readAt: tx.now,
      outcome: 'interaction',
      customerId,
      interactionId: received.id,
    });
    if (own) await addNote(tx, system, { caseFileId: received.caseFileId, text: 'note sur elle' });
  });
}

/** What lies about with an address or a number only: a comment with an answer, an alert, the tray, mails, a call. */
async function leaveTraces(): Promise<void> {
  const post = await publishTestPost(db, { texts: [{ locale: 'fr', title: 'Un texte', markdown: 'Texte.' }] });
  const write = (mail: string, text: string, parentId: string | null) =>
    db.transact(async (tx) => {
      const kept = await writeComment(tx, {
        postId: post.id,
        parentId,
        locale: 'fr',
        name: mail === MAIL ? NAME : 'Voisin',
        mail,
        text,
        asksOperator: false,
        answerPublicly: false,
        contentHash: createHash('sha256').update(text).digest(),
      });
      if (kept.kind === 'spam') throw new Error('spam');
      await confirmComment(tx, system, kept.id);
      return kept.id;
    });
  commentId = await write(MAIL, 'Mon avis public', null);
  replyId = await write('voisin@example.org', 'Je réponds.', commentId);
  await db.transact(async (tx) => {
    await tx.insert('alert', { id: newId(), mail: MAIL, locale: 'fr', askedAt: tx.now });
    await writeMail(tx, { kind: 'comment', to: MAIL, subject: 'Votre commentaire', text: NAME, automatic: true });
    await tx.insert('trayItem', {
      id: newId(),
      channel: 'mail',
      at: tx.now,
      fromMail: 'Zephirine@example.org',
      text: SECRET,
      reason: 'unknown_sender',
      suggestions: [id],
      dutyOwnerId: world.ana,
      dueAt: tx.now,
      sortedAt: tx.now,
    });
    await tx.insert('call', { id: 'a call', invitedAt: tx.now, fromPhone: PHONE });
  });
}

async function closeAll(): Promise<void> {
  const open = await db.database.kysely.selectFrom('caseFile').where('closedAt', 'is', null).select('id').execute();
  for (const { id: caseFileId } of open)
    await db.transact((tx) => closeCaseFile(tx, system, { caseFileId, words: 'C’est fait.', tell: true }));
}

/** The whole database as text, the bytes of files too. */
async function everything(): Promise<string> {
  const tables = await db.database.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
     and table_name not in ('commune', 'former_commune')`,
  );
  const texts = [];
  for (const { name } of tables.rows) {
    const { rows } = await db.database.pool.query<{ all: string }>(
      `select string_agg(to_jsonb(t)::text, ' ') as all from ${name} t`,
    );
    texts.push(rows[0]?.all ?? '');
  }
  const blobs = await db.database.pool.query<{ bytes: Buffer }>('select bytes from blob');
  return [...texts, ...blobs.rows.map(({ bytes }) => bytes.toString('utf8'))].join('\n');
}
