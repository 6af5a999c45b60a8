import { farthestDue } from '../../core/commitments/farthest.ts';
import { type Actor, staffIdOf } from '../actor.ts';
import { closeCaseFile, reopenCaseFile } from '../casefiles/close.ts';
import { handOver } from '../casefiles/hand-over.ts';
import { addNote } from '../casefiles/note.ts';
import { lockCaseFile } from '../casefiles/open.ts';
import { reply } from '../casefiles/reply.ts';
import { tellNews, waitForThirdParty } from '../casefiles/third-party.ts';
import { keepCommitment } from '../commitments/keep.ts';
import { makeCommitment } from '../commitments/make.ts';
import { openCommitments } from '../commitments/queries.ts';
import { withdrawCommitment } from '../commitments/withdraw.ts';
import { takeDraftFiles } from '../drafts/draft-files.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import { setAsideTrayItem, sortTrayItem } from '../interactions/tray.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { type Action, neededFor, type Refusal } from './action.ts';

/** Carries an action out, now. Null when it is done, else why it could not be. */
export async function carryOut(tx: Tx, actor: Actor, action: Action): Promise<Refusal | null> {
  if (!can(actor, neededFor[action.kind])) return 'not_allowed';
  if (datesOf(action).some((date) => new Date(date) > farthestDue(tx.now))) return 'too_far';
  switch (action.kind) {
    case 'reply':
      return answer(tx, actor, action);
    case 'note':
      return (await addNote(tx, actor, action)) ? null : 'not_found';
    case 'promise':
      return promise(tx, actor, action);
    case 'keep':
      return keep(tx, actor, action);
    case 'withdraw':
      return withdraw(tx, actor, action);
    case 'handOver':
      return refusalOf(await handOver(tx, actor, action));
    case 'done':
      return refusalOf(await closeCaseFile(tx, actor, action));
    case 'reopen':
      return refusalOf(await reopenCaseFile(tx, actor, { ...action, dueAt: new Date(action.dueAt) }));
    case 'wait':
      return refusalOf(await waitForThirdParty(tx, actor, { ...action, nextNewsAt: new Date(action.nextNewsAt) }));
    case 'news':
      return refusalOf(await tellNews(tx, actor, { ...action, nextNewsAt: new Date(action.nextNewsAt) }));
    case 'entry':
      return enter(tx, actor, action);
    case 'sort':
      return refusalOf(await sortTrayItem(tx, actor, { id: action.trayItemId, customerId: action.customerId }));
    case 'setAside':
      return refusalOf(await setAsideTrayItem(tx, actor, { id: action.trayItemId, why: action.why }));
  }
}

/** Every date an action promises something by. */
function datesOf(action: Action): string[] {
  const dates = [
    'dueAt' in action ? action.dueAt : null,
    'nextNewsAt' in action ? action.nextNewsAt : null,
    'insteadDueAt' in action ? action.insteadDueAt : null,
  ];
  return dates.filter((date) => date !== null);
}

type OneOf<Kind extends Action['kind']> = Extract<Action, { kind: Kind }>;

/** The reply leaves with all its files, or not at all. */
async function answer(tx: Tx, actor: Actor, action: OneOf<'reply'>): Promise<Refusal | null> {
  const { fileIds = [], seenUpTo: lastSeenInteractionId, caseFileId, text, by } = action;
  const attachments = await takeDraftFiles(tx, staffIdOf(actor) ?? '', caseFileId, fileIds);
  if (!attachments) return 'file_gone';
  return refusalOf(await reply(tx, actor, { caseFileId, text, lastSeenInteractionId, undoMs: 0, attachments, by }));
}

