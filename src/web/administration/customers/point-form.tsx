import { addContactPoint, removeContactPoint } from '../../../desk/customers/contact-points.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { type Problems, Select, TextArea } from '../../ui/fields.tsx';
import { Buttons, goBack, idOf, problemAt, readTyped, showForm, type Typed } from '../form-page.tsx';
import { type FoundCustomer, findCustomer } from './found.tsx';

const kinds = ['phone', 'mail', 'postal'] as const;

/** GET /:locale/staff/customers/:id/contact-points/new */
export async function showPoint(c: WebContext): Promise<Response> {
  const found = await findCustomer(c);
  return found ? pointForm(c, found, {}, {}) : answerNotFound(c);
}

/** POST — adds a number or an address. */
export async function postPoint(c: WebContext): Promise<Response> {
  const found = await findCustomer(c);
  const typed = await readTyped(c);
  if (!found) return answerNotFound(c);
  const { actor, house } = c.var;
  const kind = kinds.find((each) => each === typed.kind) ?? 'phone';
  const added = await house.transact((tx) =>
    addContactPoint(tx, actor, { customerId: found.customer.id, kind, value: typed.value ?? '' }),
  );
  if (added.ok) return goBack(c, found.path, 'saved');
  const problems = problemAt(found.scene, added.why, {
    unreadable: [
      'value',
      kind === 'mail' ? 'custPointBadMail' : kind === 'phone' ? 'custPointBadPhone' : 'custPointEmpty',
    ],
    on_file: ['value', 'custPointOnFile'],
  });
  return problems ? pointForm(c, found, typed, problems) : answerNotFound(c);
}

/** POST …/contact-points/:point/remove — unless it is the last way to reach them. */
export async function removePoint(c: WebContext): Promise<Response> {
  const found = await findCustomer(c);
  if (!found) return answerNotFound(c);
  const { actor, house } = c.var;
  const removed = await house.transact((tx) =>
    removeContactPoint(tx, actor, { customerId: found.customer.id, id: idOf(c, 'point') ?? '' }),
  );
  if (removed.ok) return goBack(c, found.path, 'removed');
  return removed.why === 'last_one' ? goBack(c, found.path, 'last') : answerNotFound(c);
}

function pointForm(c: WebContext, { scene, back }: FoundCustomer, typed: Typed, problems: Problems) {
  const { say, locale } = scene;
  const shared = { locale, problems };
  return showForm(c, scene, {
    title: say('custPointAdd'),
    back,
    problems,
    body: (
      <form novalidate method="post">
        <Select
          {...shared}
          name="kind"
          label={say('custPointKind')}
          value={typed.kind ?? 'phone'}
          choices={[
            { value: 'phone', label: say('detailsPhone') },
            { value: 'mail', label: say('detailsMail') },
            { value: 'postal', label: say('detailsPostal') },
          ]}
        />
        <TextArea
          {...shared}
          name="value"
          label={say('custPointValue')}
          hint={say('custPointHint')}
          value={typed.value}
        />
        <Buttons save={say('adminSave')} />
      </form>
    ),
  });
}
