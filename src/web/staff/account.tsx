import { pastTime } from '../../core/text/dates.ts';
import { withdrawStaffLinks } from '../../desk/people/one-time-links.ts';
import { endStaffSessions } from '../../desk/people/staff-sign-in.ts';
import { can } from '../../desk/permissions.ts';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';
import { mayTry } from '../session/rate-limits.ts';
import { passwordLength, staffAuth } from '../session/staff-auth.ts';
import { takeCookies } from '../session/staff-entry.ts';
import { readStaffSession, type StaffSession } from '../session/staff-session.ts';
import type { Problems } from '../ui/fields.tsx';
import { type Scene, setScene } from '../ui/page.tsx';
import { PasswordField, showStaffPage } from './frame.tsx';
import { passwordProblem } from './password-problem.ts';

/** GET /{locale}/staff/account: password, passkeys and sessions of whoever is signed in. */
export async function accountPage(c: WebContext): Promise<Response> {
  const session = await readStaffSession(c);
  return session ? showAccount(c, session) : answerNotFound(c);
}

/** POST /{locale}/staff/account/password: ends every other session. */
export async function changePassword(c: WebContext): Promise<Response> {
  const session = await readStaffSession(c);
  if (!session) return answerNotFound(c);
  const { house } = c.var;
  const { say, locale } = await setScene(c);
  if (!(await mayTry(house, 'change password, by account', session.staffId)))
    return showAccount(c, session, { current: say('staffTooOften') }, 429);
  const form = await c.req.parseBody();
  const problem = await passwordProblem(c, say, session.staffId, form.password);
  if (problem) return showAccount(c, session, { password: problem });
  const answer = await staffAuth(house).api.changePassword({
    body: {
      currentPassword: String(form.current ?? ''),
      newPassword: String(form.password),
      revokeOtherSessions: true,
    },
    headers: c.req.raw.headers,
    asResponse: true,
  });
  if (!answer.ok) return showAccount(c, session, { current: say('staffWrongCurrent') });
  takeCookies(c, answer);
  await house.transact((tx) => withdrawStaffLinks(tx, session.staffId));
  await audit(c, session, 'set password');
  return c.redirect(`/${locale}/staff/account?changed=password`, 303);
}

/** POST /{locale}/staff/account/passkeys/{id}/remove: one's own only; another's is not there. */
export async function removePasskey(c: WebContext): Promise<Response> {
  const session = await readStaffSession(c);
  if (!session) return answerNotFound(c);
  const id = c.req.param('id') ?? '';
  const removed = /^[\da-f-]{36}$/.test(id)
    ? await c.var.house.db
        .deleteFrom('staffPasskey')
        .where('id', '=', id)
        .where('staffId', '=', session.staffId)
        .executeTakeFirst()
    : undefined;
  if (!removed?.numDeletedRows) return answerNotFound(c);
  await audit(c, session, 'remove passkey');
  return c.redirect(`/${c.req.param('locale')}/staff/account`, 303);
}

/** POST /{locale}/staff/account/sessions/end: all but this one. */
export async function endOtherSessions(c: WebContext): Promise<Response> {
  const session = await readStaffSession(c);
  if (!session) return answerNotFound(c);
  await c.var.house.transact((tx) => endStaffSessions(tx, session.staffId, session.sessionId));
  return c.redirect(`/${c.req.param('locale')}/staff/account`, 303);
}

async function audit(c: WebContext, { staffId }: StaffSession, action: string): Promise<void> {
  const { db, clock } = c.var.house;
  await db.insertInto('audit').values({ at: clock(), staffId, action }).execute();
}

async function showAccount(
  c: WebContext,
  session: StaffSession,
  problems: Problems = {},
  status?: 429,
): Promise<Response> {
  const scene = await setScene(c);
  const { say, locale } = scene;
  const account = `/${locale}/staff/account`;
  return showStaffPage(c, scene, {
    title: say('staffAccountTitle'),
    problems,
    status,
    passkeys: true,
    body: (
      <>
        {c.req.query('changed') === 'password' ? <p role="status">{say('staffPasswordChanged')}</p> : null}
        <p>{say('staffAccountOf', { name: session.name, mail: session.mail })}</p>
        <p>
          <a href="/workspace/">{say('staffToWorkspace')}</a>
        </p>
        <PublicSide locale={locale} say={say} role={session.role} />
        <section aria-labelledby="password-title">
          <h2 id="password-title">{say('staffChangePassword')}</h2>
          <form novalidate method="post" action={`${account}/password`}>
            <PasswordField
              name="current"
              label={say('staffCurrentPassword')}
              problems={problems}
              autocomplete="current-password"
            />
            <PasswordField
              name="password"
              label={say('staffNewPassword')}
              hint={say('staffPasswordHint', passwordLength)}
              problems={problems}
              autocomplete="new-password"
            />
            <button type="submit">{say('staffChangePassword')}</button>
          </form>
        </section>
        <Passkeys scene={scene} keys={await passkeysOf(c, session)} account={account} />
        <Sessions scene={scene} sessions={await sessionsOf(c, session)} own={session.sessionId} account={account} />
        <form novalidate method="post" action={`/${locale}/staff/sign-out`}>
          <button type="submit" class="quiet">
            {say('staffSignOut')}
          </button>
        </form>
      </>
    ),
  });
}

