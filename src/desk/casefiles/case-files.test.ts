import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import { type Actor, system } from '../actor.ts';
import { openCommitments } from '../commitments/queries.ts';
import { withdrawCommitment } from '../commitments/withdraw.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import { closeCaseFile, reopenCaseFile } from './close.ts';
import { handOver } from './hand-over.ts';
import { addNote } from './note.ts';
import { reply } from './reply.ts';
import { tellNews, waitForThirdParty } from './third-party.ts';

const db = testDatabase();
let world: World;
let ana: Actor;
beforeAll(async () => {
  world = await buildWorld(db);
  ana = { kind: 'staff', staffId: world.staff.ana, role: 'advisor', advisorId: world.ana };
});
beforeEach(() => {
  db.clock.now = new Date('2026-11-23T09:00:00Z');
});

async function openMatter() {
  const customer = await addTestCustomer(db, world);
  const received = await db.transact((tx) =>
    receiveInteraction(tx, system, {
      channel: 'mail',
      at: tx.now,
      from: { mail: customer.mail },
      proven: true,
      subject: 'Ligne coupée',
      text: 'Bonjour',
      messageId: `${customer.id}@example.org`,
      acknowledge: true,
    }),
  );
  if (received.kind !== 'interaction') throw new Error('expected a timeline');
  return { customer, ...received };
}
const open = (caseFileId: string) =>
  openCommitments(db.database.kysely).where('caseFileId', '=', caseFileId).selectAll().execute();
const row = (caseFileId: string) =>
  db.database.kysely.selectFrom('caseFile').where('id', '=', caseFileId).selectAll().executeTakeFirstOrThrow();

test('a reply leaves after ten seconds, threads on the mail it answers, and keeps the answer owed', async () => {
  const matter = await openMatter();
  const replied = await db.transact((tx) =>
    reply(tx, ana, { caseFileId: matter.caseFileId, text: 'Un technicien passe demain.' }),
  );
  if (!replied.ok) throw new Error(replied.why);
  const mail = await db.database.kysely
    .selectFrom('outgoingMail')
    .where('id', '=', replied.mailId ?? '')
    .selectAll()
    .executeTakeFirstOrThrow();
  expect(mail).toMatchObject({
    kind: 'reply',
    automatic: false,
    toAddress: matter.customer.mail,
    subject: 'Re: Ligne coupée',
    inReplyTo: `${matter.customer.id}@example.org`,
  });
  expect(mail.leaveAfter.getTime() - db.clock.now.getTime()).toBe(10_000);
  expect(await row(matter.caseFileId)).toMatchObject({ unansweredSince: null });
  const commitments = await open(matter.caseFileId);
  expect(commitments).toMatchObject([{ kind: 'nextNews', ownerId: world.ana }]);
});

test('a reply waits when something newer is unread', async () => {
  const matter = await openMatter();
  await db.transact((tx) =>
    receiveInteraction(tx, system, {
      channel: 'mail',
      at: tx.now,
      from: { mail: matter.customer.mail },
      proven: true,
      text: 'Encore',
      caseFileId: matter.caseFileId,
      acknowledge: false,
    }),
  );
  const replied = await db.transact((tx) =>
    reply(tx, ana, { caseFileId: matter.caseFileId, text: 'Bonjour', lastSeenInteractionId: matter.id }),
  );
  expect(replied).toEqual({ ok: false, why: 'newer_unread' });
});

test('a reply goes only to an address on the customer’s file', async () => {
  const matter = await openMatter();
  expect(
    await db.transact((tx) => reply(tx, ana, { caseFileId: matter.caseFileId, text: 'x', to: 'stranger@example.com' })),
  ).toEqual({ ok: false, why: 'address_not_on_file' });
});

