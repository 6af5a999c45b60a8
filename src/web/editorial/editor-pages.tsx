import { raw } from 'hono/html';
import { longDay } from '../../core/text/dates.ts';
import { postHtml } from '../../core/text/post-html.ts';
import { newId } from '../../desk/id.ts';
import { postsToEdit, readPost, type WholePost } from '../../desk/views/post.ts';
import { answerNotFound } from '../problems.ts';
import { genreLabel } from '../public/posts/label.ts';
import { Article } from '../public/posts/post-page.tsx';
import type { WebContext } from '../route.ts';
import { showStaffPage } from '../staff/frame.tsx';
import type { Problems } from '../ui/fields.tsx';
import { type Scene, setScene } from '../ui/page.tsx';
import { EditorForm } from './editor-form.tsx';
import { type Fields, fieldsOfPost } from './post-form.ts';

/** GET /:locale/staff/posts — every post, drafts too, and the way to a new one. */
export async function listToEdit(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { say, locale } = scene;
  const posts = await postsToEdit(c.var.house.db, locale);
  return showStaffPage(c, scene, {
    title: say('editorPosts'),
    body: (
      <>
        <p class="buttons">
          <a class="button" href={`/${locale}/staff/posts/new`}>
            {say('editorNew')}
          </a>
          <a class="button quiet" href={`/${locale}/staff/voices`}>
            {say('editorVoices')}
          </a>
          <a class="button quiet" href={`/${locale}/staff/moderation`}>
            {say('commentsTitle')}
          </a>
        </p>
        {posts.length === 0 ? <p>{say('editorNone')}</p> : null}
        <ol class="posts">
          {posts.map((post) => (
            <li key={post.id}>
              <p class="genre">{genreLabel(say, { genre: post.genre, paidBy: null })}</p>
              <h2>
                <a href={`/${locale}/staff/posts/${post.id}`}>
                  <bdi>{post.title}</bdi>
                </a>
              </h2>
              <p class="soft">
                {post.authorName} · {stateOf(scene, post)}
              </p>
            </li>
          ))}
        </ol>
      </>
    ),
  });
}

function stateOf({ say, now, style }: Scene, post: Pick<WholePost, 'publishAt' | 'withdrawnAt'>): string {
  if (post.withdrawnAt) return say('editorWithdrawn');
  if (!post.publishAt) return say('editorDraft');
  const date = longDay(post.publishAt, now, style);
  return say(post.publishAt > now ? 'editorScheduled' : 'editorPublished', { date });
}

/** GET /:locale/staff/posts/new — an empty form. Its address already has an id, so that two submits make one post. */
export async function newPost(c: WebContext): Promise<Response> {
  return showEditor(c, await setScene(c), { id: newId(), typed: { whole: '1', commentsOpen: '1' }, problems: {} });
}

/** GET /:locale/staff/posts/:id */
export async function editPost(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const post = await storedPost(c, scene);
  if (!post || post.withdrawnAt) return answerNotFound(c);
  return showEditor(c, scene, { id: post.id, typed: fieldsOfPost(post), problems: {}, post });
}

export async function storedPost(c: WebContext, scene: Scene): Promise<WholePost | undefined> {
  const id = c.req.param('id') ?? '';
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)) return undefined;
  return readPost(c.var.house.db, { id }, scene.locale, scene.now);
}

interface Shown {
  id: string;
  typed: Fields;
  problems: Problems;
  post?: WholePost | undefined;
  preview?: boolean;
}

/** The form with what was typed, and the preview above it when asked for. */
export function showEditor(
  c: WebContext,
  scene: Scene,
  { id, typed, problems, post, preview }: Shown,
): Promise<Response> {
  const { say, locale } = scene;
  const online = post?.publishAt && post.publishAt <= scene.now ? `/${locale}/posts/${post.slug}` : undefined;
  return showStaffPage(c, scene, {
    title: say(post ? 'editorEdit' : 'editorNew'),
    problems,
    script: '/staff/editor.js',
    body: (
      <>
        {c.req.query('saved') ? (
          <p class="done" role="status">
            {say('editorSaved')} {online ? <a href={online}>{say('editorOnline')}</a> : null}
          </p>
        ) : null}
        {preview ? (
          <section class="said" aria-label={say('editorPreview')}>
            <PreviewOf scene={scene} typed={typed} post={post} />
          </section>
        ) : null}
        <EditorForm scene={scene} id={id} typed={typed} problems={problems} post={post} />
      </>
    ),
  });
}

/** What readers will see, from what is in the form. */
function PreviewOf({ scene, typed, post }: { scene: Scene; typed: Fields; post: WholePost | undefined }) {
  const first = typed.titleFr || typed.textFr ? 'fr' : 'en';
  const said = {
    id: '',
    locale: first as 'fr' | 'en',
    title: (first === 'fr' ? typed.titleFr : typed.titleEn) ?? '',
    markdown: (first === 'fr' ? typed.textFr : typed.textEn) ?? '',
    correction: null,
    writtenAt: scene.now,
  };
  const genre = (typed.genre || 'notice') as WholePost['genre'];
  const shown: WholePost = {
    ...(post ?? nothingYet),
    genre,
    paidBy: typed.paidBy || null,
    authorName: typed.author || scene.operator.name,
    clipping: typed.clipSource
      ? {
          source: typed.clipSource,
          date: typed.clipDate ?? '',
          licence: typed.clipLicence ?? '',
          link: typed.clipLink ?? '',
        }
      : null,
  };
  return <Article scene={scene} post={shown} said={said} />;
}

const nothingYet: WholePost = {
  id: '',
  slug: '',
  genre: 'notice',
  authorName: '',
  paidBy: null,
  wholeTerritory: true,
  communes: [],
  commentsOpen: true,
  clipping: null,
  publishAt: null,
  withdrawnAt: null,
  withdrawnWhy: null,
  versions: [],
  images: [],
  answers: null,
  answeredBy: [],
};

/** POST /:locale/staff/post-preview — the text alone, for the preview beside the form while one types. */
export async function livePreview(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const form = await c.req.parseBody();
  const id = String(form.id ?? '');
  const post = /^[\da-f-]{36}$/.test(id) ? await readPost(c.var.house.db, { id }, scene.locale, scene.now) : undefined;
  const html = postHtml(String(form.markdown ?? '').slice(0, 60_000), post?.images ?? [], scene.say('enlarge'));
  return c.html(<div class="text">{raw(html)}</div>);
}