/** The ways to the administration, posts and comments, for those whose work it is. */
function PublicSide({ locale, say, role }: Pick<Scene, 'locale' | 'say'> & Pick<StaffSession, 'role'>) {
  const actor = { kind: 'integration', name: '', role } as const;
  return (
    <ul class="links">
      {can(actor, 'read customers') ? (
        <li>
          <a href={`/${locale}/staff/administration`}>{say('adminTitle')}</a>
        </li>
      ) : null}
      {can(actor, 'write posts') ? (
        <li>
          <a href={`/${locale}/staff/posts`}>{say('editorPosts')}</a>
        </li>
      ) : null}
      {can(actor, 'moderate comments') ? (
        <li>
          <a href={`/${locale}/staff/moderation`}>{say('moderationTitle')}</a>
        </li>
      ) : null}
    </ul>
  );
}

function passkeysOf(c: WebContext, { staffId }: StaffSession) {
  const { db } = c.var.house;
  return db
    .selectFrom('staffPasskey')
    .where('staffId', '=', staffId)
    .select(['id', 'createdAt'])
    .orderBy('id')
    .execute();
}

function sessionsOf(c: WebContext, { staffId }: StaffSession) {
  const { db } = c.var.house;
  return (
    db
      .selectFrom('staffSession')
      .where('staffId', '=', staffId)
      // better-auth ends sessions by the system's clock.
      .where('expiresAt', '>', new Date())
      .select(['id', 'createdAt'])
      .orderBy('createdAt', 'desc')
      .execute()
  );
}

interface PasskeysProps {
  scene: Scene;
  keys: readonly { id: string; createdAt: Date | null }[];
  account: string;
}

function Passkeys({ scene: { say, now, style, locale }, keys, account }: PasskeysProps) {
  return (
    <section aria-labelledby="passkeys-title">
      <h2 id="passkeys-title">{say('staffPasskeys')}</h2>
      <p>{say('staffPasskeysLead')}</p>
      {keys.length === 0 ? <p>{say('staffPasskeysNone')}</p> : null}
      {keys.map(({ id, createdAt }) => (
        <form novalidate key={id} method="post" action={`${account}/passkeys/${id}/remove`}>
          <p>{say('staffPasskeyAdded', { when: createdAt ? pastTime(createdAt, now, style) : '' })}</p>
          <button type="submit" class="quiet">
            {say('staffPasskeyRemove')}
          </button>
        </form>
      ))}
      <p hidden role="alert" class="problem" id="passkey-problem">
        {say('staffPasskeyFailed')}
      </p>
      <p hidden role="alert" class="problem" id="passkey-stale">
        {say('staffPasskeyStale')} <a href={`/${locale}/staff/sign-in?next=${account}`}>{say('staffAgain')}</a>
      </p>
      <p>
        <button type="button" hidden id="passkey-add">
          {say('staffPasskeyAdd')}
        </button>
      </p>
      <p id="passkey-needs">{say('staffPasskeyScript')}</p>
    </section>
  );
}

interface SessionsProps {
  scene: Scene;
  sessions: readonly { id: string; createdAt: Date }[];
  own: string;
  account: string;
}

function Sessions({ scene: { say, now, style }, sessions, own, account }: SessionsProps) {
  return (
    <section aria-labelledby="sessions-title">
      <h2 id="sessions-title">{say('staffSessions')}</h2>
      <ul>
        {sessions.map(({ id, createdAt }) => (
          <li key={id}>
            {say(id === own ? 'staffSessionThis' : 'staffSessionOther', { when: pastTime(createdAt, now, style) })}
          </li>
        ))}
      </ul>
      {sessions.length > 1 ? (
        <form novalidate method="post" action={`${account}/sessions/end`}>
          <button type="submit" class="quiet">
            {say('staffSessionsEnd')}
          </button>
        </form>
      ) : null}
    </section>
  );
}
