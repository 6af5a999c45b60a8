import { addWorkingMinutes } from '../../core/calendar/calendar.ts';
import type { Actor } from '../actor.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';
import { keepCommitment } from './keep.ts';
import { type CommitmentKind, makeCommitment } from './make.ts';
import { openCommitments } from './queries.ts';

/** When nothing else was promised: five working days of eight hours. */
const NEWS_WITHIN_MINUTES = 2400;

/**
 * An answer was given: keeps every commitment to answer, and makes the next one, as chosen or as news within a week, so
 * that the open case file is not left without a date.
 */
export async function keepAnswers(
  tx: Tx,
  actor: Actor,
  caseFile: { id: string; customerId: string },
  ownerId: string,
  next: { kind: CommitmentKind; dueAt: Date; words: string } | undefined,
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
export async function promiseNews(
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
