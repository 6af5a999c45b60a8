import { createHash } from 'node:crypto';
import { raw } from 'hono/html';
import { longDay } from '../../../core/text/dates.ts';
import { postHtml } from '../../../core/text/post-html.ts';
import { typeset } from '../../../core/text/typeset.ts';
import { commentsChangedAt, postsChangedAt } from '../../../desk/views/changed.ts';
import { type FeedComment, newestComments } from '../../../desk/views/comments.ts';
import { readPost, shownVersion } from '../../../desk/views/post.ts';
import { type ListedPost, publishedPosts } from '../../../desk/views/posts.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { type Scene, setScene, showPage } from '../../ui/page.tsx';
import { communeNamed } from '../commune-query.ts';
import { labelledTitle } from '../posts/label.ts';
import { feedOf } from '../posts/list-page.tsx';
import { type Ending, endings, type Feed, type FeedItem, tagId } from './feed.ts';
import { types, writeFeed } from './write-feed.ts';

const LIMIT = 30;

/** GET /:locale/feeds/:file — posts.atom, posts.rss, comments.atom, comments.rss: of the whole site. */
export async function showSiteFeed(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const [name = '', ending] = splitName(c.req.param('file'));
  if (!ending || (name !== 'posts' && name !== 'comments')) return answerNotFound(c);
  return name === 'posts' ? answerFeed(c, scene, await postFeed(c, scene), ending) : showAllComments(c, scene, ending);
}

/** GET /:locale/feeds/communes/:file — 39478.atom: what concerns one commune. */
export async function showCommuneFeed(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const [insee = '', ending] = splitName(c.req.param('file'));
  const commune = ending && (await communeNamed(c.var.house.db, insee));
  if (!commune) return answerNotFound(c);
  return answerFeed(c, scene, await postFeed(c, scene, commune), ending);
}

/** GET /:locale/posts/:slug/:file — comments.atom: the conversation below one post. */
export async function showCommentFeed(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { db } = c.var.house;
  const [name, ending] = splitName(c.req.param('file'));
  const post = await readPost(db, { slug: c.req.param('slug') ?? '' }, scene.locale, scene.now);
  const said = post && shownVersion(post, scene.locale);
  if (name !== 'comments' || !ending || !said || !post.publishAt || post.publishAt > scene.now || post.withdrawnAt)
    return answerNotFound(c);
  const { origin } = c.var.house.config;
  const page = `${origin}/${scene.locale}/posts/${post.slug}`;
  const title = scene.say('feedOfComments', { title: labelledTitle(scene.say, { ...post, title: said.title }) });
  const [comments, changedAt] = await Promise.all([
    newestComments(db, { postId: post.id, limit: LIMIT, now: scene.now }),
    commentsChangedAt(db, post.id),
  ]);
  const answered = { id: tagId(origin, post.publishAt, `post/${post.id}`), url: page };
  return answerFeed(
    c,
    scene,
    {
      id: tagId(origin, post.publishAt, `comments/${post.id}/${scene.locale}`),
      title,
      subtitle: scene.say('commentsFollow'),
      locale: scene.locale,
      page: `${page}#said`,
      self: `${page}/comments`,
      updated: later(changedAt, post.publishAt),
      items: comments.map((comment) => commentItem(scene, origin, comment, answered)),
    },
    ending,
  );
}

async function showAllComments(c: WebContext, scene: Scene, ending: Ending): Promise<Response> {
  const { db, config } = c.var.house;
  const { say, locale, operator } = scene;
  const comments = await newestComments(db, { limit: LIMIT, now: scene.now });
  const feed: Feed = {
    id: tagId(config.origin, EPOCH, `comments/${locale}`),
    title: say('feedOfAllComments', { operator: operator.name }),
    subtitle: say('commentsFollow'),
    locale,
    page: `${config.origin}/${locale}/posts`,
    self: `${config.origin}/${locale}/feeds/comments`,
    updated: await commentsChangedAt(db),
    items: comments.map((comment) => commentItem(scene, config.origin, comment, null)),
  };
  return answerFeed(c, scene, feed, ending);
}

const EPOCH = new Date('2026-01-01T00:00:00Z');

async function postFeed(c: WebContext, scene: Scene, commune?: { insee: string; name: string }): Promise<Feed> {
  const { db, config } = c.var.house;
  const { locale, say, now } = scene;
  const posts = await publishedPosts(db, { locale, now, commune: commune?.insee, limit: LIMIT });
  const { path, title } = feedOf(scene, commune);
  const bodies = await Promise.all(posts.map((post) => bodyOf(c, scene, post)));
  return {
    id: tagId(config.origin, EPOCH, `posts/${commune?.insee ?? 'all'}/${locale}`),
    title,
    subtitle: say('postsLead'),
    locale,
    page: `${config.origin}/${locale}/posts${commune ? `?commune=${commune.insee}` : ''}`,
    self: `${config.origin}${path}`,
    updated: await postsChangedAt(db, now),
    items: posts.map((post, index) => postItem(scene, config.origin, post, bodies[index] ?? '')),
  };
}

