import { type Invited, inviteStaff } from '../../../desk/people/staff.ts';
import { readRoster } from '../../../desk/views/roster.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { Input, type Problems, Select } from '../../ui/fields.tsx';
import { type Scene, setScene } from '../../ui/page.tsx';
import type { WordKey } from '../../ui/words/words.ts';
import { Buttons, goBack, problemAt, readTyped, showForm, type Typed } from '../form-page.tsx';
import { handOverLink, roles } from './accounts-page.tsx';

/** GET /:locale/staff/accounts/new */
export async function showInvite(c: WebContext): Promise<Response> {
  return inviteForm(c, await setScene(c), {}, {});
}

/** POST — makes the account and mails the link that sets its password, once. */
export async function postInvite(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const scene = await setScene(c);
  const typed = await readTyped(c);
  const advisorId = /^[0-9a-f-]{36}$/.test(typed.advisor ?? '') ? typed.advisor : undefined;
  const invited = await house.transact((tx) =>
    inviteStaff(tx, actor, {
      mail: typed.mail ?? '',
      name: typed.name ?? '',
      role: roles.find((each) => each === typed.role) ?? 'advisor',
      locale: typed.locale === 'en' ? 'en' : 'fr',
      ...(advisorId ? { advisorId } : {}),
    }),
  );
  if (invited.kind === 'invited')
    return invited.mailed
      ? goBack(c, '/staff/accounts', 'invited')
      : handOverLink(c, scene, invited.link, scene.locale);
  const problems = problemAt(scene, invited.why, sentences);
  return problems ? inviteForm(c, scene, typed, problems) : answerNotFound(c);
}

type Why = Extract<Invited, { kind: 'refused' }>['why'];

const sentences: Partial<Record<Why, readonly [string, WordKey]>> = {
  'wrong mail': ['mail', 'custPointBadMail'],
  'no name': ['name', 'accountNoName'],
  'has an account': ['mail', 'accountHasOne'],
  'advisor needed': ['advisor', 'accountAdvisorNeeded'],
  'unknown advisor': ['advisor', 'custAdvisorChoose'],
  'advisor taken': ['advisor', 'accountAdvisorTaken'],
};

async function inviteForm(c: WebContext, scene: Scene, typed: Typed, problems: Problems): Promise<Response> {
  const { say, locale, now } = scene;
  const shared = { locale, problems };
  const { advisors } = await readRoster(c.var.house.db, now);
  const free = [...advisors.values()].filter(({ staffId }) => !staffId);
  return showForm(c, scene, {
    title: say('accountInvite'),
    back: { href: `/${locale}/staff/accounts`, label: say('accountsTitle') },
    lead: say('accountInviteLead'),
    problems,
    body: (
      <form novalidate method="post">
        <Input {...shared} name="name" label={say('accountName')} value={typed.name} />
        <Input {...shared} name="mail" type="email" label={say('staffMailOf')} value={typed.mail} />
        <Select
          {...shared}
          name="role"
          label={say('accountRole')}
          value={typed.role ?? 'advisor'}
          choices={roles.map((role) => ({ value: role, label: say(`role_${role}`) }))}
        />
        <Select
          {...shared}
          name="advisor"
          label={say('accountAdvisor')}
          hint={say('accountAdvisorHint')}
          value={typed.advisor ?? ''}
          choices={[
            { value: '', label: say('teamBackupNobody') },
            ...free.map(({ id, fullName }) => ({ value: id, label: fullName })),
          ]}
        />
        <Select
          {...shared}
          name="locale"
          label={say('custLanguage')}
          value={typed.locale ?? scene.operator.locale}
          choices={[
            { value: 'fr', label: say('custLanguage_fr') },
            { value: 'en', label: say('custLanguage_en') },
          ]}
        />
        <Buttons save={say('accountInviteButton')} />
      </form>
    ),
  });
}
