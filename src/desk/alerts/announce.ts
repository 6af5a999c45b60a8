import { newId } from '../id.ts';
import type { Tx } from '../tx.ts';

/** Writes down that a post or a comment is to be told of, and begins telling. The same thing is told of once. */
export async function announce(tx: Tx, about: { postId: string; commentId: string | null }): Promise<void> {
  const event = await tx.db
    .insertInto('alertEvent')
    .values({ id: newId(), ...about, at: tx.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (event) await tx.enqueue('tell-alerts', { id: event.id });
}
