import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { addTestCustomer, buildWorld, type World } from '../../../test/world.ts';
import type { Actor } from '../actor.ts';
import { addDraftFiles, draftFiles, removeDraftFile } from '../drafts/draft-files.ts';
import { newId } from '../id.ts';
import { storeBlob } from '../interactions/blobs.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import type { Action } from './action.ts';
import { holdAction, seeRefusal, undoAction } from './hold.ts';
import { runHeldAction } from './run.ts';

const db = testDatabase();
let world: World;
let ana: Actor & { kind: 'staff' };
let customerId: string;
let caseFileId: string;
let messageId: string;

beforeAll(async () => {
  world = await buildWorld(db);
  ana = { kind: 'staff', staffId: world.staff.ana, role: 'advisor', advisorId: world.ana };
});
beforeEach(async () => {
  customerId = (await addTestCustomer(db, world)).id;
  const received = await write('Bonjour, ma ligne est coupée.');
  caseFileId = received.caseFileId;
  messageId = received.id;
});

async function write(text: string, to?: string) {
  const received = await db.transact((tx) =>
    receiveInteraction(
      tx,
      { kind: 'system' },
      {
        channel: 'message',
        at: tx.now,
        from: { customerId },
        proven: true,
        text,
        caseFileId: to ?? null,
        acknowledge: false,
      },
    ),
  );
  if (received.kind !== 'interaction') throw new Error('expected an interaction');
  return received;
}

const answer = (text = 'Nous réparons demain.', fileIds: string[] = []): Action => ({
  kind: 'reply',
  customerId,
  caseFileId,
  text,
  seenUpTo: messageId,
  fileIds,
});
async function hold(action: Action): Promise<string> {
  const id = newId();
  expect(await holdAction(db.transact, ana, { id, action })).toMatchObject({ ok: true });
  return id;
}
const sent = () =>
  db.database.kysely
    .selectFrom('interaction')
    .where('caseFileId', '=', caseFileId)
    .where('direction', '=', 'out')
    .select('text')
    .execute();
const mails = (kind: 'reply' | 'commitment' = 'reply') =>
  db.database.kysely
    .selectFrom('outgoingMail')
    .where('caseFileId', '=', caseFileId)
    .where('kind', '=', kind)
    .select('id')
    .execute();
const state = (id: string) =>
  db.database.kysely.selectFrom('heldAction').where('id', '=', id).selectAll().executeTakeFirstOrThrow();

test('nothing has happened while an action waits, and everything once when its time comes', async () => {
  // Counted in the table: readers of the log may see events of before a little later.
  const recorded = async () => (await db.database.pool.query('select 1 from event')).rowCount;
  const before = await recorded();
  const id = await hold(answer());
  expect(await sent()).toEqual([]);
  expect(await mails()).toEqual([]);
  expect(await recorded()).toBe(before);
  await runHeldAction(db.transact, id);
  await runHeldAction(db.transact, id);
  expect(await sent()).toEqual([{ text: 'Nous réparons demain.' }]);
  expect(await mails()).toHaveLength(1);
  expect((await state(id)).input).toEqual({});
});

test('undone in time it never happens, and what was written is a draft again', async () => {
  const id = await hold(answer('Trop vite écrit.'));
  expect(await db.transact((tx) => undoAction(tx, ana, id))).toBe(true);
  await runHeldAction(db.transact, id);
  expect(await sent()).toEqual([]);
  const draft = await db.database.kysely
    .selectFrom('draft')
    .where('caseFileId', '=', caseFileId)
    .select('text')
    .execute();
  expect(draft).toEqual([{ text: 'Trop vite écrit.' }]);
});

test('too late to undo once it has happened, and never for someone else', async () => {
  const id = await hold(answer());
  const bruno: Actor & { kind: 'staff' } = {
    kind: 'staff',
    staffId: world.staff.bruno,
    role: 'advisor',
    advisorId: world.bruno,
  };
  expect(await db.transact((tx) => undoAction(tx, bruno, id))).toBe(false);
  await runHeldAction(db.transact, id);
  expect(await db.transact((tx) => undoAction(tx, ana, id))).toBe(false);
  expect(await sent()).toHaveLength(1);
});

