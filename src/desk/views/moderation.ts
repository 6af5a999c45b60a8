import { type Kysely, sql } from 'kysely';
import type { Comment, DB, Moderation } from '../tables.ts';

/** One line of the moderator's page: a comment, or many that resemble each other. */
export interface QueueLine {
  /** Of the comment that is shown. */
  id: string;
  likenessId: string | null;
  count: number;
  name: string;
  text: string;
  at: Date;
  heldWhy: Comment['heldWhy'];
  slug: string;
  asked: boolean;
}

export const QUEUE = 25;

/** What waits, those like no other first and then the oldest: a flood of one text is one line, and stands below. */
export async function moderationQueue(
  db: Kysely<DB>,
  page = 1,
): Promise<{ lines: QueueLine[]; groups: number; comments: number }> {
  const { rows } = await sql<QueueLine & { groups: number; comments: number }>`
    with waiting as (
      select id, likeness_id, confirmed_at, coalesce(likeness_id, id) as grp from comment
      where held_why is not null and hidden_at is null and withdrawn_at is null and confirmed_at is not null),
    grouped as (
      select grp, count(*)::int as count, min(confirmed_at) as since, (array_agg(id order by confirmed_at, id))[1] as id
      from waiting group by grp),
    page as (
      select *, count(*) over ()::int as groups, sum(count) over ()::int as comments from grouped
      order by count > 2, since, id limit ${QUEUE} offset ${(page - 1) * QUEUE})
    select c.id, c.likeness_id, page.count, page.groups, page.comments, c.name, c.text, c.confirmed_at as at, c.held_why,
      post.slug, c.asked_at is not null as asked
    from page join comment c on c.id = page.id join post on post.id = c.post_id
    order by page.count > 2, page.since, page.id`.execute(db);
  return { lines: rows, groups: rows[0]?.groups ?? 0, comments: rows[0]?.comments ?? 0 };
}

export interface ReportedLine {
  id: string;
  name: string;
  text: string;
  slug: string;
  count: number;
  reasons: string[];
  words: string[];
  since: Date;
}

/** Comments readers have reported, the longest-waiting first. */
export async function reportedComments(db: Kysely<DB>): Promise<ReportedLine[]> {
  const { rows } = await sql<ReportedLine>`
    select c.id, c.name, c.text, post.slug, count(*)::int as count, array_agg(distinct r.reason) as reasons,
      array_remove(array_agg(distinct r.words), '') as words, min(r.at) as since
    from comment_report r join comment c on c.id = r.comment_id join post on post.id = c.post_id
    where r.settled_at is null group by c.id, c.name, c.text, post.slug order by min(r.at) limit 100`.execute(db);
  return rows;
}

/** What can be read now or was hidden, newest first, for a second look. */
export async function decidedComments(db: Kysely<DB>, which: 'shown' | 'hidden') {
  return db
    .selectFrom('comment')
    .innerJoin('post', 'post.id', 'postId')
    .where('shownAt', 'is not', null)
    .where('hiddenAt', which === 'shown' ? 'is' : 'is not', null)
    .where('comment.withdrawnAt', 'is', null)
    .where('comment.byStaff', 'is', null)
    .select(['comment.id', 'name', 'text', 'slug', 'shownAt', 'askedAt'])
    .orderBy('shownAt', 'desc')
    .limit(50)
    .execute();
}

/** Questions that were answered to their writer, who wished the answer to stand below. */
export async function answersToPublish(db: Kysely<DB>) {
  return db
    .selectFrom('comment')
    .innerJoin('post', 'post.id', 'postId')
    .leftJoin('trayItem', 'trayItem.id', 'trayItemId')
    .innerJoin('interaction as asked', (join) =>
      join.on((eb) => eb('asked.id', '=', eb.fn.coalesce('comment.interactionId', 'trayItem.interactionId'))),
    )
    .innerJoin('interaction as given', (join) =>
      join
        .onRef('given.caseFileId', '=', 'asked.caseFileId')
        .on('given.direction', '=', 'out')
        .on('given.byStaff', 'is not', null)
        .onRef('given.at', '>=', 'asked.at'),
    )
    .where('comment.answerPublicly', '=', true)
    .where('comment.shownAt', 'is not', null)
    .where('comment.hiddenAt', 'is', null)
    .where('comment.withdrawnAt', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('comment as below').whereRef('below.answerInteractionId', '=', 'given.id').select('below.id'),
        ),
      ),
    )
    .select(['comment.id', 'comment.name', 'comment.text', 'slug', 'given.id as interactionId', 'given.text as answer'])
    .orderBy('given.at')
    .limit(50)
    .execute();
}

export interface RemovedLine {
  at: Date;
  reason: NonNullable<Moderation['reason']>;
  slug: string;
  title: string;
}

/** The public log: what could be read and was removed, when and why, never the text; and how many were refused before. */
export async function removalLog(
  db: Kysely<DB>,
  now: Date,
): Promise<{ removed: RemovedLine[]; refused: { reason: RemovedLine['reason']; count: number }[] }> {
  const removed = await sql<RemovedLine>`
    select m.at, m.reason, post.slug, (select title from post_version v where v.post_id = post.id order by written_at desc, id desc limit 1) as title
    from moderation m join comment c on c.id = m.comment_id join post on post.id = c.post_id
    where m.verdict = 'hide' and c.hidden_at is not null order by m.at desc limit 200`.execute(db);
  const refused = await sql<{ reason: RemovedLine['reason']; count: number }>`
    select reason, count(*)::int as count from moderation
    where verdict = 'refuse' and at > ${new Date(now.getTime() - 365 * 86_400_000)} group by reason order by 2 desc`.execute(
    db,
  );
  return { removed: removed.rows, refused: refused.rows };
}

/** A comment as its own writer sees it through their link. */
export async function ownComment(db: Kysely<DB>, id: string) {
  const comment = await db
    .selectFrom('comment')
    .innerJoin('post', 'post.id', 'postId')
    .where('comment.id', '=', id)
    .where('comment.byStaff', 'is', null)
    .select(['comment.id', 'name', 'text', 'writtenAt', 'confirmedAt', 'shownAt', 'hiddenAt', 'slug', 'askedAt'])
    .select('comment.withdrawnAt')
    .executeTakeFirst();
  if (!comment) return undefined;
  const last = await db
    .selectFrom('moderation')
    .where('commentId', '=', id)
    .where('reason', 'is not', null)
    .select(['reason', 'words'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { ...comment, reason: last?.reason ?? null, words: last?.words ?? '' };
}
