import { beforeAll, expect, test } from 'vitest';
import { testApp } from '../../../../test/app.ts';
import { testDatabase } from '../../../../test/database.ts';
import { type App, openPage, sendForm } from '../../../../test/page.ts';
import { addTestCustomer, buildWorld, type World } from '../../../../test/world.ts';
import { type Actor, system } from '../../../desk/actor.ts';
import { askSolved } from '../../../desk/casefiles/ask-solved.ts';
import { closeCaseFile } from '../../../desk/casefiles/close.ts';
import { receiveInteraction } from '../../../desk/interactions/receive.ts';

const db = testDatabase();
const DAY = 86_400_000;
const monday = new Date('2026-11-23T09:00:00Z');
let app: App;
let world: World;
let ana: Actor;

beforeAll(async () => {
  world = await buildWorld(db);
  app = testApp(db);
  ana = { kind: 'staff', staffId: world.staff.ana, role: 'advisor', advisorId: world.ana };
});

const after = (days: number) => {
  db.clock.now = new Date(monday.getTime() + days * DAY);
};
const mailsTo = (mail: string) =>
  db.database.kysely
    .selectFrom('outgoingMail')
    .where('kind', '=', 'solved')
    .where('toAddress', '=', mail)
    .select(['text', 'automatic', 'replyTo', 'fromName'])
    .execute();
const linkOf = (text = '') => new URL(/https?:\S+\/solved\/\S+/.exec(text)?.[0] ?? 'x:').pathname;
const stateOf = (id: string) =>
  db.database.kysely.selectFrom('caseFile').where('id', '=', id).select(['closedAt']).executeTakeFirstOrThrow();

/** A matter that was closed on Monday, by the advisor or by the customer. */
async function closed(actor: Actor = ana): Promise<{ mail: string; caseFileId: string; customerId: string }> {
  db.clock.now = monday;
  const { id, mail } = await addTestCustomer(db, world);
  return db.transact(async (tx) => {
    const received = await receiveInteraction(tx, system, {
      channel: 'message',
      at: tx.now,
      from: { customerId: id },
      proven: true,
      subject: 'Plus de tonalité',
      text: 'Depuis ce matin.',
      acknowledge: false,
    });
    if (received.kind !== 'interaction') throw new Error('went to the tray');
    await closeCaseFile(tx, actor, { caseFileId: received.caseFileId, words: 'La carte est changée.', tell: false });
    return { mail, caseFileId: received.caseFileId, customerId: id };
  });
}

test('is asked after 4 and after 28 days, once each, in the name of the own advisor, by a mail one can also reply to', async () => {
  const { mail } = await closed();
  for (const [days, count] of [
    [3, 0],
    [4, 1],
    [5, 1],
    [27, 1],
    [28, 2],
    [29, 2],
  ] as const) {
    after(days);
    await askSolved(db.transact);
    expect(await mailsTo(mail), `after ${days} days`).toHaveLength(count);
  }
  const [first] = await mailsTo(mail);
  expect(first).toMatchObject({ automatic: true, fromName: 'Ana Perrin, Régie du Haut-Jura' });
  expect(first?.replyTo).not.toBeNull();
});

test('several processes at once ask once, and an installation that was away for a month does not write about the past', async () => {
  const { mail } = await closed();
  after(4);
  const asked = await Promise.all([1, 2, 3, 4].map(() => askSolved(db.transact)));
  expect(asked.reduce((sum, each) => sum + each, 0)).toBe(1);
  expect(await mailsTo(mail)).toHaveLength(1);
  const other = await closed();
  after(20);
  await askSolved(db.transact);
  expect(await mailsTo(other.mail)).toEqual([]);
});

test('who said so themselves is not asked after 4 days, and who has no address that works is never asked', async () => {
  const own = await closed({ kind: 'public' });
  const silent = await closed();
  await db.database.kysely
    .updateTable('contactPoint')
    .set({ failingSince: monday, failingWhy: 'x' })
    .where('customerId', '=', silent.customerId)
    .execute();
  after(4);
  await askSolved(db.transact);
  expect([...(await mailsTo(own.mail)), ...(await mailsTo(silent.mail))]).toEqual([]);
});

test('opening the link answers nothing; a no opens the matter again, says who answers by when, and happens once', async () => {
  const { mail, caseFileId } = await closed();
  after(4);
  await askSolved(db.transact);
  const link = linkOf((await mailsTo(mail))[0]?.text);
  for (let time = 0; time < 3; time++) expect((await openPage(app, link)).text).toContain('La carte est changée.');
  expect((await stateOf(caseFileId)).closedAt).not.toBeNull();

  const no = await sendForm(app, link, { solved: 'no', words: 'Toujours rien, l’après-midi surtout.' });
  expect(no.text).toContain('Votre demande est reprise');
  expect(no.text).toMatch(/Ana Perrin vous répond avant/);
  expect((await stateOf(caseFileId)).closedAt).toBeNull();
  await sendForm(app, link, { solved: 'no' });
  await sendForm(app, link, { solved: 'yes' });
  const said = await db.database.kysely
    .selectFrom('interaction')
    .where('caseFileId', '=', caseFileId)
    .where('direction', '=', 'in')
    .select('text')
    .orderBy('at')
    .execute();
  expect(said.map(({ text }) => text)).toEqual(['Depuis ce matin.', 'Toujours rien, l’après-midi surtout.']);
  const open = await db.database.kysely
    .selectFrom('commitment')
    .where('caseFileId', '=', caseFileId)
    .where('keptAt', 'is', null)
    .select('ownerId')
    .execute();
  expect(open).toEqual([{ ownerId: world.ana }]);
});

test('a yes is noted and leaves the matter closed; the timeline of the staff does not hold the customer’s link', async () => {
  const { mail, caseFileId } = await closed();
  after(4);
  await askSolved(db.transact);
  const link = linkOf((await mailsTo(mail))[0]?.text);
  expect((await sendForm(app, link, { solved: 'yes' })).text).toContain('votre demande est réglée');
  expect((await stateOf(caseFileId)).closedAt).not.toBeNull();
  const question = await db.database.kysely
    .selectFrom('solvedQuestion')
    .where('caseFileId', '=', caseFileId)
    .select(['answer', 'answeredAt'])
    .executeTakeFirstOrThrow();
  expect(question).toEqual({ answer: 'yes', answeredAt: db.clock.now });
  const texts = await db.database.kysely
    .selectFrom('interaction')
    .where('caseFileId', '=', caseFileId)
    .select('text')
    .execute();
  for (const { text } of texts) expect(text).not.toContain('/solved/');
});

test('a link that we did not sign, or an old one, answers with a sentence and a number to call', async () => {
  const forged = await sendForm(app, '/fr/solved/AAAAAAAAAAAAAAAAAAAAAA.AAAA', { solved: 'no' });
  expect(forged.status).toBe(410);
  expect(forged.text).toContain('03 53 01 00 00');
  const { mail } = await closed();
  after(4);
  await askSolved(db.transact);
  const link = linkOf((await mailsTo(mail))[0]?.text);
  after(70);
  expect((await openPage(app, link)).status).toBe(410);
});
