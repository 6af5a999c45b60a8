import { storeBlob } from '../interactions/blobs.ts';
import type { Tx } from '../tx.ts';
import { insertAll } from './bulk.ts';
import { drawClipping } from './clipping.ts';
import { makeComments } from './comments.ts';
import { type DemoPost, demoPosts } from './post-list.ts';
import { makeVoices } from './voices.ts';
import { days, type MadeAdvisor, type Making } from './world.ts';

/** A few posts of every kind an operator may publish, with what readers say: invented like everything here. */
export async function makePosts(tx: Tx, making: Making, advisors: readonly MadeAdvisor[]): Promise<void> {
  const { dice, now } = making;
  const author = advisors[0]!;
  const made = demoPosts.map((post) => {
    const at = new Date(now.getTime() - days(post.daysAgo));
    return { ...post, id: dice.id(at), at };
  });
  const idOf = (slug: string | undefined) => made.find((post) => post.slug === slug)?.id ?? null;
  await insertAll(
    tx,
    'post',
    made.map((post) => ({
      id: post.id,
      slug: post.slug,
      genre: post.genre,
      authorStaff: author.staffId,
      authorName: post.author,
      paidBy: post.paidBy ?? null,
      wholeTerritory: !post.communes,
      answersPostId: idOf(post.answers),
      clipSource: post.clipping?.source ?? null,
      clipDate: post.clipping ? post.at.toISOString().slice(0, 10) : null,
      clipLicence: post.clipping?.licence ?? null,
      clipLink: post.clipping?.link ?? null,
      commentsOpen: true,
      madeAt: post.at,
      publishAt: post.draft ? null : post.at,
      publishedBy: post.draft ? null : author.staffId,
      announcedAt: post.draft ? null : post.at,
      demo: true,
    })),
  );
  await insertAll(
    tx,
    'postCommune',
    made.flatMap(({ id, communes }) => (communes ?? []).map((communeInsee) => ({ postId: id, communeInsee }))),
  );
  await insertAll(
    tx,
    'postVersion',
    made.flatMap((post) => versionsOf(post, making, author.staffId)),
  );
  await addClipping(tx, making, made.find(({ clipping }) => clipping)?.id ?? '', author.staffId);
  await makeVoices(tx, making);
  await makeComments(tx, making, idOf('un-nom-un-visage-un-numero') ?? '', advisors);
}

function versionsOf(post: DemoPost & { id: string; at: Date }, { dice }: Making, byStaff: string) {
  const first = (['fr', 'en'] as const).flatMap((locale) => {
    const said = post[locale];
    if (!said) return [];
    const markdown = post.corrected ? said.markdown.replace(post.corrected.right, post.corrected.wrong) : said.markdown;
    return [version(post, locale, said.title, markdown, null, post.at)];
  });
  if (!post.corrected || !post.fr) return first;
  const later = new Date(post.at.getTime() + days(1));
  return [...first, version(post, 'fr', post.fr.title, post.fr.markdown, post.corrected.words, later)];

  function version(
    { id }: { id: string },
    locale: 'fr' | 'en',
    title: string,
    markdown: string,
    correction: string | null,
    writtenAt: Date,
  ) {
    return { id: dice.id(writtenAt), postId: id, locale, title, markdown, correction, writtenAt, byStaff };
  }
}

async function addClipping(tx: Tx, { dice, now }: Making, postId: string, addedBy: string): Promise<void> {
  const imageId = dice.id(now);
  const { variants } = await drawClipping();
  const alt = 'Page de journal : « Un nom, un visage, un numéro », en trois colonnes';
  await insertAll(tx, 'image', [{ id: imageId, postId, position: 1, alt, addedAt: now, addedBy }]);
  for (const { width, height, bytes } of variants) {
    const sha256 = await storeBlob(tx, bytes);
    await insertAll(tx, 'imageVariant', [{ imageId, width, height, sha256 }]);
  }
}
