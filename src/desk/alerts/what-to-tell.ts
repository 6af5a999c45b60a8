import { postSummary } from '../../core/text/post-html.ts';
import type { Genre } from '../posts/genre.ts';
import type { Tx } from '../tx.ts';
import { readPost } from '../views/post.ts';

/** One text in a language, as a mail tells of it. */
export interface ToldText {
  title: string;
  summary: string;
}

/** What an event tells of: a post, or a comment below it. */
export interface Told {
  postId: string;
  slug: string;
  genre: Genre;
  paidBy: string | null;
  texts: Partial<Record<'fr' | 'en', ToldText>>;
  comment: { id: string; name: string; text: string; mail: string | null } | null;
}

/** Undefined when it was hidden, withdrawn or put off before it could be told. */
export async function whatToTell(
  tx: Tx,
  { postId, commentId }: { postId: string; commentId: string | null },
): Promise<Told | undefined> {
  const post = await readPost(tx.db, { id: postId }, 'fr', tx.now);
  if (!post?.publishAt || post.publishAt > tx.now || post.withdrawnAt) return undefined;
  const comment = commentId ? await shown(tx, commentId) : null;
  if (commentId && !comment) return undefined;
  const texts: Told['texts'] = {};
  for (const { locale, title, markdown } of post.versions)
    texts[locale] ??= { title, summary: postSummary(markdown, 400) };
  return { postId, slug: post.slug, genre: post.genre, paidBy: post.paidBy, texts, comment: comment ?? null };
}

function shown({ db }: Tx, id: string): Promise<Told['comment'] | undefined> {
  return db
    .selectFrom('comment')
    .where('id', '=', id)
    .where('shownAt', 'is not', null)
    .where('hiddenAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .select(['id', 'name', 'text', 'mail'])
    .executeTakeFirst();
}