test('the same id twice is one action', async () => {
  const id = newId();
  await holdAction(db.transact, ana, { id, action: answer() });
  await holdAction(db.transact, ana, { id, action: answer() });
  await runHeldAction(db.transact, id);
  expect(await sent()).toHaveLength(1);
});

test('a reply that has not seen the newest message is refused at once, and leaves no trace', async () => {
  await write('Et le téléphone aussi.', caseFileId);
  expect(await holdAction(db.transact, ana, { id: newId(), action: answer() })).toEqual({
    ok: false,
    why: 'newer_unread',
  });
  expect(await sent()).toEqual([]);
});

test('a reply overtaken by a new message while it waits is kept with the reason, not sent', async () => {
  const id = await hold(answer());
  await write('Cela marche de nouveau.', caseFileId);
  await runHeldAction(db.transact, id);
  expect(await sent()).toEqual([]);
  expect(await state(id)).toMatchObject({
    refusal: 'newer_unread',
    doneAt: null,
    input: { text: 'Nous réparons demain.' },
  });
  await db.transact((tx) => seeRefusal(tx, ana, id));
  expect(await state(id)).toMatchObject({ input: {} });
});

const addFile = (staffId: string, name: string, bytes = Buffer.from(name)) =>
  db.transact(async (tx) => {
    const sha256 = await storeBlob(tx, bytes);
    const file = { filename: name, contentType: 'application/pdf', sha256, size: bytes.length };
    return addDraftFiles(tx, staffId, caseFileId, [file]);
  });
const fileIdsOf = async (staffId: string) =>
  (await draftFiles(db.database.kysely, staffId, { caseFileId })).map(({ id }) => id);

test('a reply leaves with the files beside it; undone, they are beside the draft again', async () => {
  await addFile(ana.staffId, 'devis.pdf');
  await addFile(ana.staffId, 'plan.pdf');
  const ids = await fileIdsOf(ana.staffId);
  const undone = await hold(answer('Voici le plan.', ids));
  expect(await db.transact((tx) => undoAction(tx, ana, undone))).toBe(true);
  expect(await fileIdsOf(ana.staffId)).toEqual(ids);
  const id = await hold(answer('Voici le plan.', ids));
  await runHeldAction(db.transact, id);
  expect(await fileIdsOf(ana.staffId)).toEqual([]);
  const [mail] = await mails();
  const attached = db.database.kysely.selectFrom('outgoingAttachment').where('outgoingMailId', '=', mail?.id ?? '');
  expect(await attached.select(['filename', 'position']).orderBy('position').execute()).toEqual([
    { filename: 'devis.pdf', position: 0 },
    { filename: 'plan.pdf', position: 1 },
  ]);
});

test('a reply never leaves without a file it was written with, nor with somebody else’s', async () => {
  await addFile(ana.staffId, 'devis.pdf');
  const [mine = ''] = await fileIdsOf(ana.staffId);
  await addFile(world.staff.bruno, 'secret.pdf');
  const [theirs = ''] = await fileIdsOf(world.staff.bruno);
  expect(await holdAction(db.transact, ana, { id: newId(), action: answer('Voici.', [theirs]) })).toEqual({
    ok: false,
    why: 'file_gone',
  });
  expect(await db.transact((tx) => removeDraftFile(tx, ana.staffId, theirs))).toBe(false);
  const id = await hold(answer('Voici.', [mine]));
  await db.transact((tx) => removeDraftFile(tx, ana.staffId, mine));
  await runHeldAction(db.transact, id);
  expect(await state(id)).toMatchObject({ refusal: 'file_gone' });
  expect(await sent()).toEqual([]);
});

test('files beside a reply are at most 25 MB in all', async () => {
  const big = Buffer.alloc(13 * 1024 * 1024, 7);
  expect(await addFile(ana.staffId, 'photo.jpg', big)).toMatchObject({ ok: true });
  expect(await addFile(ana.staffId, 'film.mp4', big)).toEqual({ ok: false, why: 'too_large' });
  expect(await fileIdsOf(ana.staffId)).toHaveLength(1);
});

