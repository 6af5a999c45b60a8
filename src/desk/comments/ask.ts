import { createHash } from 'node:crypto';
import type { Actor } from '../actor.ts';
import type { Received } from '../interactions/incoming.ts';
import { receiveInteraction } from '../interactions/receive.ts';
import type { Tx } from '../tx.ts';

/**
 * Makes a comment a message to the right advisor, with a commitment: by the reader's own tick or the moderator's press.
 * An address we do not know goes to the tray like any other message. Null when it was done before.
 */
export async function askOperator(tx: Tx, actor: Actor, commentId: string): Promise<Received | null> {
  const comment = await tx.db
    .selectFrom('comment')
    .innerJoin('post', 'post.id', 'postId')
    .where('comment.id', '=', commentId)
    .where('comment.confirmedAt', 'is not', null)
    .where('comment.withdrawnAt', 'is', null)
    .where('comment.mail', 'is not', null)
    .where('comment.askedAt', 'is', null)
    .select([
      'comment.id',
      'comment.name',
      'comment.mail',
      'comment.text',
      'comment.locale',
      'comment.postId',
      'post.slug',
    ])
    .forUpdate('comment')
    .executeTakeFirst();
  if (!comment) return null;
  const received = await receiveInteraction(tx, actor, {
    channel: 'comment',
    at: tx.now,
    from: { mail: comment.mail, name: comment.name },
    proven: true,
    subject: await subjectOf(tx, comment),
    text: `${comment.text}\n\n${tx.origin}/${comment.locale}/posts/${comment.slug}#c-${comment.id}`,
    contentHash: createHash('sha256').update(`comment:${comment.id}`).digest(),
    acknowledge: true,
  });
  await tx.db
    .updateTable('comment')
    .set({
      askedAt: tx.now,
      interactionId: received.kind === 'interaction' ? received.id : null,
      trayItemId: received.kind === 'tray' ? received.id : null,
    })
    .where('id', '=', comment.id)
    .execute();
  return received;
}

/** In the operator's language: it is the staff that reads it. */
async function subjectOf(tx: Tx, { postId }: { postId: string }): Promise<string> {
  const { locale } = await tx.db.selectFrom('operator').select('locale').executeTakeFirstOrThrow();
  const said = await tx.db
    .selectFrom('postVersion')
    .where('postId', '=', postId)
    .select('title')
    .orderBy('writtenAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  const title = said?.title ?? '';
  return locale === 'fr' ? `Question posée sous « ${title} »` : `Question asked below “${title}”`;
}