test('closing needs words; they reach the customer and end every promise', async () => {
  const matter = await openMatter();
  expect(
    await db.transact((tx) => closeCaseFile(tx, ana, { caseFileId: matter.caseFileId, words: '  ', tell: true })),
  ).toEqual({ ok: false, why: 'no_words' });
  await db.transact((tx) =>
    closeCaseFile(tx, ana, { caseFileId: matter.caseFileId, words: 'La ligne est réparée.', tell: true }),
  );
  expect(await open(matter.caseFileId)).toEqual([]);
  expect(await row(matter.caseFileId)).toMatchObject({ closingWords: 'La ligne est réparée.', closedAt: db.clock.now });
  const told = await db.database.kysely
    .selectFrom('outgoingMail')
    .where('caseFileId', '=', matter.caseFileId)
    .where('kind', '=', 'commitment')
    .select('text')
    .execute();
  expect(told[0]?.text).toContain('La ligne est réparée.');
});

test('a closed case file that the customer writes to opens again with its owner and a new commitment', async () => {
  const matter = await openMatter();
  await db.transact((tx) => closeCaseFile(tx, ana, { caseFileId: matter.caseFileId, words: 'Fait.', tell: false }));
  const again = await db.transact((tx) =>
    receiveInteraction(tx, system, {
      channel: 'mail',
      at: tx.now,
      from: { mail: matter.customer.mail },
      proven: true,
      text: 'Toujours coupé',
      caseFileId: matter.caseFileId,
      acknowledge: false,
    }),
  );
  expect(again).toMatchObject({ caseFileId: matter.caseFileId, advisor: { id: world.ana } });
  expect(await open(matter.caseFileId)).toHaveLength(1);
  expect(
    await db.transact((tx) => reopenCaseFile(tx, ana, { caseFileId: matter.caseFileId, dueAt: db.clock.now })),
  ).toEqual({ ok: false, why: 'open' });
});

test('handing over needs a summary; the promises go along and the history says who and why', async () => {
  const matter = await openMatter();
  expect(
    await db.transact((tx) =>
      handOver(tx, ana, { caseFileId: matter.caseFileId, toAdvisorId: world.chloe, summary: '' }),
    ),
  ).toEqual({ ok: false, why: 'no_summary' });
  expect(
    await db.transact((tx) =>
      handOver(tx, ana, {
        caseFileId: matter.caseFileId,
        toAdvisorId: world.chloe,
        summary: 'Le poteau est à changer.',
      }),
    ),
  ).toEqual({ ok: true, from: world.ana });
  expect(await open(matter.caseFileId)).toMatchObject([{ ownerId: world.chloe }]);
  const owners = await db.database.kysely
    .selectFrom('ownership')
    .where('caseFileId', '=', matter.caseFileId)
    .orderBy('id')
    .selectAll()
    .execute();
  expect(owners).toMatchObject([
    { ownerId: world.ana, reason: 'own' },
    { ownerId: world.chloe, reason: 'handover', summary: 'Le poteau est à changer.', byStaff: world.staff.ana },
  ]);
});

test('waiting for a third party dates the next news; the past is refused', async () => {
  const matter = await openMatter();
  const wait = (nextNewsAt: Date) =>
    db.transact((tx) =>
      waitForThirdParty(tx, ana, { caseFileId: matter.caseFileId, thirdParty: 'Opérateur du réseau', nextNewsAt }),
    );
  expect(await wait(new Date('2026-11-20T09:00:00Z'))).toEqual({ ok: false, why: 'in_the_past' });
  expect(await wait(new Date('2026-11-26T09:00:00Z'))).toMatchObject({ ok: true });
  expect((await open(matter.caseFileId)).map((commitment) => commitment.kind).sort()).toEqual(['answer', 'nextNews']);
  expect(await row(matter.caseFileId)).toMatchObject({ thirdParty: 'Opérateur du réseau' });
});

