import { confirmAlert, endAlert, readAlert } from '../../../desk/alerts/alerts.ts';
import { readLink } from '../../../desk/signed-link.ts';
import { readPost, shownVersion } from '../../../desk/views/post.ts';
import type { WebContext } from '../../route.ts';
import { type Scene, setScene, showPage } from '../../ui/page.tsx';
import { aboutWords } from './alert-page.tsx';

type Alert = NonNullable<Awaited<ReturnType<typeof readAlert>>>;

/** GET /:locale/alerts/:token — the alert and its two buttons; opening it changes nothing. */
export async function showOwnAlert(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const alert = await find(c);
  return alert ? showAlert(c, scene, alert) : showGone(c, scene);
}

/** POST — confirm; or end: by the button, or by the mail program's one click (RFC 8058: List-Unsubscribe=One-Click). */
export async function actOnAlert(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  const alert = await find(c);
  if (!alert) return showGone(c, scene);
  const form = await c.req.parseBody();
  if (form.do === 'confirm') await house.transact((tx) => confirmAlert(tx, alert.id));
  else await house.transact((tx) => endAlert(tx, alert.id));
  return showAlert(c, scene, (await find(c)) ?? alert);
}

async function find(c: WebContext): Promise<Alert | undefined> {
  const { house } = c.var;
  const id = readLink(house, 'alert', c.req.param('token') ?? '');
  return id ? readAlert(house.db, id) : undefined;
}

function showGone(c: WebContext, scene: Scene): Promise<Response> {
  const { say, locale } = scene;
  return showPage(c, scene, {
    title: say('alertGoneTitle'),
    status: 410,
    body: (
      <>
        <h1>{say('alertGoneTitle')}</h1>
        <p>
          <a href={`/${locale}/alerts`}>{say('alertGone')}</a>
        </p>
      </>
    ),
  });
}

async function showAlert(c: WebContext, scene: Scene, alert: Alert): Promise<Response> {
  const { say, locale } = scene;
  const post = alert.postId ? await readPost(c.var.house.db, { id: alert.postId }, locale, scene.now) : undefined;
  const on = alert.confirmedAt && !alert.endedAt;
  const state = on ? 'alertOn' : alert.endedAt ? 'alertEnded' : 'alertUnconfirmed';
  return showPage(c, scene, {
    title: say('alertOwnTitle'),
    body: (
      <>
        <h1>{say('alertOwnTitle')}</h1>
        <p class="lead">
          <bdi>{aboutWords(scene, post && shownVersion(post, locale)?.title, alert.commune)}</bdi>
        </p>
        <p>{say(state)}</p>
        <form novalidate method="post" action={`/${locale}/alerts/${c.req.param('token')}`}>
          <button type="submit" name="do" value={on ? 'end' : 'confirm'} class={on ? 'quiet' : undefined}>
            {say(on ? 'alertEnd' : 'alertConfirm')}
          </button>
        </form>
      </>
    ),
  });
}
