import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';

/**
 * The writer puts another text in the place of theirs; the earlier one is kept. A moderator reads the new one before it
 * is shown, wherever a moderator reads first. False when there is nothing to edit.
 */
export async function editComment(tx: Tx, id: string, text: string): Promise<boolean> {
  const comment = await tx.db
    .selectFrom('comment')
    .where('id', '=', id)
    .where('byStaff', 'is', null)
    .where('withdrawnAt', 'is', null)
    .select(['text', 'confirmedAt'])
    .forUpdate()
    .executeTakeFirst();
  if (!comment) return false;
  if (comment.text === text) return true;
  await tx.db
    .insertInto('commentVersion')
    .values({ id: newId(), commentId: id, text: comment.text, until: tx.now })
    .execute();
  const again = comment.confirmedAt ? { heldWhy: 'edited' as const, shownAt: null, hiddenAt: null } : {};
  await tx.db
    .updateTable('comment')
    .set({ text, editedAt: tx.now, ...again })
    .where('id', '=', id)
    .execute();
  return true;
}

/** The writer takes it back: gone from every page and feed. False when it was gone already. */
export async function withdrawComment(tx: Tx, id: string): Promise<boolean> {
  const comment = await tx.db
    .updateTable('comment')
    .set({ withdrawnAt: tx.now, heldWhy: null })
    .where('id', '=', id)
    .where('byStaff', 'is', null)
    .where('withdrawnAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (comment) await tx.record({ type: 'comment.withdrawn', facts: { commentId: id } });
  return comment !== undefined;
}
