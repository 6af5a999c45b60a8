import { dueTime } from '../../../core/text/dates.ts';
import { editComment, withdrawComment } from '../../../desk/comments/own.ts';
import { confirmComment, confirmDays, MOST_COMMENT } from '../../../desk/comments/write.ts';
import type { Received } from '../../../desk/interactions/incoming.ts';
import { readLink } from '../../../desk/signed-link.ts';
import { ownComment } from '../../../desk/views/moderation.ts';
import type { WebContext } from '../../route.ts';
import { networkOf } from '../../session/network.ts';
import { mayTry } from '../../session/rate-limits.ts';
import { ErrorSummary, type Problems, TextArea } from '../../ui/fields.tsx';
import { type Scene, setScene, showPage } from '../../ui/page.tsx';
import { reasonKey } from './reasons.ts';

type Own = NonNullable<Awaited<ReturnType<typeof ownComment>>>;

/** GET /:locale/comments/:token — the writer's own comment and what they may do. Opening it changes nothing. */
export async function showOwn(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const own = await find(c, scene);
  return own ? showComment(c, scene, own, {}) : showGone(c, scene);
}

/** POST — the buttons: confirm, save another text, withdraw. */
export async function actOnOwn(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const scene = await setScene(c);
  if (!(await mayTry(house, 'use a link, by network', networkOf(c, house.config.trustedProxies))))
    return showGone(c, scene);
  const own = await find(c, scene);
  if (!own) return showGone(c, scene);
  const form = await c.req.parseBody();
  const text = String(form.text ?? '')
    .replaceAll('\0', '')
    .replace(/\r\n?/g, '\n')
    .trim();
  let received: Received | null = null;
  if (form.do === 'edit') {
    const problems = problemsOf(text, scene);
    if (problems.text) return showComment(c, scene, { ...own, text }, problems);
    await house.transact((tx) => editComment(tx, own.id, text));
  } else if (form.do === 'withdraw') await house.transact((tx) => withdrawComment(tx, own.id));
  else received = (await house.transact((tx) => confirmComment(tx, actor, own.id)))?.received ?? null;
  const now = await find(c, scene);
  return now ? showComment(c, scene, now, {}, received) : showGone(c, scene);
}

function problemsOf(text: string, { say }: Scene): Record<string, string> {
  if (!text) return { text: say('commentErrorText') };
  return text.length > MOST_COMMENT ? { text: say('commentErrorLong', { count: MOST_COMMENT }) } : {};
}

/** The comment of this link, unless nobody confirmed it in time. */
async function find(c: WebContext, { now }: Scene): Promise<Own | undefined> {
  const { house } = c.var;
  const id = readLink(house, 'comment', c.req.param('token') ?? '');
  const own = id ? await ownComment(house.db, id) : undefined;
  const late = own && !own.confirmedAt && now.getTime() - own.writtenAt.getTime() > confirmDays * 86_400_000;
  return late ? undefined : own;
}

function showGone(c: WebContext, scene: Scene): Promise<Response> {
  const { say } = scene;
  return showPage(c, scene, {
    title: say('ownGoneTitle'),
    status: 410,
    body: (
      <>
        <h1>{say('ownGoneTitle')}</h1>
        <p>{say('ownGone', { days: confirmDays })}</p>
      </>
    ),
  });
}

function showComment(
  c: WebContext,
  scene: Scene,
  own: Own,
  problems: Problems,
  received: Received | null = null,
): Promise<Response> {
  const { say, locale } = scene;
  const failed = Object.keys(problems).length > 0;
  const action = `/${locale}/comments/${c.req.param('token')}`;
  return showPage(c, scene, {
    title: say('ownTitle'),
    failed,
    status: failed ? 422 : 200,
    body: (
      <>
        <ErrorSummary problems={problems} locale={locale} />
        <h1>{say('ownTitle')}</h1>
        <State scene={scene} own={own} />
        {received ? <Asked scene={scene} received={received} /> : null}
        {own.withdrawnAt ? null : (
          <>
            <blockquote class="said words" dir="auto">
              {own.text}
            </blockquote>
            {own.confirmedAt ? null : (
              <form novalidate method="post" action={action}>
                <button type="submit" name="do" value="confirm">
                  {say('ownConfirm')}
                </button>
              </form>
            )}
            <details open={failed}>
              <summary>{say('ownEdit')}</summary>
              <form novalidate method="post" action={action}>
                <TextArea
                  name="text"
                  locale={locale}
                  label={say('commentText')}
                  hint={say('ownEditHint')}
                  problems={problems}
                  value={own.text}
                />
                <button type="submit" name="do" value="edit">
                  {say('ownSave')}
                </button>
              </form>
            </details>
            <form novalidate method="post" action={action}>
              <button type="submit" name="do" value="withdraw" class="quiet">
                {say('ownWithdraw')}
              </button>
            </form>
          </>
        )}
      </>
    ),
  });
}

function State({ scene: { say, locale }, own }: { scene: Scene; own: Own }) {
  if (own.withdrawnAt) return <p class="lead">{say('ownWithdrawn')}</p>;
  if (!own.confirmedAt) return <p class="lead">{say('ownUnconfirmed')}</p>;
  if (own.hiddenAt)
    return (
      <p class="lead">{say('ownHidden', { reason: own.reason ? say(reasonKey(own.reason)) : '', words: own.words })}</p>
    );
  if (!own.shownAt) return <p class="lead">{say('ownWaiting')}</p>;
  return (
    <p class="lead">
      {say('ownShown')} <a href={`/${locale}/posts/${own.slug}#c-${own.id}`}>{say('ownSee')}</a>
    </p>
  );
}

function Asked({ scene: { say, now, style }, received }: { scene: Scene; received: Received }) {
  const name = received.kind === 'tray' ? received.dutyOwner.name : received.advisor.name;
  const dueAt = received.kind === 'tray' ? received.dueAt : received.commitment.dueAt;
  return <p class="done">{say('ownAsked', { name, due: dueTime(dueAt, now, style) })}</p>;
}
