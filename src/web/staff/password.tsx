import { hashPassword } from 'better-auth/crypto';
import { findOneTimeLink, type LinkFor, useOneTimeLink } from '../../desk/people/one-time-links.ts';
import { sendPasswordMail } from '../../desk/people/staff.ts';
import { setStaffPassword } from '../../desk/people/staff-sign-in.ts';
import type { WebContext } from '../route.ts';
import { atLeast } from '../session/at-least.ts';
import { networkOf } from '../session/network.ts';
import { addressKey, mayTry } from '../session/rate-limits.ts';
import { passwordLength } from '../session/staff-auth.ts';
import { openStaffSession } from '../session/staff-entry.ts';
import { Input, type Problems } from '../ui/fields.tsx';
import { type Scene, setScene } from '../ui/page.tsx';
import { PasswordField, showSentence, showStaffPage } from './frame.tsx';
import { passwordProblem } from './password-problem.ts';
import { showLinkGone } from './sign-in.tsx';

const ANSWER_AFTER_MS = 250;

/** GET /{locale}/staff/forgotten */
export async function forgottenPage(c: WebContext): Promise<Response> {
  return showForgotten(c, await setScene(c));
}

/** POST /{locale}/staff/forgotten: mails a link to a member of staff; the answer is the same for every address. */
export async function askForPassword(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  const { say, locale } = scene;
  const { mail } = await c.req.parseBody();
  if (typeof mail !== 'string' || mail.length > 254 || !/^\s*[^\s@]+@[^\s@]+\s*$/.test(mail))
    return showForgotten(c, scene, { mail: say('errorMail') });
  const may =
    (await mayTry(house, 'password mail, by network', networkOf(c, house.config.trustedProxies))) &&
    (await mayTry(house, 'password mail, by account', addressKey(mail)));
  if (!may) return showForgotten(c, scene, { mail: say('staffTooOften') }, 429);
  await atLeast(
    ANSWER_AFTER_MS,
    house.transact((tx) => sendPasswordMail(tx, mail)),
  );
  return showSentence(c, scene, {
    title: say('askDoneTitle'),
    sentence: say('staffForgottenDone'),
    href: `/${locale}/staff/sign-in`,
    link: say('staffSignIn'),
    status: 200,
  });
}

/** GET /{locale}/staff/password/{token}: the form of an invitation or a reset; opening it uses nothing up. */
export async function passwordPage(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  return (await linkOf(c)) ? showPassword(c, scene) : showLinkGone(c, scene);
}

/** POST /{locale}/staff/password/{token}: sets the password, ends every other session, and signs in. */
export async function savePassword(c: WebContext): Promise<Response> {
  const { house } = c.var;
  const scene = await setScene(c);
  if (!(await mayTry(house, 'use a link, by network', networkOf(c, house.config.trustedProxies))))
    return showLinkGone(c, scene, 429);
  const link = await linkOf(c);
  if (!link?.staffId) return showLinkGone(c, scene);
  const { password } = await c.req.parseBody();
  const problem = await passwordProblem(c, scene.say, link.staffId, password);
  if (problem) return showPassword(c, scene, { password: problem });
  // Hashed before the transaction: it takes a tenth of a second on purpose.
  const hash = await hashPassword(String(password));
  const staffId = await house.transact(async (tx) => {
    const used = await useOneTimeLink(tx, 'staff_password', c.req.param('token') ?? '');
    if (used?.staffId) await setStaffPassword(tx, used.staffId, hash);
    return used?.staffId;
  });
  if (!staffId || !(await openStaffSession(c, staffId))) return showLinkGone(c, scene);
  return c.redirect('/workspace/', 303);
}

function linkOf(c: WebContext): Promise<LinkFor | undefined> {
  const { house } = c.var;
  return findOneTimeLink(house.db, house.clock(), 'staff_password', c.req.param('token') ?? '');
}

function showForgotten(c: WebContext, scene: Scene, problems: Problems = {}, status?: 429): Promise<Response> {
  const { say, locale } = scene;
  return showStaffPage(c, scene, {
    title: say('staffForgotten'),
    problems,
    status,
    body: (
      <>
        <p>{say('staffForgottenLead')}</p>
        <form novalidate method="post">
          <Input
            name="mail"
            type="email"
            label={say('staffMail')}
            autocomplete="username"
            inputmode="email"
            problems={problems}
            locale={locale}
          />
          <button type="submit">{say('staffForgottenSend')}</button>
        </form>
      </>
    ),
  });
}

function showPassword(c: WebContext, scene: Scene, problems: Problems = {}): Promise<Response> {
  const { say } = scene;
  return showStaffPage(c, scene, {
    title: say('staffPasswordTitle'),
    problems,
    body: (
      <form novalidate method="post">
        <PasswordField
          name="password"
          label={say('staffNewPassword')}
          hint={say('staffPasswordHint', passwordLength)}
          problems={problems}
          autocomplete="new-password"
        />
        <button type="submit">{say('staffPasswordSave')}</button>
      </form>
    ),
  });
}
