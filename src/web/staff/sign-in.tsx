import { findOneTimeLink, useOneTimeLink } from '../../desk/people/one-time-links.ts';
import type { WebContext } from '../route.ts';
import { destination } from '../session/destination.ts';
import { networkOf } from '../session/network.ts';
import { addressKey, forgetAttempts, mayTry } from '../session/rate-limits.ts';
import { oidcAuth, oidcProvider, staffAuth } from '../session/staff-auth.ts';
import { endSessionBefore, openStaffSession, takeCookies } from '../session/staff-entry.ts';
import { Input, type Problems } from '../ui/fields.tsx';
import { type Page, type Scene, setScene } from '../ui/page.tsx';
import { PasswordField, showSentence, showStaffPage } from './frame.tsx';

/** GET /{locale}/staff/sign-in */
export async function signInPage(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const failed = c.req.query('oidc') === 'failed';
  return showSignIn(c, scene, {
    next: c.req.query('next'),
    problems: failed ? { mail: scene.say('staffOidcFailed') } : {},
  });
}

/** POST /{locale}/staff/sign-in: the same answer, and the same work, for an unknown address and a wrong password. */
export async function signIn(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  const form = await c.req.parseBody();
  const [mail, password] = [text(form.mail).trim(), text(form.password)];
  const shown = { mail, next: form.next };
  const key = addressKey(mail);
  const keyHere = `${key} ${networkOf(c, house.config.trustedProxies)}`;
  if (!(await mayTrySignIn(c, key, keyHere)))
    return showSignIn(c, scene, { ...shown, problems: { mail: scene.say('staffTooOften') }, status: 429 });
  const answer = await staffAuth(house).api.signInEmail({
    body: { email: mail, password },
    headers: c.req.raw.headers,
    asResponse: true,
  });
  if (!answer.ok) return showSignIn(c, scene, { ...shown, problems: { mail: scene.say('staffNotSignedIn') } });
  await forgetAttempts(house, 'sign in, by account and network', keyHere);
  await endSessionBefore(c);
  takeCookies(c, answer);
  return c.redirect(destination(form.next), 303);
}

async function mayTrySignIn(c: WebContext, key: string, keyHere: string): Promise<boolean> {
  const { house } = c.var;
  const network = networkOf(c, house.config.trustedProxies);
  return (
    (await mayTry(house, 'sign in, by network', network)) &&
    (await mayTry(house, 'sign in, by account and network', keyHere)) &&
    (await mayTry(house, 'sign in, by account', key))
  );
}

/** POST /{locale}/staff/sign-out */
export async function signOut(c: WebContext): Promise<Response> {
  const answer = await staffAuth(c.var.house).api.signOut({ headers: c.req.raw.headers, asResponse: true });
  takeCookies(c, answer);
  return c.redirect(`/${c.req.param('locale')}/staff/sign-in`, 303);
}

/** GET /{locale}/staff/enter/{token}: a sign-in link shows a button and nothing else happens. */
export async function enterPage(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  const token = c.req.param('token') ?? '';
  if (!(await findOneTimeLink(house.db, house.clock(), 'staff_sign_in', token))) return showLinkGone(c, scene);
  const { say } = scene;
  return showStaffPage(c, scene, {
    title: say('staffEnterTitle'),
    body: (
      <form novalidate method="post">
        <button type="submit">{say('staffEnterButton')}</button>
      </form>
    ),
  });
}

/** POST /{locale}/staff/enter/{token} */
export async function enter(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  if (!(await mayTry(house, 'use a link, by network', networkOf(c, house.config.trustedProxies))))
    return showLinkGone(c, scene, 429);
  const link = await house.transact((tx) => useOneTimeLink(tx, 'staff_sign_in', c.req.param('token') ?? ''));
  if (!link?.staffId) return showLinkGone(c, scene);
  await endSessionBefore(c);
  if (!(await openStaffSession(c, link.staffId))) return showLinkGone(c, scene);
  return c.redirect('/workspace/', 303);
}

/** GET /{locale}/staff/oidc: on to the operator's own sign-in server, which sends the browser back. */
export async function startWithOidc(c: WebContext): Promise<Response> {
  const back = `/${c.req.param('locale')}/staff/sign-in`;
  const auth = await oidcAuth(c.var.house);
  if (!auth) return c.redirect(`${back}?oidc=failed`, 303);
  const answer = await auth.api.signInSocial({
    body: {
      provider: oidcProvider,
      callbackURL: destination(c.req.query('next')),
      errorCallbackURL: `${back}?oidc=failed`,
      disableRedirect: true,
    },
    headers: c.req.raw.headers,
    asResponse: true,
  });
  const { url } = (await answer.json()) as { url?: string };
  if (!answer.ok || !url) return c.redirect(`${back}?oidc=failed`, 303);
  takeCookies(c, answer);
  return c.redirect(url, 303);
}

/** GET /api/auth/callback/operator: where that server sends the browser back to. */
export async function finishWithOidc(c: WebContext): Promise<Response> {
  const auth = await oidcAuth(c.var.house);
  if (!auth) return c.redirect('/fr/staff/sign-in?oidc=failed', 303);
  const answer = await auth.handler(c.req.raw);
  if (answer.headers.getSetCookie().some((cookie) => cookie.includes('session_token='))) await endSessionBefore(c);
  return answer;
}

export function showLinkGone(c: WebContext, scene: Scene, status: Page['status'] = 410): Promise<Response> {
  const { say, locale } = scene;
  return showSentence(c, scene, {
    title: say('linkGoneTitle'),
    sentence: say('staffLinkGone'),
    href: `/${locale}/staff/forgotten`,
    link: say('staffForgotten'),
    status,
  });
}

interface Shown {
  mail?: string;
  next?: unknown;
  problems?: Problems;
  status?: Page['status'];
}

function showSignIn(c: WebContext, scene: Scene, { mail, next, problems, status }: Shown): Promise<Response> {
  const { say, locale } = scene;
  const to = destination(next);
  return showStaffPage(c, scene, {
    title: say('staffSignInTitle'),
    problems,
    status,
    passkeys: true,
    body: (
      <>
        <form novalidate method="post" action={`/${locale}/staff/sign-in`}>
          <input type="hidden" name="next" value={to} />
          <Input
            name="mail"
            type="email"
            label={say('staffMail')}
            value={mail}
            autocomplete="username webauthn"
            inputmode="email"
            problems={problems}
            locale={locale}
          />
          <PasswordField name="password" label={say('staffPassword')} autocomplete="current-password" />
          <button type="submit">{say('staffSignIn')}</button>
        </form>
        <p hidden class="problem" role="alert" id="passkey-problem">
          {say('staffPasskeyFailed')}
        </p>
        <p>
          <button type="button" hidden class="quiet" id="passkey-sign-in" data-next={to}>
            {say('staffWithPasskey')}
          </button>
        </p>
        {c.var.house.config.oidc ? (
          <p>
            <a href={`/${locale}/staff/oidc?next=${encodeURIComponent(to)}`}>{say('staffWithOidc')}</a>
          </p>
        ) : null}
        <p>
          <a href={`/${locale}/staff/forgotten`}>{say('staffForgotten')}</a>
        </p>
      </>
    ),
  });
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
