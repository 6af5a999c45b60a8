import { type Kysely, sql } from 'kysely';
import { prepared } from '../../platform/db/prepared.ts';
import type { DB } from '../tables.ts';

/** A comment as readers see it: never a mail address. */
export interface ShownComment {
  id: string;
  parentId: string | null;
  /** As the writer gave it, or the advisor's name for an answer of the operator's. */
  name: string;
  text: string;
  at: Date;
  editedAt: Date | null;
  /** The operator's answer, marked as such. */
  ours: boolean;
}

/** A comment with the replies to it. */
export interface Thread extends ShownComment {
  replies: ShownComment[];
}

/** One page of the comments of a post, oldest first, each with its replies, and how many threads there are. */
export async function threadsOf(
  db: Kysely<DB>,
  postId: string,
  { page, size }: { page: number; size: number },
): Promise<{ threads: Thread[]; count: number }> {
  const place = { postId, limit: size, offset: (page - 1) * size };
  const [tops, replies] = await Promise.all([topsOn(db, place), repliesOn(db, place)]);
  const threads = tops.map((top) => ({
    ...toShown(top),
    replies: replies.filter(({ parentId }) => parentId === top.id).map(toShown),
  }));
  return { threads, count: Number(tops[0]?.count ?? 0) };
}

interface OnPage {
  postId: string;
  limit: number;
  offset: number;
}

const topsOn = prepared((db: Kysely<DB>, given: OnPage) =>
  topsQuery(db, given).select(sql<number>`count(*) over ()`.as('count')),
);

const repliesOn = prepared((db: Kysely<DB>, given: OnPage) =>
  shown(db)
    .where('parentId', 'in', db.selectFrom(topsQuery(db, given).as('top')).select('top.id'))
    .orderBy('shownAt')
    .orderBy('id'),
);

function topsQuery(db: Kysely<DB>, { postId, limit, offset }: OnPage) {
  return shown(db)
    .where('postId', '=', postId)
    .where('parentId', 'is', null)
    .orderBy('shownAt')
    .orderBy('id')
    .limit(limit)
    .offset(offset);
}

/** One comment that can be read, to reply to or to report. */
export async function shownComment(
  db: Kysely<DB>,
  id: string,
): Promise<(ShownComment & { postId: string }) | undefined> {
  if (!/^[\da-f-]{36}$/i.test(id)) return undefined;
  const row = await shown(db).where('id', '=', id).executeTakeFirst();
  return row && { ...toShown(row), postId: row.postId };
}

/** A reply whose comment was taken away goes with it. */
function shown(db: Kysely<DB>) {
  return db
    .selectFrom('comment')
    .where('shownAt', 'is not', null)
    .where('hiddenAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .select(['id', 'postId', 'parentId', 'name', 'text', 'shownAt', 'editedAt', 'byStaff']);
}

interface Row {
  id: string;
  parentId: string | null;
  name: string;
  text: string;
  shownAt: Date | null;
  editedAt: Date | null;
  byStaff: string | null;
}

function toShown({ id, parentId, name, text, shownAt, editedAt, byStaff }: Row): ShownComment {
  return { id, parentId, name, text, at: shownAt as Date, editedAt, ours: byStaff !== null };
}

/** A comment in a feed, with the post it stands below. */
export interface FeedComment extends ShownComment {
  slug: string;
  postId: string;
}

interface Newest {
  limit: number;
  now: Date;
}

/** The newest comments that can be read, of one post or of all. */
export async function newestComments(
  db: Kysely<DB>,
  { postId, limit, now }: Newest & { postId?: string },
): Promise<FeedComment[]> {
  const rows = postId ? await newestOfPost(db, { postId, limit, now }) : await newestOfAll(db, { limit, now });
  return rows.map((row) => ({ ...toShown(row), slug: row.slug, postId: row.postId }));
}

const newestOfAll = prepared((db: Kysely<DB>, given: Newest) => newestQuery(db, given));

const newestOfPost = prepared((db: Kysely<DB>, given: Newest & { postId: string }) =>
  newestQuery(db, given).where('comment.postId', '=', given.postId),
);

function newestQuery(db: Kysely<DB>, { limit, now }: Newest) {
  return db
    .selectFrom('comment')
    .innerJoin('post', 'post.id', 'comment.postId')
    .leftJoin('comment as parent', 'parent.id', 'comment.parentId')
    .where(sql<boolean>`post.publish_at <= ${now} and post.withdrawn_at is null`)
    .where('comment.shownAt', 'is not', null)
    .where('comment.hiddenAt', 'is', null)
    .where('comment.withdrawnAt', 'is', null)
    .where(sql<boolean>`(parent.id is null or (parent.hidden_at is null and parent.withdrawn_at is null))`)
    .select(['comment.id', 'comment.postId', 'comment.parentId', 'comment.name', 'comment.text', 'comment.shownAt'])
    .select(['comment.editedAt', 'comment.byStaff', 'post.slug'])
    .orderBy('comment.shownAt', 'desc')
    .limit(limit);
}
