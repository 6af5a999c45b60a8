import { type Actor, staffIdOf } from '../actor.ts';
import { announce } from '../alerts/announce.ts';
import type { Tx } from '../tx.ts';

/** What is older was taken over from elsewhere: nobody is sent a mail about it. */
const NEWS_MS = 24 * 3_600_000;

/** Publishes a draft now, at a time to come, or (an archive that is taken over) as of its own time. False when there is no such post or readers have already seen it. */
export async function publishPost(tx: Tx, actor: Actor, id: string, at: Date): Promise<boolean> {
  const post = await tx.db
    .updateTable('post')
    .set({ publishAt: at, publishedBy: staffIdOf(actor) })
    .where('id', '=', id)
    .where('withdrawnAt', 'is', null)
    .where((eb) => eb.or([eb('publishAt', 'is', null), eb('publishAt', '>', tx.now)]))
    .returning('id')
    .executeTakeFirst();
  if (post) await announceDuePosts(tx);
  return post !== undefined;
}

/** Makes a scheduled post a draft again. False when it is out already. */
export async function unschedulePost(tx: Tx, id: string): Promise<boolean> {
  const post = await tx.db
    .updateTable('post')
    .set({ publishAt: null, publishedBy: null })
    .where('id', '=', id)
    .where('publishAt', '>', tx.now)
    .returning('id')
    .executeTakeFirst();
  return post !== undefined;
}

/** Takes a post off the public pages; why is shown at its address. False when there is no such post. */
export async function withdrawPost(tx: Tx, actor: Actor, id: string, why: string): Promise<boolean> {
  const post = await tx.db
    .updateTable('post')
    .set({ withdrawnAt: tx.now, withdrawnBy: staffIdOf(actor), withdrawnWhy: why })
    .where('id', '=', id)
    .where('withdrawnAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (post) await tx.record({ type: 'post.withdrawn', facts: { postId: id } });
  return post !== undefined;
}

/** Tells the event log and the alerts of every post whose time has come, once. Returns how many. */
export async function announceDuePosts(tx: Tx): Promise<number> {
  const due = await tx.db
    .updateTable('post')
    .set({ announcedAt: tx.now })
    .where('announcedAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .where('publishAt', '<=', tx.now)
    .returning(['id', 'genre', 'publishAt'])
    .execute();
  for (const { id, genre, publishAt } of due) {
    await tx.record({ type: 'post.published', facts: { postId: id, genre } });
    const isNews = tx.now.getTime() - (publishAt ?? tx.now).getTime() < NEWS_MS;
    if (isNews) await announce(tx, { postId: id, commentId: null });
  }
  return due.length;
}
