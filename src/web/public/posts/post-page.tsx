import { raw } from 'hono/html';
import { longDay } from '../../../core/text/dates.ts';
import { postHtml } from '../../../core/text/post-html.ts';
import { typeset } from '../../../core/text/typeset.ts';
import { threadsOf } from '../../../desk/views/comments.ts';
import {
  type OtherPost,
  type PostVersionRead,
  readPost,
  shownVersion,
  type WholePost,
} from '../../../desk/views/post.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { type Scene, setScene, showPage } from '../../ui/page.tsx';
import { Comments, THREADS } from '../comments/comments.tsx';
import { FeedHead } from './feed-links.tsx';
import { genreLabel, labelledTitle } from './label.ts';
import { feedOf } from './list-page.tsx';
import { Preview } from './social-preview.tsx';

/** GET /:locale/posts/:slug — the post with its label before the title, its pictures, and what readers say. */
export async function showPost(c: WebContext): Promise<Response> {
  const { db } = c.var.house;
  const scene = await setScene(c);
  const post = await readPost(db, { slug: c.req.param('slug') ?? '' }, scene.locale, scene.now);
  const said = post && shownVersion(post, scene.locale);
  if (!post || !said || !post.publishAt || post.publishAt > scene.now) return answerNotFound(c);
  if (post.withdrawnAt) return showWithdrawn(c, scene, post);
  const page = Math.max(1, Math.min(1000, Number.parseInt(c.req.query('page') ?? '1', 10) || 1));
  const { threads, count } = await threadsOf(db, post.id, { page, size: THREADS });
  const title = labelledTitle(scene.say, { ...post, title: said.title });
  const comments = {
    path: `/${scene.locale}/posts/${post.slug}/comments`,
    title: scene.say('feedOfComments', { title: said.title }),
  };
  return showPage(c, scene, {
    title: page > 1 ? `${title} (${page})` : title,
    cache: 'public',
    script: post.images.length > 0 ? '/enlarge.js' : undefined,
    head: (
      <>
        <Preview c={c} scene={scene} post={post} said={said} />
        <FeedHead feeds={[comments, feedOf(scene)]} />
      </>
    ),
    body: (
      <>
        <Article scene={scene} post={post} said={said} />
        <Comments scene={scene} post={post} threads={threads} count={count} page={page} feed={comments} />
      </>
    ),
  });
}

function showWithdrawn(c: WebContext, scene: Scene, post: WholePost): Promise<Response> {
  const { say, now, style, locale } = scene;
  const date = longDay(post.withdrawnAt as Date, now, style);
  return showPage(c, scene, {
    title: say('postGoneTitle'),
    status: 410,
    body: (
      <>
        <h1>{say('postGoneTitle')}</h1>
        <p>{say('postGone', { date, why: post.withdrawnWhy ?? '' })}</p>
        <p>
          <a href={`/${locale}/posts`}>{say('postsAll')}</a>
        </p>
      </>
    ),
  });
}

/** The post itself, as readers and its preview show it. */
export function Article({ scene, post, said }: { scene: Scene; post: WholePost; said: PostVersionRead }) {
  const { say, locale, operator, now, style } = scene;
  const lang = said.locale === locale ? undefined : said.locale;
  return (
    <article>
      <p class="genre">{genreLabel(say, post)}</p>
      <h1 lang={lang}>
        <bdi>{typeset(said.title, said.locale)}</bdi>
      </h1>
      <p class="soft">
        {post.publishAt
          ? say('postBy', { name: post.authorName, date: longDay(post.publishAt, now, style) })
          : post.authorName}
        <br />
        {say('postPublishedBy', { operator: operator.name })}{' '}
        {post.paidBy ? say('postPaidBy', { payer: post.paidBy }) : null}
        {post.communes.length > 0 ? (
          <>
            <br />
            {say('postPlaces', { names: post.communes.map(({ name }) => name).join(', ') })}
          </>
        ) : null}
      </p>
      {post.answers ? <Other label={say('postAnswers')} scene={scene} posts={[post.answers]} /> : null}
      {post.answeredBy.length > 0 ? (
        <Other label={say('postAnsweredBy')} scene={scene} posts={post.answeredBy} />
      ) : null}
      {lang ? <p class="away">{say('postOtherLanguage')}</p> : null}
      <div class="text" lang={lang} dir="auto">
        {raw(postHtml(said.markdown, post.images, say('enlarge')))}
      </div>
      <ClippingOf scene={scene} post={post} />
      <Corrections scene={scene} post={post} />
    </article>
  );
}

function Other({ label, scene, posts }: { label: string; scene: Scene; posts: readonly OtherPost[] }) {
  return (
    <p class="away">
      {label}{' '}
      {posts.map(({ slug, title }, index) => (
        <>
          {index > 0 ? ', ' : ''}
          <a href={`/${scene.locale}/posts/${slug}`}>
            <bdi>{title}</bdi>
          </a>
        </>
      ))}
    </p>
  );
}

function ClippingOf({ scene: { say, now, style }, post: { clipping } }: { scene: Scene; post: WholePost }) {
  if (!clipping) return null;
  const date = clipping.date ? longDay(new Date(`${clipping.date}T12:00:00Z`), now, style) : '';
  return (
    <aside class="away" aria-label={say('postClipping')}>
      <p>{say('postClippingFrom', { source: clipping.source, date, licence: clipping.licence })}</p>
      {clipping.link ? (
        <p class="tight">
          <a href={clipping.link} rel="noopener">
            {say('postClippingLink')}
          </a>
        </p>
      ) : null}
    </aside>
  );
}

function Corrections({ scene: { say, locale, now, style }, post }: { scene: Scene; post: WholePost }) {
  const corrections = post.versions.filter(({ correction }) => correction !== null);
  if (corrections.length === 0) return null;
  const seen = new Set<string>();
  return (
    <section aria-labelledby="corrections-title">
      <h2 id="corrections-title">{say('postCorrections')}</h2>
      <ul class="marks">
        {corrections
          .filter(({ writtenAt, correction }) => {
            const key = `${writtenAt.getTime()} ${correction}`;
            return !seen.has(key) && Boolean(seen.add(key));
          })
          .map(({ id, writtenAt, correction }) => (
            <li key={id}>{say('postCorrected', { date: longDay(writtenAt, now, style), words: correction ?? '' })}</li>
          ))}
      </ul>
      <p>
        <a href={`/${locale}/posts/${post.slug}/history`}>{say('postHistory')}</a>
      </p>
    </section>
  );
}
