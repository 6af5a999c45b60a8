import type { Kysely } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { PostInput } from '../../desk/posts/post-input.ts';
import type { DB } from '../../desk/tables.ts';
import type { WholePost } from '../../desk/views/post.ts';
import { communeNamed, communeTyped } from '../public/commune-query.ts';

export type Fields = Readonly<Record<string, string>>;

/** What the editor sent, as a post; communes that cannot be found stay as typed, so that the post is refused for them. */
export async function postOfFields(db: Kysely<DB>, fields: Fields): Promise<PostInput> {
  const typed = (fields.communes ?? '').split('\n').map((line) => line.trim());
  const communes = await Promise.all(
    typed.filter(Boolean).map(async (line) => {
      const found = (await communeNamed(db, line)) ?? (await communeTyped(db, line));
      return found?.insee ?? line;
    }),
  );
  return {
    genre: fields.genre ?? '',
    authorName: fields.author ?? '',
    paidBy: fields.paidBy ?? '',
    wholeTerritory: fields.whole === '1',
    communes,
    answers: fields.genre === 'right-of-reply' ? (fields.answers ?? '') : '',
    clipping: {
      source: (fields.clipSource ?? '').trim(),
      date: (fields.clipDate ?? '').trim(),
      licence: (fields.clipLicence ?? '').trim(),
      link: (fields.clipLink ?? '').trim(),
    },
    commentsOpen: fields.commentsOpen === '1',
    texts: [
      { locale: 'fr', title: fields.titleFr ?? '', markdown: fields.textFr ?? '' },
      { locale: 'en', title: fields.titleEn ?? '', markdown: fields.textEn ?? '' },
    ],
    correction: fields.correction ?? '',
  };
}

/** A stored post as the editor's fields. */
export function fieldsOfPost(post: WholePost): Record<string, string> {
  const fr = post.versions.find(({ locale }) => locale === 'fr');
  const en = post.versions.find(({ locale }) => locale === 'en');
  return {
    genre: post.genre,
    author: post.authorName,
    paidBy: post.paidBy ?? '',
    whole: post.wholeTerritory ? '1' : '',
    communes: post.communes.map(({ insee, name }) => `${name} ${insee}`).join('\n'),
    answers: post.answers?.slug ?? '',
    clipSource: post.clipping?.source ?? '',
    clipDate: post.clipping?.date ?? '',
    clipLicence: post.clipping?.licence ?? '',
    clipLink: post.clipping?.link ?? '',
    commentsOpen: post.commentsOpen ? '1' : '',
    titleFr: fr?.title ?? '',
    textFr: fr?.markdown ?? '',
    titleEn: en?.title ?? '',
    textEn: en?.markdown ?? '',
  };
}

/** "2026-12-01T08:30" on the territory's clocks; undefined when it is no time. */
export function territoryTime(typed: string, zone: string): Date | undefined {
  try {
    return new Date(Temporal.PlainDateTime.from(typed).toZonedDateTime(zone).epochMilliseconds);
  } catch {
    return undefined;
  }
}