test('news from the third party ends the waiting: told in the advisor’s words, the promise kept, the next one dated', async () => {
  const matter = await openMatter();
  const caseFileId = matter.caseFileId;
  const news = (words: string, at = '2026-11-27T09:00:00Z') =>
    db.transact((tx) => tellNews(tx, ana, { caseFileId, words, nextNewsAt: new Date(at) }));
  expect(await news('Réparé.')).toEqual({ ok: false, why: 'not_waiting' });
  const soon = new Date('2026-11-26T09:00:00Z');
  await db.transact((tx) => waitForThirdParty(tx, ana, { caseFileId, thirdParty: 'Technicien', nextNewsAt: soon }));
  expect(await news('  ')).toEqual({ ok: false, why: 'no_words' });
  expect(await news('Réparé.', '2026-11-20T09:00:00Z')).toEqual({ ok: false, why: 'in_the_past' });
  expect(await news('Le câble est réparé, je vérifie demain.')).toEqual({ ok: true });
  expect(await row(caseFileId)).toMatchObject({ thirdParty: null, closedAt: null });
  expect((await open(caseFileId)).map(({ kind, dueAt }) => [kind, dueAt.toISOString()]).sort()).toEqual([
    ['answer', expect.any(String)],
    ['nextNews', '2026-11-27T09:00:00.000Z'],
  ]);
  const mails = await db.database.kysely
    .selectFrom('outgoingMail')
    .where('caseFileId', '=', caseFileId)
    .where('kind', '=', 'commitment')
    .selectAll()
    .execute();
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatchObject({ subject: 'Re: Ligne coupée', automatic: false });
  expect(mails[0]?.text).toContain('Le câble est réparé');
});

test('closing tells the customer what was done only when asked to, with the way to say that it is not settled', async () => {
  const told = async (tell: boolean) => {
    const { caseFileId } = await openMatter();
    const closed = await db.transact((tx) => closeCaseFile(tx, ana, { caseFileId, words: 'Le câble est neuf.', tell }));
    expect(closed).toMatchObject({ ok: true });
    const mails = db.database.kysely.selectFrom('outgoingMail').where('caseFileId', '=', caseFileId);
    return mails.where('kind', '=', 'commitment').selectAll().execute();
  };
  expect(await told(false)).toEqual([]);
  const [mail] = await told(true);
  expect(mail?.text).toMatch(/^Le câble est neuf\.\n\nSi ce n’est pas réglé, répondez à ce message/);
  expect(mail?.replyTo).toMatch(/^reply\+/);
});

test('a promise is taken back only with words, and never the last one without another', async () => {
  const matter = await openMatter();
  const id = matter.commitment.id;
  expect(await db.transact((tx) => withdrawCommitment(tx, ana, { id, words: '' }))).toEqual({
    ok: false,
    why: 'no_words',
  });
  expect(await db.transact((tx) => withdrawCommitment(tx, ana, { id, words: 'Le technicien est malade.' }))).toEqual({
    ok: false,
    why: 'last_one',
  });
  const instead = { kind: 'visit' as const, dueAt: new Date('2026-11-25T09:00:00Z') };
  expect(
    await db.transact((tx) =>
      withdrawCommitment(tx, ana, { id, words: 'Le technicien est malade, il passe mercredi.', instead }),
    ),
  ).toEqual({ ok: true });
  const told = await db.database.kysely
    .selectFrom('interaction')
    .where('caseFileId', '=', matter.caseFileId)
    .where('direction', '=', 'out')
    .select('text')
    .execute();
  expect(told).toMatchObject([{ text: 'Le technicien est malade, il passe mercredi.' }]);
});

test('an internal note never stands among the interactions', async () => {
  const matter = await openMatter();
  await db.transact((tx) => addNote(tx, ana, { caseFileId: matter.caseFileId, text: 'Client inquiet' }));
  const said = await db.database.kysely
    .selectFrom('interaction')
    .where('caseFileId', '=', matter.caseFileId)
    .select('text')
    .execute();
  expect(JSON.stringify(said)).not.toContain('inquiet');
});