/** Pictures and links lead back to us from wherever the feed is read. */
async function bodyOf(c: WebContext, scene: Scene, post: ListedPost): Promise<string> {
  const { db, config } = c.var.house;
  const images = post.markdown.includes('](image-')
    ? ((await readPost(db, { id: post.id }, scene.locale, scene.now))?.images ?? [])
    : [];
  return postHtml(post.markdown, images, scene.say('enlarge'))
    .replace(/ srcset="[^"]*" sizes="[^"]*"/g, '')
    .replace(/(href|src)="\/(?!\/)/g, `$1="${config.origin}/`);
}

function postItem({ say, locale, operator }: Scene, origin: string, post: ListedPost, html: string): FeedItem {
  const url = `${origin}/${locale}/posts/${post.slug}`;
  return {
    id: tagId(origin, post.publishedAt, `post/${post.id}`),
    title: labelledTitle(say, post),
    url,
    author: `${post.authorName}, ${operator.name}`,
    html,
    publishedAt: post.publishedAt,
    changedAt: post.changedAt,
    replies: { feed: `${url}/comments`, page: `${url}#said`, count: post.comments },
  };
}

function commentItem(
  { say, locale, operator }: Scene,
  origin: string,
  comment: FeedComment,
  post: { id: string; url: string } | null,
): FeedItem {
  const page = `${origin}/${locale}/posts/${comment.slug}`;
  const parent = comment.parentId;
  return {
    id: tagId(origin, EPOCH, `comment/${comment.id}`),
    title: comment.ours
      ? say('feedAnswerBy', { name: comment.name, operator: operator.name })
      : say('feedCommentBy', { name: comment.name }),
    url: `${page}#c-${comment.id}`,
    author: comment.name,
    html: paragraphs(comment.text),
    publishedAt: comment.at,
    changedAt: comment.editedAt ?? comment.at,
    answers: parent
      ? { id: tagId(origin, EPOCH, `comment/${parent}`), url: `${page}#c-${parent}` }
      : (post ?? { id: tagId(origin, EPOCH, `post/${comment.postId}`), url: page }),
  };
}

/** What readers typed is text, never markup. */
function paragraphs(text: string): string {
  const safe = text.replace(
    /[&<>"]/g,
    (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char,
  );
  return `<p dir="auto">${safe.replace(/\n\n+/g, '</p><p dir="auto">').replace(/\n/g, '<br>')}</p>`;
}

function splitName(file = ''): [string | undefined, Ending | undefined] {
  const [, name, ending] = /^([\w-]+)\.(\w+)$/.exec(file) ?? [];
  return [name, endings.find((each) => each === ending)];
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

/** The feed for programs; for somebody whose browser opened it, a page that says what it is. */
function answerFeed(c: WebContext, scene: Scene, feed: Feed, ending: Ending): Response | Promise<Response> {
  if (c.req.header('sec-fetch-dest') === 'document' && c.req.query('raw') === undefined)
    return showFeedPage(c, scene, feed, ending);
  const body = writeFeed(feed, ending);
  return c.body(body, 200, {
    'Content-Type': types[ending],
    'Cache-Control': 'public, max-age=50',
    ETag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    'Last-Modified': feed.updated.toUTCString(),
    'Content-Language': scene.locale,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    // Feeds may be read by pages of other sites: they hold nothing that is not public.
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Access-Control-Allow-Origin': '*',
    Vary: 'Accept-Encoding, Sec-Fetch-Dest',
  });
}

async function showFeedPage(c: WebContext, scene: Scene, feed: Feed, ending: Ending): Promise<Response> {
  const { say, now, style } = scene;
  const address = `${feed.self}.${ending}`;
  const shown = await showPage(c, scene, {
    title: feed.title,
    cache: 'public',
    hidden: true,
    head: <link rel="alternate" type={types[ending].split(';')[0]} href={address} title={feed.title} />,
    body: (
      <>
        <p class="genre">{say('feedIsOne')}</p>
        <h1>
          <bdi>{typeset(feed.title, scene.locale)}</bdi>
        </h1>
        <p class="lead">{say('feedExplained')}</p>
        <div class="field">
          <label for="address">{say('feedAddress')}</label>
          <input id="address" readonly value={address} />
        </div>
        <p>
          <a href={`${new URL(address).pathname}?raw`}>{say('feedRaw')}</a>
        </p>
        {feed.items.length === 0 ? <p>{say('feedEmpty')}</p> : null}
        <ol class="posts">
          {feed.items.slice(0, 15).map((item) => (
            <li key={item.id}>
              <h2>
                <a href={new URL(item.url).pathname + new URL(item.url).hash}>
                  <bdi>{typeset(item.title, scene.locale)}</bdi>
                </a>
              </h2>
              <p class="soft">{longDay(item.publishedAt, now, style)}</p>
              <div class="text">{item.answers ? raw(item.html) : null}</div>
            </li>
          ))}
        </ol>
      </>
    ),
  });
  shown.headers.set('Vary', 'Accept-Encoding, Sec-Fetch-Dest');
  return shown;
}
