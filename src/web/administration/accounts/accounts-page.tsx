import type { StaffRole } from '../../../desk/actor.ts';
import { leaveStaff, listStaff } from '../../../desk/people/staff.ts';
import { changeStaffRole, resetSignIn } from '../../../desk/people/staff-accounts.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { showSentence, showStaffPage } from '../../staff/frame.tsx';
import { type Problems, Select } from '../../ui/fields.tsx';
import { type Scene, setScene } from '../../ui/page.tsx';
import { Buttons, Done, goBack, idOf, problemAt, readTyped, showForm } from '../form-page.tsx';

export const roles: readonly StaffRole[] = ['advisor', 'lead', 'moderator', 'administrator'];
const done = {
  invited: 'accountInvited',
  saved: 'adminSaved',
  reset: 'accountResetDone',
  closed: 'accountClosed',
} as const;

/** GET /:locale/staff/accounts — who signs in, with which role; those whose account is closed stand last. */
export async function listAccounts(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { say, locale } = scene;
  const all = await listStaff(c.var.house.db);
  return showStaffPage(c, scene, {
    title: say('accountsTitle'),
    body: (
      <>
        <p class="over">
          <a href={`/${locale}/staff/administration`}>{say('adminTitle')}</a>
        </p>
        <Done c={c} scene={scene} words={done} />
        <p>
          <a class="button quiet" href={`/${locale}/staff/accounts/new`}>
            {say('accountInvite')}
          </a>
        </p>
        <ul class="matters">
          {[...all.filter(({ leftAt }) => !leftAt), ...all.filter(({ leftAt }) => leftAt)].map((staff) => (
            <li key={staff.id}>
              {staff.leftAt ? (
                <span>{staff.name}</span>
              ) : (
                <a href={`/${locale}/staff/accounts/${staff.id}`}>{staff.name}</a>
              )}
              <span class="soft">
                {staff.mail} · {say(staff.leftAt ? 'accountIsClosed' : `role_${staff.role}`)}
              </span>
            </li>
          ))}
        </ul>
      </>
    ),
  });
}

/** GET /:locale/staff/accounts/:id — role, lost passkey, closing. */
export async function showAccount(c: WebContext): Promise<Response> {
  return accountPage(c, {});
}

/** POST — does what the button says. */
export async function postAccount(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const scene = await setScene(c);
  const typed = await readTyped(c);
  const found = await findStaff(c);
  if (!found) return answerNotFound(c);
  if (typed.do === 'reset') return reset(c, scene, found);
  if (typed.do === 'close') {
    const left = await house.transact((tx) => leaveStaff(tx, actor, { mail: found.mail }));
    if (left.kind === 'left') return goBack(c, '/staff/accounts', 'closed');
    return left.why === 'last administrator'
      ? accountPage(c, { close: scene.say('accountLastAdministrator') })
      : answerNotFound(c);
  }
  const role = roles.find((each) => each === typed.role) ?? found.role;
  const changed = await house.transact((tx) => changeStaffRole(tx, actor, { staffId: found.id, role }));
  if (changed.ok) return goBack(c, '/staff/accounts', 'saved');
  const problems = problemAt(scene, changed.why, {
    last_administrator: ['role', 'accountLastAdministrator'],
    advisor_needed: ['role', 'accountAdvisorNeeded'],
  });
  return problems ? accountPage(c, problems) : answerNotFound(c);
}

async function reset(c: WebContext, scene: Scene, { id }: { id: string }): Promise<Response> {
  const { house, actor } = c.var;
  const { say, locale } = scene;
  const answer = await house.transact((tx) => resetSignIn(tx, actor, { staffId: id }));
  if (!answer.ok) return answer.why === 'own' ? accountPage(c, { reset: say('accountResetOwn') }) : answerNotFound(c);
  if (answer.mailed) return goBack(c, '/staff/accounts', 'reset');
  return handOverLink(c, scene, answer.link, locale);
}

/** While no mail can leave in the operator's name, the link is shown once, to be handed over. */
export function handOverLink(c: WebContext, scene: Scene, link: string, locale: string): Promise<Response> {
  const { say } = scene;
  return showSentence(c, scene, {
    title: say('accountLinkTitle'),
    sentence: say('accountLink', { link }),
    href: `/${locale}/staff/accounts`,
    link: say('accountsTitle'),
    status: 200,
  });
}

async function findStaff(c: WebContext) {
  const id = idOf(c);
  const all = id ? await listStaff(c.var.house.db) : [];
  return all.find((each) => each.id === id && !each.leftAt);
}

async function accountPage(c: WebContext, problems: Problems): Promise<Response> {
  const found = await findStaff(c);
  if (!found) return answerNotFound(c);
  const scene = await setScene(c);
  const { say, locale } = scene;
  return showForm(c, scene, {
    title: found.name,
    back: { href: `/${locale}/staff/accounts`, label: say('accountsTitle') },
    lead: found.mail,
    problems,
    body: (
      <>
        <form novalidate method="post">
          <Select
            locale={locale}
            problems={problems}
            name="role"
            label={say('accountRole')}
            hint={say('accountRoleHint')}
            value={found.role}
            choices={roles.map((role) => ({ value: role, label: say(`role_${role}`) }))}
          />
          <Buttons save={say('adminSave')} />
        </form>
        <section>
          <h2 id="reset">{say('accountReset')}</h2>
          <p>{say('accountResetLead')}</p>
          <form novalidate method="post">
            <button type="submit" class="quiet" name="do" value="reset">
              {say('accountResetButton')}
            </button>
          </form>
        </section>
        <section>
          <h2 id="close">{say('accountClose')}</h2>
          <p>{say('accountCloseLead')}</p>
          <form novalidate method="post">
            <button type="submit" class="quiet" name="do" value="close">
              {say('accountCloseButton')}
            </button>
          </form>
        </section>
      </>
    ),
  });
}
