import { raw } from 'hono/html';
import { longDay } from '../../../core/text/dates.ts';
import { postHtml } from '../../../core/text/post-html.ts';
import { typeset } from '../../../core/text/typeset.ts';
import { readPost, shownVersion, type WholePost } from '../../../desk/views/post.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { type Scene, setScene, showPage } from '../../ui/page.tsx';

/** GET /:locale/posts/:slug/history — every text readers have seen, in this language, the newest first. */
export async function showHistory(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const post = await readPost(c.var.house.db, { slug: c.req.param('slug') ?? '' }, scene.locale, scene.now);
  const said = post && shownVersion(post, scene.locale);
  if (!post?.publishAt || post.publishAt > scene.now || post.withdrawnAt || !said) return answerNotFound(c);
  const title = scene.say('historyTitle', { title: typeset(said.title, said.locale) });
  return showPage(c, scene, {
    title,
    cache: 'public',
    hidden: true,
    body: (
      <>
        <h1>{title}</h1>
        <p class="lead">{scene.say('historyLead')}</p>
        <p>
          <a href={`/${scene.locale}/posts/${post.slug}`}>{scene.say('historyBack')}</a>
        </p>
        <Versions scene={scene} post={post} locale={said.locale} />
      </>
    ),
  });
}

/** Drafts that nobody read before publication are not part of it: only the last of them was seen. */
function seenVersions({ versions }: WholePost, locale: 'fr' | 'en') {
  const own = versions.filter((version) => version.locale === locale);
  const first = own.findIndex(({ correction }) => correction === null);
  return first < 0 ? own : own.slice(0, first + 1);
}

function Versions({ scene, post, locale }: { scene: Scene; post: WholePost; locale: 'fr' | 'en' }) {
  const { say, now, style } = scene;
  return (
    <>
      {seenVersions(post, locale).map(({ id, writtenAt, title, markdown, correction }) => (
        <section key={id} aria-labelledby={`v-${id}`}>
          <h2 id={`v-${id}`}>{say('historyVersion', { date: longDay(writtenAt, now, style) })}</h2>
          {correction ? <p class="done">{correction}</p> : null}
          <h3>
            <bdi>{typeset(title, locale)}</bdi>
          </h3>
          <div class="text" dir="auto">
            {raw(postHtml(markdown, post.images, say('enlarge')))}
          </div>
        </section>
      ))}
    </>
  );
}