test('actions on one case file happen in the order they were taken', async () => {
  const reply = await hold(answer());
  db.clock.now = new Date(db.clock.now.getTime() + 1000);
  const done = await hold({ kind: 'done', customerId, caseFileId, words: 'Réparé.', tell: false });
  await runHeldAction(db.transact, done);
  await runHeldAction(db.transact, reply);
  expect(await sent()).toHaveLength(1);
  expect(await state(reply)).toMatchObject({ refusal: null, refusedAt: null });
});

test('the last promise of an open case file is kept only with another in its place', async () => {
  const [open] = await db.database.kysely
    .selectFrom('commitment')
    .where('caseFileId', '=', caseFileId)
    .select('id')
    .execute();
  const keep = { kind: 'keep' as const, customerId, caseFileId, commitmentId: open?.id ?? '' };
  const nothing = await holdAction(db.transact, ana, { id: newId(), action: { ...keep, nextNewsAt: null } });
  expect(nothing).toEqual({ ok: false, why: 'last_one' });
  const id = await hold({ ...keep, nextNewsAt: new Date(db.clock.now.getTime() + 86_400_000).toISOString() });
  await runHeldAction(db.transact, id);
  const left = await db.database.kysely
    .selectFrom('commitment')
    .where('caseFileId', '=', caseFileId)
    .where('keptAt', 'is', null)
    .select('kind')
    .execute();
  expect(left).toEqual([{ kind: 'nextNews' }]);
});

test('a promise is taken back with words the customer reads; the last one only with another date', async () => {
  const [open] = await db.database.kysely
    .selectFrom('commitment')
    .where('caseFileId', '=', caseFileId)
    .select('id')
    .execute();
  const withdraw = { kind: 'withdraw' as const, customerId, caseFileId, commitmentId: open?.id ?? '' };
  const words = 'La réparation attend une pièce.';
  const later = new Date(db.clock.now.getTime() + 86_400_000);
  const refusal = async (input: { words: string; insteadDueAt: string | null }) =>
    holdAction(db.transact, ana, { id: newId(), action: { ...withdraw, ...input } });
  expect(await refusal({ words: ' ', insteadDueAt: later.toISOString() })).toEqual({ ok: false, why: 'empty' });
  expect(await refusal({ words, insteadDueAt: null })).toEqual({ ok: false, why: 'last_one' });
  const past = db.clock.now.toISOString();
  expect(await refusal({ words, insteadDueAt: past })).toEqual({ ok: false, why: 'in_the_past' });
  const id = await hold({ ...withdraw, words, insteadDueAt: later.toISOString() });
  expect(await sent()).toEqual([]);
  expect(await mails('commitment')).toEqual([]);
  await runHeldAction(db.transact, id);
  expect(await sent()).toEqual([{ text: words }]);
  expect(await mails('commitment')).toHaveLength(1);
  const promises = await db.database.kysely
    .selectFrom('commitment')
    .where('caseFileId', '=', caseFileId)
    .orderBy('id')
    .select(['kind', 'withdrawnWords', 'withdrawnBy'])
    .execute();
  expect(promises).toEqual([
    { kind: 'answer', withdrawnWords: words, withdrawnBy: world.staff.ana },
    { kind: 'nextNews', withdrawnWords: null, withdrawnBy: null },
  ]);
  expect(await refusal({ words, insteadDueAt: later.toISOString() })).toEqual({ ok: false, why: 'not_found' });
});

test('a promise is not taken back through a case file it does not belong to', async () => {
  const other = await write('Autre chose.');
  expect(other.caseFileId).not.toBe(caseFileId);
  const insteadDueAt = new Date(db.clock.now.getTime() + 86_400_000).toISOString();
  const commitmentId = other.commitment.id;
  const action = { kind: 'withdraw' as const, customerId, caseFileId, commitmentId, words: 'Non.', insteadDueAt };
  expect(await holdAction(db.transact, ana, { id: newId(), action })).toEqual({ ok: false, why: 'not_found' });
});

