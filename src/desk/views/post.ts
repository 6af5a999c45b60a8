import { type Kysely, sql } from 'kysely';
import type { PostImage } from '../../core/text/post-html.ts';
import { prepared } from '../../platform/db/prepared.ts';
import type { DB } from '../tables.ts';

type Locale = 'fr' | 'en';

export interface PostVersionRead {
  id: string;
  locale: Locale;
  title: string;
  markdown: string;
  correction: string | null;
  writtenAt: Date;
}

/** Another post, as a link to it is shown. */
export interface OtherPost {
  slug: string;
  title: string;
  authorName: string;
}

/** A post with everything its page and its editor show. */
export interface WholePost {
  id: string;
  slug: string;
  genre: DB['post']['genre'];
  authorName: string;
  paidBy: string | null;
  wholeTerritory: boolean;
  communes: { insee: string; name: string }[];
  commentsOpen: boolean;
  clipping: { source: string; date: string; licence: string; link: string } | null;
  publishAt: Date | null;
  withdrawnAt: Date | null;
  withdrawnWhy: string | null;
  /** Every text there was, newest first. */
  versions: PostVersionRead[];
  images: PostImage[];
  answers: OtherPost | null;
  answeredBy: OtherPost[];
}

/** The post at this address, published or not: who may see it is for the page to say. */
export async function readPost(
  db: Kysely<DB>,
  by: { slug: string } | { id: string },
  locale: Locale,
  now: Date,
): Promise<WholePost | undefined> {
  const [post] = await ('slug' in by ? postAt(db, by) : postWith(db, by));
  if (!post) return undefined;
  // Only what this post has: each question to the database costs more than the page's own work on it.
  const [versions, communes, answers, answeredBy] = await Promise.all([
    versionsOf(db, { postId: post.id }),
    post.wholeTerritory ? [] : communesOf(db, post.id),
    post.answersPostId ? postAnswered(db, { id: post.answersPostId, locale, now }) : [],
    postsAnswering(db, { id: post.id, locale, now }),
  ]);
  // Whoever writes it sees every picture; readers those that are shown.
  const pictured = 'id' in by || versions.some(({ markdown }) => markdown.includes('(image-'));
  const images = pictured ? await imagesOf(db, post.id) : [];
  const { clipSource, clipDate, clipLicence, clipLink, ...rest } = post;
  const clipping =
    clipSource || clipLink
      ? { source: clipSource ?? '', date: clipDate ?? '', licence: clipLicence ?? '', link: clipLink ?? '' }
      : null;
  return { ...rest, versions, communes, images, answers: answers[0] ?? null, answeredBy, clipping };
}

const postAt = prepared((db: Kysely<DB>, given: { slug: string }) =>
  db.selectFrom('post').where('slug', '=', given.slug).selectAll(),
);

const postWith = prepared((db: Kysely<DB>, given: { id: string }) =>
  db.selectFrom('post').where('id', '=', given.id).selectAll(),
);

/** The newest text in this language, or else in the other. */
export function shownVersion({ versions }: Pick<WholePost, 'versions'>, locale: Locale): PostVersionRead | undefined {
  return versions.find((version) => version.locale === locale) ?? versions[0];
}

function communesOf(db: Kysely<DB>, postId: string): Promise<{ insee: string; name: string }[]> {
  return db
    .selectFrom('postCommune')
    .innerJoin('commune', 'commune.insee', 'communeInsee')
    .where('postId', '=', postId)
    .select(['insee', 'name'])
    .orderBy('name')
    .execute();
}

const versionsOf = prepared((db: Kysely<DB>, given: { postId: string }) =>
  db
    .selectFrom('postVersion')
    .where('postId', '=', given.postId)
    .select(['id', 'locale', 'title', 'markdown', 'correction', 'writtenAt'])
    .orderBy('writtenAt', 'desc')
    .orderBy('id', 'desc'),
);

async function imagesOf(db: Kysely<DB>, postId: string): Promise<PostImage[]> {
  const rows = await db
    .selectFrom('image')
    .innerJoin('imageVariant', 'imageId', 'image.id')
    .where('postId', '=', postId)
    .select(['image.id', 'position', 'alt', 'width', 'height'])
    .orderBy('position')
    .orderBy('width')
    .execute();
  const images = new Map<string, PostImage & { sizes: { width: number; height: number }[] }>();
  for (const { id, position, alt, width, height } of rows) {
    const image = images.get(id) ?? { id, position, alt, sizes: [] };
    image.sizes.push({ width, height });
    images.set(id, image);
  }
  return [...images.values()];
}

interface OtherAsked {
  /** Of the post whose counterpart is asked for. */
  id: string;
  locale: Locale;
  now: Date;
}

const postAnswered = prepared((db: Kysely<DB>, given: OtherAsked) =>
  otherPosts(db, given).where('post.id', '=', given.id),
);

const postsAnswering = prepared((db: Kysely<DB>, given: OtherAsked) =>
  otherPosts(db, given).where('post.answersPostId', '=', given.id),
);

/** Published posts, with the title people read. */
function otherPosts(db: Kysely<DB>, { locale, now }: OtherAsked) {
  return db
    .selectFrom('post')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('postVersion')
          .whereRef('postId', '=', 'post.id')
          .select('title')
          .orderBy(sql`(locale = ${locale}) desc, written_at desc, id desc`)
          .limit(1)
          .as('said'),
      (join) => join.onTrue(),
    )
    .where(sql<boolean>`post.publish_at <= ${now} and post.withdrawn_at is null`)
    .select(['slug', 'title', 'authorName'])
    .orderBy('publishAt');
}

/** The bytes of one size of a picture, and whether readers may see it: its post is published. */
export async function readImage(
  db: Kysely<DB>,
  imageId: string,
  width: number,
  now: Date,
): Promise<{ bytes: Buffer; published: boolean } | undefined> {
  if (!/^[\da-f-]{36}$/i.test(imageId)) return undefined;
  return db
    .selectFrom('imageVariant')
    .innerJoin('blob', 'blob.sha256', 'imageVariant.sha256')
    .innerJoin('image', 'image.id', 'imageId')
    .innerJoin('post', 'post.id', 'image.postId')
    .where('imageId', '=', imageId)
    .where('imageVariant.width', '=', width)
    .select('bytes')
    .select(sql<boolean>`post.publish_at <= ${now} and post.withdrawn_at is null`.as('published'))
    .executeTakeFirst()
    .then((row) => row && { bytes: row.bytes, published: row.published === true });
}

/** Every post for those who write them, the newest work first. */
export async function postsToEdit(db: Kysely<DB>, locale: Locale, limit = 100) {
  return db
    .selectFrom('post')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('postVersion')
          .whereRef('postId', '=', 'post.id')
          .select(['title', 'writtenAt'])
          .orderBy(sql`(locale = ${locale}) desc, written_at desc, id desc`)
          .limit(1)
          .as('said'),
      (join) => join.onTrue(),
    )
    .where('voiceId', 'is', null)
    .select(['post.id', 'slug', 'genre', 'authorName', 'publishAt', 'withdrawnAt', 'said.title', 'said.writtenAt'])
    .orderBy('said.writtenAt', 'desc')
    .limit(limit)
    .execute();
}
