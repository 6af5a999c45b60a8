import { changeAdvisor } from '../../../desk/customers/change-advisor.ts';
import { readRoster } from '../../../desk/views/roster.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { type Problems, Select, TextArea } from '../../ui/fields.tsx';
import { Buttons, goBack, problemAt, readTyped, showForm, type Typed } from '../form-page.tsx';
import { type FoundCustomer, findCustomer } from './found.tsx';

/** GET /:locale/staff/customers/:id/advisor — another advisor, with the handover and what the customer will be told. */
export async function showAdvisorChange(c: WebContext): Promise<Response> {
  const found = await findCustomer(c);
  return found ? advisorForm(c, found, {}, {}) : answerNotFound(c);
}

/** POST — changes the advisor; both names are announced, open case files go along. */
export async function postAdvisorChange(c: WebContext): Promise<Response> {
  const found = await findCustomer(c);
  const typed = await readTyped(c);
  if (!found) return answerNotFound(c);
  const { actor, house } = c.var;
  const { scene, customer, path } = found;
  if (!/^[0-9a-f-]{36}$/.test(typed.advisor ?? ''))
    return advisorForm(c, found, typed, { advisor: scene.say('custAdvisorChoose') });
  const changed = await house.transact((tx) =>
    changeAdvisor(tx, actor, {
      customerId: customer.id,
      advisorId: typed.advisor ?? '',
      handover: typed.handover ?? '',
    }),
  );
  if (changed.ok) return goBack(c, path, changed.toldBy ? 'advisorTold' : 'advisorLetter');
  const problems = problemAt(scene, changed.why, {
    unknown_advisor: ['advisor', 'custAdvisorChoose'],
    same_advisor: ['advisor', 'custAdvisorSame'],
    no_handover: ['handover', 'custHandoverMissing'],
  });
  return problems ? advisorForm(c, found, typed, problems) : answerNotFound(c);
}

async function advisorForm(c: WebContext, found: FoundCustomer, typed: Typed, problems: Problems) {
  const { scene, customer, back } = found;
  const { say, locale, now } = scene;
  const shared = { locale, problems };
  const { advisors } = await readRoster(c.var.house.db, now);
  const others = [...advisors.values()].filter(({ id }) => id !== customer.advisor.id);
  const mayBeTold = customer.points.some(({ kind, failing }) => kind === 'mail' && !failing);
  const { areaAdvisor } = customer;
  return showForm(c, scene, {
    title: say('custAdvisorTitle'),
    back,
    lead: say(mayBeTold ? 'custAdvisorLead' : 'custAdvisorLeadLetter', { name: customer.advisor.name }),
    problems,
    body: (
      <form novalidate method="post">
        <Select
          {...shared}
          name="advisor"
          label={say('custAdvisorNext')}
          value={typed.advisor ?? (areaAdvisor.id === customer.advisor.id ? '' : areaAdvisor.id)}
          choices={[
            { value: '', label: say('adminChoose') },
            ...others.map(({ id, fullName }) => ({
              value: id,
              label: id === areaAdvisor.id ? say('custAdvisorLocal', { name: fullName }) : fullName,
            })),
          ]}
        />
        <TextArea
          {...shared}
          name="handover"
          label={say('custHandover')}
          hint={say('custHandoverHint')}
          value={typed.handover}
        />
        <Buttons save={say('custAdvisorSave')} />
      </form>
    ),
  });
}
