import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Received } from '../interactions/incoming.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';

/** How long the link of a question can be used. */
const USABLE_DAYS = 60;

export interface AskedQuestion {
  id: string;
  customerId: string;
  caseFileId: string;
  subject: string;
  closingWords: string | null;
  ownerId: string;
  afterDays: number;
  answer: 'yes' | 'no' | null;
}

/** The question of a link, while it can be answered; undefined later. */
export async function readQuestion(db: Kysely<DB>, now: Date, id: string): Promise<AskedQuestion | undefined> {
  return db
    .selectFrom('solvedQuestion')
    .innerJoin('caseFile', 'caseFile.id', 'solvedQuestion.caseFileId')
    .where('solvedQuestion.id', '=', id)
    .where('askedAt', '>', new Date(now.getTime() - USABLE_DAYS * 86_400_000))
    .select(['solvedQuestion.id', 'solvedQuestion.customerId', 'caseFileId', 'subject', 'closingWords', 'ownerId'])
    .select(['afterDays', 'answer'])
    .executeTakeFirst();
}

export type SolvedAnswered = { answer: 'yes' } | { answer: 'no'; received: Received };

/**
 * The customer's own press. A yes is noted. A no joins the conversation as a message: the case file is open again, with its
 * owner and a new commitment. A second press changes nothing; a yes may still become a no, never the other way round.
 */
export async function answerQuestion(
  tx: Tx,
  actor: Actor,
  { question, answer, text }: { question: AskedQuestion; answer: 'yes' | 'no'; text: string },
): Promise<SolvedAnswered> {
  const said = question.answer === 'no' ? 'no' : answer;
  const changed = await tx.db
    .updateTable('solvedQuestion')
    .set({ answer: said, answeredAt: tx.now })
    .where('id', '=', question.id)
    .where((eb) => eb.or([eb('answer', 'is', null), eb('answer', '!=', said)]))
    .returning('id')
    .executeTakeFirst();
  if (changed)
    await tx.record({
      type: 'casefile.answered_solved',
      customerId: question.customerId,
      advisorId: question.ownerId,
      caseFileId: question.caseFileId,
      facts: { answer: said, afterDays: question.afterDays },
    });
  if (said === 'yes') return { answer: 'yes' };
  const received = await receiveInteraction(tx, actor, {
    channel: 'message',
    at: tx.now,
    from: { customerId: question.customerId },
    proven: true,
    subject: question.subject,
    text,
    caseFileId: question.caseFileId,
    contentHash: createHash('sha256').update(`not solved ${question.id}`).digest(),
    acknowledge: false,
  });
  return { answer: 'no', received };
}