async function promise(tx: Tx, actor: Actor, action: OneOf<'promise'>): Promise<Refusal | null> {
  const dueAt = new Date(action.dueAt);
  if (dueAt <= tx.now) return 'in_the_past';
  const caseFile = await lockCaseFile(tx, action.caseFileId);
  if (!caseFile) return 'not_found';
  if (caseFile.closedAt) return 'closed';
  const { customerId, ownerId } = caseFile;
  const { promise: kind, words, caseFileId } = action;
  await makeCommitment(tx, actor, { customerId, caseFileId, ownerId, kind, dueAt, words });
  return null;
}

/** A kept promise that was the last one needs another in its place: an open case file never stands without a date. */
async function keep(tx: Tx, actor: Actor, action: OneOf<'keep'>): Promise<Refusal | null> {
  const caseFile = await lockCaseFile(tx, action.caseFileId);
  if (!caseFile || !(await isOpenIn(tx, caseFile.id, action.commitmentId))) return 'not_found';
  const others = await openCommitments(tx.db)
    .where('caseFileId', '=', caseFile.id)
    .where('id', '!=', action.commitmentId)
    .select('id')
    .limit(1)
    .execute();
  if (others.length === 0 && !caseFile.closedAt) {
    if (!action.nextNewsAt) return 'last_one';
    const dueAt = new Date(action.nextNewsAt);
    if (dueAt <= tx.now) return 'in_the_past';
    const { customerId, ownerId, id: caseFileId } = caseFile;
    await makeCommitment(tx, actor, { customerId, caseFileId, ownerId, kind: 'nextNews', dueAt });
  }
  return (await keepCommitment(tx, actor, { id: action.commitmentId })) ? null : 'not_found';
}

/** A promise is taken back with words the customer reads, and with another date when it was the last one. */
async function withdraw(tx: Tx, actor: Actor, action: OneOf<'withdraw'>): Promise<Refusal | null> {
  const dueAt = action.insteadDueAt === null ? null : new Date(action.insteadDueAt);
  if (dueAt && dueAt <= tx.now) return 'in_the_past';
  const caseFile = await lockCaseFile(tx, action.caseFileId);
  if (!caseFile) return 'not_found';
  if (caseFile.closedAt) return 'closed';
  const { commitmentId: id, words } = action;
  if (!(await isOpenIn(tx, caseFile.id, id))) return 'not_found';
  const instead = dueAt ? { kind: 'nextNews' as const, dueAt } : undefined;
  return refusalOf(await withdrawCommitment(tx, actor, { id, words, ...(instead && { instead }) }));
}

/** A promise is reached through its own case file only, the one that is locked. */
async function isOpenIn(tx: Tx, caseFileId: string, id: string): Promise<boolean> {
  const its = await openCommitments(tx.db)
    .where('id', '=', id)
    .where('caseFileId', '=', caseFileId)
    .select('id')
    .executeTakeFirst();
  return its !== undefined;
}

/** A call, a visit or a letter a colleague notes down: an interaction like any other, on the timeline at once. */
async function enter(tx: Tx, actor: Actor, action: OneOf<'entry'>): Promise<Refusal | null> {
  if (!action.text.trim() && !action.subject.trim()) return 'empty';
  const received = await receiveInteraction(tx, actor, {
    channel: action.channel,
    at: tx.now,
    from: { customerId: action.customerId },
    proven: true,
    subject: action.subject,
    text: action.text,
    caseFileId: action.caseFileId,
    acknowledge: false,
  });
  if (received.kind !== 'interaction') return 'not_found';
  await tx.db
    .updateTable('interaction')
    .set({ byStaff: staffIdOf(actor) })
    .where('id', '=', received.id)
    .execute();
  return null;
}

const SAME: Record<string, Refusal> = {
  no_summary: 'empty',
  no_words: 'empty',
  no_name: 'empty',
  no_reason: 'empty',
  no_customer: 'not_found',
  not_open: 'not_found',
};

function refusalOf(result: { ok: boolean; why?: string }): Refusal | null {
  if (result.ok) return null;
  return SAME[result.why ?? ''] ?? (result.why as Refusal | undefined) ?? 'failed';
}
