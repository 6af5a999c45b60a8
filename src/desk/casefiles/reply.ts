import { sql } from 'kysely';
import { addWorkingMinutes } from '../../core/calendar/calendar.ts';
import { type Actor, staffIdOf } from '../actor.ts';
import { keepCommitment } from '../commitments/keep.ts';
import { makeCommitment } from '../commitments/make.ts';
import { openCommitments } from '../commitments/queries.ts';
import { newId } from '../id.ts';
import { writeMail } from '../outbox/write-mail.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import { lockCaseFile } from './open.ts';

/** How long a sent answer can still be taken back. */
export const UNDO_MS = 10_000;

/** When nothing else was promised: five working days of eight hours. */
const NEWS_WITHIN_MINUTES = 2400;

export interface Reply {
  caseFileId: string;
  text: string;
  /** The newest interaction the writer has read; a newer one stops the reply. */
  lastSeenInteractionId?: string | null;
  /** What comes next, when the matter is not closed with this answer. */
  next?: { kind: 'answer' | 'nextNews' | 'callback' | 'visit'; dueAt: Date; words: string };
  /** How long the mail waits before it leaves; 0 for an answer that has already waited. */
  undoMs?: number;
  /** Mail address to send to; by default the one the customer wrote from, else the first on file that does not fail. */
  to?: string | null;
  attachments?: readonly { filename: string; contentType: string; sha256: Buffer }[];
}

export type Replied =
  | { ok: true; interactionId: string; mailId: string | null; leavesAt: Date }
  | { ok: false; why: 'not_found' | 'empty' | 'closed' | 'newer_unread' | 'address_not_on_file' };

/**
 * Answers the customer in the advisor's name: on the timeline now, by mail after the time to undo. Keeps the open
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
  const to = await addressee(tx, caseFile.customerId, last?.party ?? '', input.to);
  if (to === 'not_on_file') return { ok: false, why: 'address_not_on_file' };

  const advisorId = actor.kind === 'staff' ? (actor.advisorId ?? caseFile.ownerId) : caseFile.ownerId;
  const leavesAt = new Date(tx.now.getTime() + (input.undoMs ?? UNDO_MS));
  const interactionId = newId();
  await tx.db
    .insertInto('interaction')
    .values({
      id: interactionId,
      customerId: caseFile.customerId,
      caseFileId: caseFile.id,
      channel: to ? 'mail' : 'message',
      direction: 'out',
      at: tx.now,
      byStaff: staffIdOf(actor),
      byAdvisor: advisorId,
      party: to ?? '',
      subject: caseFile.subject,
      text: input.text,
    })
    .execute();
  await attach(tx, caseFile.customerId, interactionId, input.attachments ?? []);
  const mailId = to ? await mailReply(tx, { ...input, to, advisorId, interactionId, caseFile, leavesAt }) : null;
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
      channel: to ? 'mail' : 'message',
      unansweredSince: caseFile.unansweredSince?.toISOString() ?? null,
    },
  });
  return { ok: true, interactionId, mailId, leavesAt };
}

async function lastReceived(tx: Tx, caseFileId: string) {
  return tx.db
    .selectFrom('interaction')
    .where('caseFileId', '=', caseFileId)
    .where('direction', '=', 'in')
    .select(['id', 'party', 'channel', 'messageId'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

/** The address to answer to. One that a colleague typed must be on the customer's file. */
async function addressee(
  tx: Tx,
  customerId: string,
  party: string,
  wanted: string | null | undefined,
): Promise<string | null | 'not_on_file'> {
  const points = await tx.db
    .selectFrom('contactPoint')
    .where('customerId', '=', customerId)
    .where('kind', '=', 'mail')
    .select(['value', 'failingSince'])
    .orderBy('id')
    .execute();
  if (wanted) return points.find((point) => point.value === wanted.toLowerCase())?.value ?? 'not_on_file';
  const wroteFrom = points.find((point) => point.value === party.toLowerCase() && !point.failingSince);
  return (wroteFrom ?? points.find((point) => !point.failingSince))?.value ?? null;
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

async function mailReply(
  tx: Tx,
  facts: {
    to: string;
    text: string;
    advisorId: string;
    interactionId: string;
    leavesAt: Date;
    caseFile: { id: string; customerId: string; subject: string };
    attachments?: Reply['attachments'];
  },
): Promise<string> {
  const { operator, advisors } = await readRoster(tx.db, tx.now);
  const before = await tx.db
    .selectFrom('interaction')
    .where('caseFileId', '=', facts.caseFile.id)
    .where('messageId', 'is not', null)
    .select('messageId')
    .orderBy('at')
    .execute();
  const ids = before.flatMap((row) => row.messageId ?? []);
  const mailId = await writeMail(tx, {
    kind: 'reply',
    to: facts.to,
    subject: `Re: ${facts.caseFile.subject.replace(/^(re\s*:\s*)+/i, '')}`,
    text: `${facts.text.trimEnd()}\n\n${advisors.get(facts.advisorId)?.name ?? ''}\n${operator.name}\n`,
    advisorId: facts.advisorId,
    customerId: facts.caseFile.customerId,
    caseFileId: facts.caseFile.id,
    interactionId: facts.interactionId,
    inReplyTo: ids.at(-1) ?? null,
    references: ids.slice(-20),
    automatic: false,
    leaveAfter: facts.leavesAt,
    attachments: facts.attachments,
  });
  await tx.db
    .updateTable('interaction')
    .set({ messageId: sql`(select message_id from outgoing_mail where id = ${mailId})` })
    .where('id', '=', facts.interactionId)
    .execute();
  return mailId;
}

async function keepAnswers(
  tx: Tx,
  actor: Actor,
  caseFile: { id: string; customerId: string },
  ownerId: string,
  next: Reply['next'],
): Promise<void> {
  const owner = await tx.db
    .selectFrom('caseFile')
    .where('id', '=', caseFile.id)
    .select('ownerId')
    .executeTakeFirstOrThrow();
  const answers = await openCommitments(tx.db)
    .where('caseFileId', '=', caseFile.id)
    .where('kind', '=', 'answer')
    .select('id')
    .execute();
  const others = await openCommitments(tx.db)
    .where('caseFileId', '=', caseFile.id)
    .where('kind', '!=', 'answer')
    .select('id')
    .limit(1)
    .execute();
  if (next)
    await makeCommitment(tx, actor, {
      customerId: caseFile.customerId,
      caseFileId: caseFile.id,
      ownerId: owner.ownerId,
      ...next,
    });
  else if (others.length === 0) await promiseNews(tx, actor, caseFile, owner.ownerId);
  for (const answer of answers) await keepCommitment(tx, actor, { id: answer.id, advisorId: ownerId });
}

/** An answered matter that stays open: we come back to it, by a date, even when nothing was asked. */
async function promiseNews(
  tx: Tx,
  actor: Actor,
  caseFile: { id: string; customerId: string },
  ownerId: string,
): Promise<void> {
  const { advisors } = await readRoster(tx.db, tx.now);
  const calendar = advisors.get(ownerId)?.calendar;
  if (!calendar) throw new Error(`advisor ${ownerId} is not on the roster`);
  const dueAt = new Date(addWorkingMinutes(calendar, tx.now.getTime(), NEWS_WITHIN_MINUTES));
  await makeCommitment(tx, actor, {
    customerId: caseFile.customerId,
    caseFileId: caseFile.id,
    kind: 'nextNews',
    ownerId,
    dueAt,
  });
}