test.each([null, 86_400_000])('nor is it kept through another case file (next news: %s)', async (later) => {
  const other = await write('Autre chose.');
  const nextNewsAt = later === null ? null : new Date(db.clock.now.getTime() + later).toISOString();
  const action = { kind: 'keep' as const, customerId, caseFileId, commitmentId: other.commitment.id, nextNewsAt };
  // The second time its own case file has another, so that only its belonging is in question.
  const { caseFileId: theirs } = other;
  const dueAt = new Date(db.clock.now.getTime() + 86_400_000).toISOString();
  const promise = {
    kind: 'promise' as const,
    customerId,
    caseFileId: theirs,
    promise: 'visit' as const,
    dueAt,
    words: '',
  };
  for (const extra of [undefined, promise]) {
    if (extra) await runHeldAction(db.transact, await hold(extra));
    expect(await holdAction(db.transact, ana, { id: newId(), action })).toEqual({ ok: false, why: 'not_found' });
  }
  const rows = db.database.kysely.selectFrom('commitment').where('caseFileId', 'in', [caseFileId, theirs]);
  const promises = await rows.select(['kind', 'keptAt']).orderBy('id').execute();
  expect(promises).toEqual(['answer', 'answer', 'visit'].map((kind) => ({ kind, keptAt: null })));
});

test('a moderator may do none of it', async () => {
  const moderator: Actor & { kind: 'staff' } = { ...ana, role: 'moderator' };
  expect(await holdAction(db.transact, moderator, { id: newId(), action: answer() })).toEqual({
    ok: false,
    why: 'not_allowed',
  });
});

test('a date further than 400 days ahead is refused at once, and leaves neither an action nor a job', async () => {
  const matter = { customerId, caseFileId };
  const commitment = await db.database.kysely
    .selectFrom('commitment')
    .where('caseFileId', '=', caseFileId)
    .select('id')
    .executeTakeFirstOrThrow();
  const commitmentId = commitment.id;
  const dated = (at: string): Action[] => [
    { kind: 'promise', ...matter, promise: 'visit', words: '', dueAt: at },
    { kind: 'keep', ...matter, commitmentId, nextNewsAt: at },
    { kind: 'withdraw', ...matter, commitmentId, words: 'Autrement.', insteadDueAt: at },
    { kind: 'reopen', ...matter, dueAt: at },
    { kind: 'wait', ...matter, thirdParty: 'Orange', nextNewsAt: at },
    { kind: 'news', ...matter, words: 'Réparé.', nextNewsAt: at },
  ];
  const dayAhead = (days: number) => new Date(db.clock.now.getTime() + days * 86_400_000).toISOString();
  const ids: string[] = [];
  for (const at of ['9999-12-31T23:59:59Z', '2126-12-20T09:00:00Z', dayAhead(401)])
    for (const action of dated(at)) {
      const id = newId();
      ids.push(id);
      expect(await holdAction(db.transact, ana, { id, action }), action.kind).toEqual({ ok: false, why: 'too_far' });
    }
  const stored = await db.database.kysely.selectFrom('heldAction').where('id', 'in', ids).select('id').execute();
  expect(stored).toEqual([]);
  const { rows } = await db.database.pool.query(
    "select data->>'id' as id from pgboss.job where name = 'carry-out-action'",
  );
  expect(rows.filter(({ id }) => ids.includes(id))).toEqual([]);
  await hold({ kind: 'promise', ...matter, promise: 'visit', words: '', dueAt: dayAhead(399) });
});

test('one that was held with such a date before is refused when its time comes', async () => {
  const id = await hold({ kind: 'note', customerId, caseFileId, text: 'Vu.' });
  const far = {
    ...{ kind: 'promise', promise: 'visit', words: '', dueAt: '9999-12-31T00:00:00Z' },
    ...{ customerId, caseFileId },
  };
  await db.database.kysely
    .updateTable('heldAction')
    .set({ input: JSON.stringify(far) })
    .where('id', '=', id)
    .execute();
  await runHeldAction(db.transact, id);
  expect(await state(id)).toMatchObject({ refusal: 'too_far', doneAt: null });
});
