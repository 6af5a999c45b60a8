import { spacedPhone } from '../../core/text/phone.ts';
import { customerLinkHours, sendCustomerLinks } from '../../desk/people/customer-links.ts';
import { closeCustomerSession, idleDays, openCustomerSession } from '../../desk/people/customer-sessions.ts';
import { findOneTimeLink, useOneTimeLink } from '../../desk/people/one-time-links.ts';
import type { WebContext } from '../route.ts';
import { ErrorSummary, Input, type Problems } from '../ui/fields.tsx';
import { type Scene, setScene, showPage } from '../ui/page.tsx';
import { atLeast } from './at-least.ts';
import { customerToken, dropCustomerToken, setCustomerToken } from './cookies.ts';
import { networkOf } from './network.ts';
import { addressKey, mayTry } from './rate-limits.ts';

const ANSWER_AFTER_MS = 250;

/** GET /{locale}/my/enter: how to get a link. */
export async function askPage(c: WebContext): Promise<Response> {
  return showAsk(c, await setScene(c));
}

/** POST /{locale}/my/enter: mails links to a known address; the answer is the same for every address. */
export async function askForLink(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  const { mail } = await c.req.parseBody();
  if (typeof mail !== 'string' || mail.length > 254 || !/^\s*[^\s@]+@[^\s@]+\s*$/.test(mail))
    return showAsk(c, scene, { mail: scene.say('errorMail') }, typeof mail === 'string' ? mail : '');
  const network = networkOf(c, house.config.trustedProxies);
  const may =
    (await mayTry(house, 'ask for a link, by network', network)) &&
    (await mayTry(house, 'ask for a link, by address', addressKey(mail)));
  if (!may) return showTooOften(c, scene);
  await atLeast(
    ANSWER_AFTER_MS,
    house.transact((tx) => sendCustomerLinks(tx, mail)),
  );
  const { say, operator } = scene;
  return showPage(c, scene, {
    title: say('askDoneTitle'),
    body: (
      <>
        <h1>{say('askDoneTitle')}</h1>
        <p class="lead">{say('askDone', { hours: customerLinkHours })}</p>
        <p>{say('askDoneNext', { phone: spacedPhone(operator.phone) })}</p>
      </>
    ),
  });
}

/** GET /{locale}/my/enter/{token}: one button. Mail scanners may open it as often as they like. */
export async function enterPage(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  const token = c.req.param('token') ?? '';
  if (!(await findOneTimeLink(house.db, house.clock(), 'customer_session', token))) return showGone(c, scene);
  const { say } = scene;
  return showPage(c, scene, {
    title: say('linkTitle'),
    body: (
      <>
        <h1>{say('linkTitle')}</h1>
        <p class="lead">{say('linkLead')}</p>
        <form novalidate method="post">
          <button type="submit">{say('linkButton')}</button>
        </form>
      </>
    ),
  });
}

/** POST /{locale}/my/enter/{token}: uses the link up and opens a session for its one customer. */
export async function enter(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  if (!(await mayTry(house, 'use a link, by network', networkOf(c, house.config.trustedProxies))))
    return showTooOften(c, scene);
  const before = customerToken(c, house.config);
  const token = await house.transact(async (tx) => {
    const link = await useOneTimeLink(tx, 'customer_session', c.req.param('token') ?? '');
    return link?.customerId ? openCustomerSession(tx, link.customerId, before) : undefined;
  });
  if (!token) return showGone(c, scene);
  setCustomerToken(c, house.config, token, idleDays * 86_400);
  return c.redirect(`/${scene.locale}/my`, 303);
}

/** POST /{locale}/my/leave: ends the session here and in the database. */
export async function leave(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const token = customerToken(c, house.config);
  if (token) await house.transact((tx) => closeCustomerSession(tx, token));
  dropCustomerToken(c, house.config);
  return c.redirect(`/${c.req.param('locale')}`, 303);
}

function showAsk(c: WebContext, scene: Scene, problems: Problems = {}, mail = ''): Promise<Response> {
  const { say, locale } = scene;
  const failed = Object.keys(problems).length > 0;
  return showPage(c, scene, {
    title: say('askTitle'),
    failed,
    status: failed ? 422 : 200,
    body: (
      <>
        <ErrorSummary problems={problems} locale={locale} />
        <h1>{say('askTitle')}</h1>
        <p class="lead">{say('askLead')}</p>
        <form novalidate method="post" action={`/${locale}/my/enter`}>
          <Input
            name="mail"
            type="email"
            label={say('askLabel')}
            hint={say('askHint')}
            autocomplete="email"
            inputmode="email"
            value={mail}
            problems={problems}
            locale={locale}
          />
          <button type="submit">{say('askSend')}</button>
        </form>
      </>
    ),
  });
}

/** The same page for a link that is wrong, used or too old. */
function showGone(c: WebContext, scene: Scene): Promise<Response> {
  const { say, locale, operator } = scene;
  return showPage(c, scene, {
    title: say('linkGoneTitle'),
    status: 410,
    body: (
      <>
        <h1>{say('linkGoneTitle')}</h1>
        <p class="lead">{say('linkGone')}</p>
        <p>
          <a href={`/${locale}/my/enter`}>{say('linkAgain')}</a>
        </p>
        <p>{say('askDoneNext', { phone: spacedPhone(operator.phone) })}</p>
      </>
    ),
  });
}

function showTooOften(c: WebContext, scene: Scene): Promise<Response> {
  const { say, operator } = scene;
  return showPage(c, scene, {
    title: say('tooOftenTitle'),
    status: 429,
    body: (
      <>
        <h1>{say('tooOftenTitle')}</h1>
        <p>{say('tooOften', { phone: spacedPhone(operator.phone) })}</p>
      </>
    ),
  });
}
