import { createHash } from 'node:crypto';
import { type Actor, staffIdOf } from '../actor.ts';
import { announce } from '../alerts/announce.ts';
import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';
import { readRoster } from '../views/roster.ts';

export interface PublicAnswer {
  commentId: string;
  text: string;
  /** The answer the advisor gave the writer, now to stand below the comment as well. */
  interactionId: string | null;
}

/**
 * The operator's answer below a comment, in the name of the advisor who gave it, or of whoever writes it here. An answer
 * that was given to the writer is published only when the writer wished it. False when it cannot stand there.
 */
export async function answerComment(
  tx: Tx,
  actor: Actor,
  { commentId, text, interactionId }: PublicAnswer,
): Promise<boolean> {
  const staffId = staffIdOf(actor);
  const comment = await tx.db
    .selectFrom('comment')
    .where('id', '=', commentId)
    .where('shownAt', 'is not', null)
    .where('hiddenAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .select(['id', 'postId', 'parentId', 'locale', 'answerPublicly'])
    .executeTakeFirst();
  if (!comment || !staffId || !text.trim() || (interactionId && !comment.answerPublicly)) return false;
  const given = interactionId
    ? await tx.db.selectFrom('interaction').where('id', '=', interactionId).select('byAdvisor').executeTakeFirst()
    : undefined;
  const byAdvisor = given?.byAdvisor ?? (actor.kind === 'staff' ? actor.advisorId : null);
  const id = newId();
  const row = await tx.db
    .insertInto('comment')
    .values({
      id,
      postId: comment.postId,
      parentId: comment.parentId ?? comment.id,
      locale: comment.locale,
      name: await nameOf(tx, byAdvisor, staffId),
      text: text.trim(),
      byStaff: staffId,
      byAdvisor,
      writtenAt: tx.now,
      confirmedAt: tx.now,
      shownAt: tx.now,
      answerInteractionId: interactionId,
      contentHash: createHash('sha256')
        .update(JSON.stringify(['answer', commentId, text.trim()]))
        .digest(),
    })
    .onConflict((conflict) => conflict.column('contentHash').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row) await announce(tx, { postId: comment.postId, commentId: id });
  return true;
}

/** As customers know them: an advisor in first-name mode keeps it. */
async function nameOf(tx: Tx, advisorId: string | null, staffId: string): Promise<string> {
  const advisor = advisorId ? (await readRoster(tx.db, tx.now)).advisors.get(advisorId) : undefined;
  if (advisor) return advisor.name;
  const staff = await tx.db.selectFrom('staff').where('id', '=', staffId).select('name').executeTakeFirstOrThrow();
  return staff.name;
}
