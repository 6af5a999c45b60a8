import { removePerson, savePerson } from '../../../desk/customers/persons.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { Input, type Problems } from '../../ui/fields.tsx';
import { Buttons, goBack, idOf, problemAt, readTyped, showForm, type Typed } from '../form-page.tsx';
import { type FoundCustomer, findCustomer } from './found.tsx';

/** GET /:locale/staff/customers/:id/persons/:person — a person of the customer; `new` for another one. */
export async function showPerson(c: WebContext): Promise<Response> {
  const found = await findCustomer(c);
  const person = found && personOf(c, found);
  if (!found || !person) return answerNotFound(c);
  return personForm(c, found, person, {});
}

/** POST — saves or removes; what is wrong comes back beside its field, with everything typed. */
export async function postPerson(c: WebContext): Promise<Response> {
  const found = await findCustomer(c);
  const typed = await readTyped(c);
  if (!found || !personOf(c, found)) return answerNotFound(c);
  const { actor, house } = c.var;
  const { scene, customer, path } = found;
  const id = idOf(c, 'person');
  if (typed.do === 'remove') {
    const removed = await house.transact((tx) => removePerson(tx, actor, { customerId: customer.id, id: id ?? '' }));
    if (removed.ok) return goBack(c, path, 'removed');
    const problems = problemAt(scene, removed.why, { last_one: ['familyName', 'custPersonLast'] });
    return problems ? personForm(c, found, typed, problems) : answerNotFound(c);
  }
  const { givenName = '', familyName = '', role = '' } = typed;
  const saved = await house.transact((tx) =>
    savePerson(tx, actor, { customerId: customer.id, givenName, familyName, role, ...(id ? { id } : {}) }),
  );
  if (saved.ok) return goBack(c, path, 'saved');
  const problems = problemAt(scene, saved.why, { no_name: ['familyName', 'custPersonNoName'] });
  return problems ? personForm(c, found, typed, problems) : answerNotFound(c);
}

/** What is on file, an empty form for a new one, or undefined for an id that is not theirs. */
function personOf(c: WebContext, { customer }: FoundCustomer): Typed | undefined {
  if (c.req.param('person') === 'new') return {};
  const person = customer.persons.find(({ id }) => id === c.req.param('person'));
  return person && { givenName: person.givenName, familyName: person.familyName, role: person.role ?? '' };
}

function personForm(c: WebContext, { scene, back }: FoundCustomer, typed: Typed, problems: Problems) {
  const { say, locale } = scene;
  const isNew = c.req.param('person') === 'new';
  const shared = { locale, problems };
  return showForm(c, scene, {
    title: say(isNew ? 'custPersonAdd' : 'custPersonEdit'),
    back,
    problems,
    body: (
      <form novalidate method="post">
        <div class="pair">
          <Input {...shared} name="givenName" label={say('custGivenName')} optional value={typed.givenName} />
          <Input {...shared} name="familyName" label={say('custFamilyName')} value={typed.familyName} />
        </div>
        <Input {...shared} name="role" label={say('custRole')} hint={say('custRoleHint')} optional value={typed.role} />
        <Buttons save={say('adminSave')} remove={isNew ? undefined : say('custPersonRemove')} />
      </form>
    ),
  });
}
