import { type Actor, staffIdOf } from '../actor.ts';
import { keepAnswers } from '../commitments/keep-answers.ts';
import type { CommitmentKind } from '../commitments/make.ts';
import { newId } from '../id.ts';
import { mailInConversation } from '../outbox/mail-in-conversation.ts';
import { smsReply } from '../sms/reply.ts';
import { writeSms } from '../sms/write.ts';
import type { Tx } from '../tx.ts';
import { addressee } from './addressee.ts';
import { lockCaseFile } from './open.ts';

/** How long a sent answer can still be taken back. */
export const UNDO_MS = 10_000;

export interface Reply {
  caseFileId: string;
  text: string;
  /** The newest interaction the writer has read; a newer one stops the reply. */
  lastSeenInteractionId?: string | null;
  /** What comes next, when the matter is not closed with this answer. */
  next?: { kind: CommitmentKind; dueAt: Date; words: string };
  /** How long the mail waits before it leaves; 0 for an answer that has already waited. */
  undoMs?: number;
  /** Mail address to send to; by default the one the customer wrote from, else the first on file that does not fail. */
  to?: string | null;
  /** By SMS or mail; by default as the customer wrote last. */
  by?: 'mail' | 'sms' | undefined;
  attachments?: readonly { filename: string; contentType: string; sha256: Buffer }[];
}

export type Replied =
  | { ok: true; interactionId: string; mailId: string | null; smsId: string | null; leavesAt: Date }
  | {
      ok: false;
      why: 'not_found' | 'empty' | 'closed' | 'newer_unread' | 'address_not_on_file' | 'no_sms' | 'too_long';
    };

/**
 * Answers the customer in the advisor's name: on the timeline now, by SMS or mail after the time to undo. Keeps the open
 * commitments to answer; when none is left on an open case file, the next news is promised in the same transaction.
 */
export async function reply(tx: Tx, actor: Actor, input: Reply): Promise<Replied> {
  if (!input.text.trim()) return { ok: false, why: 'empty' };
  const caseFile = await lockCaseFile(tx, input.caseFileId);
  if (!caseFile) return { ok: false, why: 'not_found' };
  if (caseFile.closedAt) return { ok: false, why: 'closed' };
  const last = await lastReceived(tx, caseFile.id);
  if (input.lastSeenInteractionId !== undefined && last && last.id !== input.lastSeenInteractionId)
    return { ok: false, why: 'newer_unread' };
  const advisorId = actor.kind === 'staff' ? (actor.advisorId ?? caseFile.ownerId) : caseFile.ownerId;
  const sms = await smsReply(tx, { ...input, customerId: caseFile.customerId, last, advisorId });
  if (sms && 'why' in sms) return { ok: false, why: sms.why };
  const to = sms ? null : await addressee(tx, caseFile.customerId, last, input.to);
  if (to === 'not_on_file') return { ok: false, why: 'address_not_on_file' };
  const channel = sms ? 'sms' : to ? 'mail' : 'message';
  const leavesAt = new Date(tx.now.getTime() + (input.undoMs ?? UNDO_MS));
  const interactionId = newId();
  await tx.db
    .insertInto('interaction')
    .values({
      id: interactionId,
      customerId: caseFile.customerId,
      caseFileId: caseFile.id,
      channel,
      direction: 'out',
      at: tx.now,
      byStaff: staffIdOf(actor),
      byAdvisor: advisorId,
      party: sms?.to ?? to ?? '',
      subject: caseFile.subject,
      text: input.text,
    })
    .execute();
  await attach(tx, caseFile.customerId, interactionId, input.attachments ?? []);
  const mail = { ...input, advisorId, interactionId, caseFile, leavesAt, kind: 'reply', automatic: false } as const;
  const about = { customerId: caseFile.customerId, caseFileId: caseFile.id, interactionId, advisorId };
  const smsId = sms
    ? await writeSms(tx, { kind: 'reply', ...sms, ...about, automatic: false, leaveAfter: leavesAt })
    : null;
  const mailId = to ? await mailInConversation(tx, { ...mail, to }) : null;
  await tx.db
    .updateTable('caseFile')
    .set({ unansweredSince: null, lastAt: tx.now })
    .where('id', '=', caseFile.id)
    .execute();
  await tx.db
    .deleteFrom('draft')
    .where('caseFileId', '=', caseFile.id)
    .where('staffId', '=', staffIdOf(actor))
    .where('kind', '=', 'reply')
    .execute();
  await keepAnswers(tx, actor, caseFile, advisorId, input.next);
  await tx.record({
    type: 'interaction.sent',
    customerId: caseFile.customerId,
    advisorId,
    caseFileId: caseFile.id,
    facts: {
      interactionId,
      channel,
      unansweredSince: caseFile.unansweredSince?.toISOString() ?? null,
    },
  });
  return { ok: true, interactionId, mailId, smsId, leavesAt };
}

async function lastReceived(tx: Tx, caseFileId: string) {
  return tx.db
    .selectFrom('interaction')
    .where('caseFileId', '=', caseFileId)
    .where('direction', '=', 'in')
    .select(['id', 'party', 'channel', 'caution'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

async function attach(
  tx: Tx,
  customerId: string,
  interactionId: string,
  attachments: NonNullable<Reply['attachments']>,
): Promise<void> {
  if (attachments.length === 0) return;
  await tx.db
    .insertInto('attachment')
    .values(attachments.map((each, position) => ({ id: newId(), customerId, interactionId, position, ...each })))
    .execute();
}
