import { createHash } from 'node:crypto';
import { normaliseMail } from '../../../core/identity/mail-address.ts';
import { spacedPhone } from '../../../core/text/phone.ts';
import { confirmDays, MOST_COMMENT, writeComment } from '../../../desk/comments/write.ts';
import { writeMail } from '../../../desk/outbox/write-mail.ts';
import { signLink } from '../../../desk/signed-link.ts';
import { type ShownComment, shownComment } from '../../../desk/views/comments.ts';
import { readPost, shownVersion, type WholePost } from '../../../desk/views/post.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { networkOf } from '../../session/network.ts';
import { addressKey, mayTry } from '../../session/rate-limits.ts';
import type { Problems } from '../../ui/fields.tsx';
import { type Page, type Scene, setScene, showPage } from '../../ui/page.tsx';
import { readForm } from '../../ui/signed-form.ts';
import { COMMENT, CommentFields, CommentForm, type CommentFormProps } from './comment-form.tsx';

/** What is commented on. */
interface Below {
  post: WholePost;
  title: string;
  parent: ShownComment | undefined;
  moderate: 'before' | 'after';
}

type Typed = Readonly<Record<string, string>>;

/** GET /:locale/posts/:slug/comment — the form, also for a reply (?reply=). */
export async function showCommentForm(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const below = await readBelow(c, scene, c.req.query('reply'));
  return below ? showForm(c, scene, below, {}, {}) : answerNotFound(c);
}

/** POST — kept until its writer confirms. Whatever is wrong, the text comes back with a form that works. */
export async function sendComment(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  const typed = await readTyped(c);
  const below = await readBelow(c, scene, typed.reply);
  if (!below) return answerNotFound(c);
  const again = (problems: Problems, status?: Page['status']) => showForm(c, scene, below, typed, problems, status);
  const { problems, ...comment } = check(typed, scene);
  if (!below.post.commentsOpen) problems.text = scene.say('commentErrorClosed');
  if (Object.keys(problems).length > 0) return again(problems);
  const form = readForm(house, COMMENT, typed);
  if (!form.ok) return again({ text: scene.say(form.why === 'hasty' ? 'errorHasty' : 'errorExpired') });
  const phone = spacedPhone(scene.operator.phone);
  try {
    if (!(await mayComment(c, below.post, comment.mail))) return again({ text: scene.say('tooOften', { phone }) }, 429);
    const kept = await keep(c, scene, below, { ...comment, formId: form.id });
    if (kept === 'spam') return again({ text: scene.say('commentErrorSpam', { phone }) });
  } catch (error) {
    house.log.error({ error: (error as Error).stack }, 'a comment was not stored');
    return again({ text: scene.say('errorDown', { phone }) }, 503);
  }
  return showSent(c, scene, below, typed, comment.mail);
}

async function readTyped(c: WebContext): Promise<Typed> {
  const body = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll('\0', '').replace(/\r\n?/g, '\n').toWellFormed() : '',
    ]),
  );
}

async function readBelow(c: WebContext, scene: Scene, reply: string | undefined): Promise<Below | undefined> {
  const { db } = c.var.house;
  const post = await readPost(db, { slug: c.req.param('slug') ?? '' }, scene.locale, scene.now);
  const said = post && shownVersion(post, scene.locale);
  if (!post?.publishAt || post.publishAt > scene.now || post.withdrawnAt || !said) return undefined;
  const found = reply ? await shownComment(db, reply) : undefined;
  // What was hidden meanwhile is no longer answered, but what was typed stays.
  const parent = found?.postId === post.id && !found.parentId ? found : undefined;
  const operator = await db.selectFrom('operator').select('moderateComments').executeTakeFirst();
  return { post, title: said.title, parent, moderate: operator?.moderateComments ?? 'before' };
}

function check(typed: Typed, { say }: Scene) {
  const text = (typed.text ?? '').trim();
  const name = (typed.name ?? '').replace(/\s+/g, ' ').trim().slice(0, 80);
  const mail = normaliseMail((typed.mail ?? '').trim()) ?? '';
  const problems: Record<string, string> = {};
  if (!text) problems.text = say('commentErrorText');
  else if (text.length > MOST_COMMENT) problems.text = say('commentErrorLong', { count: MOST_COMMENT });
  if (!name) problems.name = say('commentErrorName');
  if (!mail) problems.mail = say('commentErrorMail');
  return { problems, text, name, mail, asksOperator: typed.asks === '1', answerPublicly: typed.publicly === '1' };
}

/** By network, by address, and by the commune that is written about: a flood below one post stops at its own gate. */
async function mayComment(c: WebContext, post: WholePost, mail: string): Promise<boolean> {
  const { house } = c.var;
  const commune = post.communes[0]?.insee ?? 'whole territory';
  return (
    (await mayTry(house, 'comment, by network', networkOf(c, house.config.trustedProxies))) &&
    (await mayTry(house, 'comment, by address', addressKey(mail))) &&
    (await mayTry(house, 'comment, by commune', commune))
  );
}

interface Checked {
  text: string;
  name: string;
  mail: string;
  asksOperator: boolean;
  answerPublicly: boolean;
  formId: string;
}

function keep(
  c: WebContext,
  { locale, say, operator }: Scene,
  { post, title, parent }: Below,
  { formId, ...comment }: Checked,
): Promise<'kept' | 'again' | 'spam'> {
  const hashed = JSON.stringify([formId, post.id, parent?.id, comment.text, comment.name, comment.mail]);
  const contentHash = createHash('sha256').update(hashed).digest();
  return c.var.house.transact(async (tx) => {
    const kept = await writeComment(tx, {
      ...comment,
      postId: post.id,
      parentId: parent?.id ?? null,
      locale,
      contentHash,
    });
    if (kept.kind !== 'kept') return kept.kind;
    await writeMail(tx, {
      kind: 'confirm',
      to: comment.mail,
      automatic: true,
      subject: say('commentMailSubject'),
      text: say('commentMailText', {
        operator: operator.name,
        title,
        days: confirmDays,
        link: `${tx.origin}/${locale}/comments/${signLink(tx.signingKey, 'comment', kept.id)}`,
      }),
    });
    return 'kept';
  });
}

function showForm(
  c: WebContext,
  scene: Scene,
  below: Below,
  typed: Typed,
  problems: Problems,
  status: Page['status'] = 422,
): Promise<Response> {
  const failed = Object.keys(problems).length > 0;
  return showPage(c, scene, {
    title: `${scene.say('commentTitle')} · ${below.title}`,
    failed,
    status: failed ? status : 200,
    body: <CommentForm {...formProps(c, scene, below, typed, problems)} />,
  });
}

function formProps(c: WebContext, scene: Scene, below: Below, typed: Typed, problems: Problems): CommentFormProps {
  return { house: c.var.house, scene, slug: below.post.slug, ...below, typed, problems };
}

/** Where to look next, and the same form again for whoever sees here that the address is wrong. */
function showSent(c: WebContext, scene: Scene, below: Below, typed: Typed, mail: string): Promise<Response> {
  const { say } = scene;
  return showPage(c, scene, {
    title: say('commentSentTitle'),
    body: (
      <>
        <h1>{say('commentSentTitle')}</h1>
        <p class="lead">{say('commentSent', { mail })}</p>
        <p>{say('commentSentDays', { days: confirmDays })}</p>
        <details>
          <summary>{say('commentWrongMail')}</summary>
          <p>{say('commentWrongMailHint')}</p>
          <CommentFields {...formProps(c, scene, below, typed, {})} />
        </details>
      </>
    ),
  });
}
