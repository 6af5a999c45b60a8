import { z } from '@hono/zod-openapi';
import type { Locale } from '../../core/text/typeset.ts';
import type { PostInput, PostProblem } from '../../desk/posts/post-input.ts';
import { explainPostProblem } from '../../desk/posts/problems.ts';
import { publishPost } from '../../desk/posts/publish.ts';
import { draftPost } from '../../desk/posts/write.ts';
import { publishedPosts } from '../../desk/views/posts.ts';
import { problem } from '../problems.ts';
import { get, post, type Route, type WebContext } from '../route.ts';
import { answerOnce } from './answer-once.ts';
import { answers } from './shapes.ts';

const text = z.strictObject({ title: z.string().max(200), markdown: z.string().max(60_000) });
const genres = ['reporting', 'press-review', 'notice', 'sponsored', 'right-of-reply'] as const;

const NewPost = z
  .strictObject({
    genre: z.enum(genres).openapi({ description: 'Mandatory. An account of the operator cannot publish `reporting`.' }),
    fr: text.optional(),
    en: text.optional(),
    authorName: z.string().max(200).optional(),
    paidBy: z.string().max(200).optional().openapi({ description: 'Required for `sponsored`' }),
    communes: z
      .array(z.string().length(5))
      .max(600)
      .optional()
      .openapi({ description: 'INSEE codes; none: the whole territory' }),
    answers: z.string().max(300).optional().openapi({ description: 'For `right-of-reply`: the slug it answers' }),
    clipping: z
      .strictObject({ source: z.string(), date: z.iso.date(), licence: z.string(), link: z.url() })
      .optional()
      .openapi({ description: 'Required for `press-review`' }),
    commentsOpen: z.boolean().optional(),
    publishAt: z.iso.datetime().optional().openapi({ description: 'Without it the post stays a draft' }),
  })
  .openapi('NewPost');
const AddedPost = z.object({ id: z.uuid(), slug: z.string() }).openapi('AddedPost');
const Posts = z
  .object({
    items: z.array(
      z.object({
        id: z.uuid(),
        slug: z.string(),
        genre: z.enum(genres),
        title: z.string(),
        markdown: z.string(),
        locale: z.enum(['fr', 'en']),
        authorName: z.string(),
        paidBy: z.string().nullable(),
        publishedAt: z.iso.datetime(),
        comments: z.int(),
      }),
    ),
  })
  .openapi('Posts');

export const postApiRoutes: Route[] = [
  get('/api/v1/posts', 'anyone', list, {
    openapi: {
      summary: 'The newest published posts',
      tags: ['posts'],
      request: {
        query: z.object({ commune: z.string().length(5).optional(), locale: z.enum(['fr', 'en']).optional() }),
      },
      responses: answers(200, 'At most 50, newest first', Posts),
    },
  }),
  post('/api/v1/posts', 'write posts', add, {
    openapi: {
      summary: 'Add a post, as a draft or with a time to publish it',
      description: 'Send the same Idempotency-Key again after a lost answer: nothing is written twice.',
      tags: ['posts'],
      request: { body: { required: true, content: { 'application/json': { schema: NewPost } } } },
      responses: answers(201, 'Kept', AddedPost),
    },
  }),
];

async function list(c: WebContext): Promise<Response> {
  const { db, clock } = c.var.house;
  const { commune, locale } = c.req.query();
  const posts = await publishedPosts(db, { locale: locale === 'en' ? 'en' : 'fr', now: clock(), commune, limit: 50 });
  c.header('Cache-Control', 'public, max-age=60');
  return c.json({
    items: posts.map(
      ({ id, slug, genre, title, markdown, locale: said, authorName, paidBy, publishedAt, comments }) => ({
        ...{ id, slug, genre, title, markdown, locale: said, authorName, paidBy, publishedAt, comments },
      }),
    ),
  });
}

async function add(c: WebContext): Promise<Response> {
  const body = c.req.valid('json' as never) as z.infer<typeof NewPost>;
  const { actor } = c.var;
  const answered = await answerOnce<PostProblem[]>(c, body, async (tx) => {
    const kept = await draftPost(tx, actor, asInput(body));
    if (!kept.ok) return { refused: kept.problems };
    if (body.publishAt) await publishPost(tx, actor, kept.id, new Date(body.publishAt));
    return { status: 201, body: { id: kept.id, slug: kept.slug } };
  });
  if (answered instanceof Response) return answered;
  const words = (locale: Locale) => answered.refused.map((each) => explainPostProblem(each, locale)).join(' ');
  return problem(c, 422, 'postNotKeptTitle', words, { problems: answered.refused });
}

function asInput(body: z.infer<typeof NewPost>): PostInput {
  return {
    genre: body.genre,
    authorName: body.authorName ?? '',
    paidBy: body.paidBy ?? '',
    wholeTerritory: !body.communes?.length,
    communes: body.communes ?? [],
    answers: body.answers ?? '',
    clipping: body.clipping ?? { source: '', date: '', licence: '', link: '' },
    commentsOpen: body.commentsOpen ?? true,
    texts: (['fr', 'en'] as const).flatMap((locale) => {
      const said = body[locale];
      return said ? [{ locale, ...said }] : [];
    }),
    correction: '',
  };
}
