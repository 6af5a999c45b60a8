import { changeDetails } from '../../../desk/customers/details.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { Input, type Problems, Select } from '../../ui/fields.tsx';
import type { Scene } from '../../ui/page.tsx';
import { Buttons, goBack, problemAt, readTyped, showForm, type Typed } from '../form-page.tsx';
import { type FoundCustomer, findCustomer } from './found.tsx';

const kinds = ['household', 'business', 'town_hall'] as const;
const wishes = ['ask', 'always', 'never'] as const;

/** GET /:locale/staff/customers/:id/details — name, kind, and what the customer prefers. */
export async function showDetailsForm(c: WebContext): Promise<Response> {
  const found = await findCustomer(c);
  if (!found) return answerNotFound(c);
  const { name, kind, locale, ringBack } = found.customer;
  return detailsForm(c, found, { name, kind, locale, ringBack }, {});
}

/** POST — saves. */
export async function postDetails(c: WebContext): Promise<Response> {
  const found = await findCustomer(c);
  const typed = await readTyped(c);
  if (!found) return answerNotFound(c);
  const { actor, house } = c.var;
  const { customer } = found;
  const saved = await house.transact((tx) =>
    changeDetails(tx, actor, {
      customerId: customer.id,
      name: typed.name ?? '',
      kind: kinds.find((each) => each === typed.kind) ?? customer.kind,
      locale: typed.locale === 'en' ? 'en' : 'fr',
      ringBack: wishes.find((each) => each === typed.ringBack) ?? customer.ringBack,
    }),
  );
  if (saved.ok) return goBack(c, found.path, 'saved');
  const problems = problemAt(found.scene, saved.why, { no_name: ['name', 'custNoName'] });
  return problems ? detailsForm(c, found, typed, problems) : answerNotFound(c);
}

/** The kinds of customers, as one of a few. */
export function kindChoices({ say }: Scene) {
  return [
    { value: 'household', label: say('custKind_household') },
    { value: 'business', label: say('custKind_business') },
    { value: 'town_hall', label: say('custKind_town_hall') },
  ];
}

function detailsForm(c: WebContext, { scene, back }: FoundCustomer, typed: Typed, problems: Problems) {
  const { say, locale } = scene;
  const shared = { locale, problems };
  return showForm(c, scene, {
    title: say('custDetailsTitle'),
    back,
    problems,
    body: (
      <form novalidate method="post">
        <Input {...shared} name="name" label={say('custName')} value={typed.name} />
        <Select
          {...shared}
          name="kind"
          label={say('custKind')}
          hint={say('custKindHint')}
          value={typed.kind}
          choices={kindChoices(scene)}
        />
        <Select
          {...shared}
          name="locale"
          label={say('custLanguage')}
          value={typed.locale}
          choices={[
            { value: 'fr', label: say('custLanguage_fr') },
            { value: 'en', label: say('custLanguage_en') },
          ]}
        />
        <Select
          {...shared}
          name="ringBack"
          label={say('custRingBack')}
          value={typed.ringBack}
          choices={wishes.map((wish) => ({ value: wish, label: say(`custRingBack_${wish}`) }))}
        />
        <Buttons save={say('adminSave')} />
      </form>
    ),
  });
}
