import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { prepared } from '../../platform/db/prepared.ts';
import type { Genre } from '../posts/genre.ts';
import type { DB } from '../tables.ts';

type Locale = 'fr' | 'en';

/** A post as lists, feeds and commune pages show it. */
export interface ListedPost {
  id: string;
  slug: string;
  genre: Genre;
  authorName: string;
  paidBy: string | null;
  publishedAt: Date;
  /** In the language asked for when it was written in it, else in the other. */
  locale: Locale;
  title: string;
  markdown: string;
  changedAt: Date;
  /** How many can be read. */
  comments: number;
  commentsOpen: boolean;
}

export interface PostsAsked {
  locale: Locale;
  now: Date;
  /** INSEE code; posts for the whole territory are shown in every commune. */
  commune?: string | undefined;
  limit?: number;
  /** For a further page: those published before. */
  before?: Date | undefined;
}

/** Published posts, newest first. */
export async function publishedPosts(db: Kysely<DB>, asked: PostsAsked): Promise<ListedPost[]> {
  return listed(await postsQuery(db, asked).execute());
}

function listed(rows: Awaited<ReturnType<ReturnType<typeof postsQuery>['execute']>>): ListedPost[] {
  return rows.map((row) => ({ ...row, publishedAt: row.publishAt as Date, comments: Number(row.comments) }));
}

function postsQuery(db: Kysely<DB>, asked: PostsAsked) {
  const { commune, before, limit = 20, now, locale } = asked;
  let query = withText(db.selectFrom('post').where(isPublished(now)), locale)
    .orderBy('post.publishAt', 'desc')
    .orderBy('post.id', 'desc')
    .limit(limit);
  if (before) query = query.where('post.publishAt', '<', before);
  if (commune)
    query = query.where((eb) =>
      eb.or([
        eb('post.wholeTerritory', '=', true),
        eb.exists(
          eb
            .selectFrom('postCommune')
            .whereRef('postCommune.postId', '=', 'post.id')
            .where('communeInsee', '=', commune)
            .select('postCommune.postId'),
        ),
      ]),
    );
  return query;
}

const ON_COMMUNE_PAGE = 3;

/** The three newest posts that concern this commune: for its page. */
export async function postsOfCommune(
  db: Kysely<DB>,
  commune: string,
  { locale, now }: { locale: Locale; now: Date },
): Promise<ListedPost[]> {
  return listed(await rowsOfCommune(db, { commune, locale, now }));
}

const rowsOfCommune = prepared((db: Kysely<DB>, given: { commune: string; locale: Locale; now: Date }) =>
  postsQuery(db, { commune: given.commune, locale: given.locale, now: given.now, limit: ON_COMMUNE_PAGE }),
);

/** Published, its time has come, and not taken back. */
export function isPublished(now: Date) {
  return sql<boolean>`post.publish_at <= ${now} and post.withdrawn_at is null`;
}

function withText<O>(query: SelectQueryBuilder<DB, 'post', O>, locale: Locale) {
  return query
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('postVersion')
          .whereRef('postVersion.postId', '=', 'post.id')
          .select(['postVersion.locale', 'postVersion.title', 'postVersion.markdown', 'postVersion.writtenAt'])
          .orderBy(sql`(locale = ${locale}) desc, written_at desc, id desc`)
          .limit(1)
          .as('said'),
      (join) => join.onTrue(),
    )
    .select([
      'post.id',
      'post.slug',
      'post.genre',
      'post.authorName',
      'post.paidBy',
      'post.publishAt',
      'post.commentsOpen',
      'said.locale',
      'said.title',
      'said.markdown',
    ])
    .select(sql<Date>`greatest(said.written_at, post.publish_at)`.as('changedAt'))
    .select((eb) =>
      eb
        .selectFrom('comment')
        .whereRef('comment.postId', '=', 'post.id')
        .where('shownAt', 'is not', null)
        .where('hiddenAt', 'is', null)
        .where('withdrawnAt', 'is', null)
        .select((of) => of.fn.countAll<number>().as('count'))
        .as('comments'),
    );
}
