import { addCustomer } from '../../../desk/customers/add.ts';
import { type CustomerProblem, explainCustomerProblem } from '../../../desk/customers/problems.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { Input, type Problems, Select, TextArea } from '../../ui/fields.tsx';
import { type Scene, setScene } from '../../ui/page.tsx';
import { Buttons, goBack, readTyped, showForm, type Typed } from '../form-page.tsx';
import { kindChoices } from './details-form.tsx';

/** GET /:locale/staff/customers/new */
export async function showAddCustomer(c: WebContext): Promise<Response> {
  return addForm(c, await setScene(c), {}, {});
}

/** POST — adds a customer with everything known; the advisor of the area is in charge from the first row. */
export async function postAddCustomer(c: WebContext): Promise<Response> {
  const { actor, house } = c.var;
  const scene = await setScene(c);
  const typed = await readTyped(c);
  const text = (name: string) => (typed[name] ?? '').trim();
  const added = await house.transact((tx) =>
    addCustomer(tx, actor, {
      kind: typed.kind === 'business' || typed.kind === 'town_hall' ? typed.kind : 'household',
      name: text('name'),
      commune: text('commune'),
      sector: text('sector') || undefined,
      locale: scene.operator.locale,
      phones: text('phone') ? [text('phone')] : [],
      mails: text('mail') ? [text('mail')] : [],
      address: text('address'),
      lines: text('line') ? [{ reference: text('line'), product: text('product') || text('line') }] : [],
    }),
  );
  if (added.ok) return goBack(c, `/staff/customers/${added.id}`, 'added');
  if (added.why === 'not_allowed') return answerNotFound(c);
  return addForm(c, scene, typed, problemsOf(added.problems, scene));
}

function problemsOf(problems: readonly CustomerProblem[], { locale }: Scene): Problems {
  return Object.fromEntries(problems.map((problem) => [problem.field, explainCustomerProblem(problem, locale)]));
}

function addForm(c: WebContext, scene: Scene, typed: Typed, problems: Problems) {
  const { say, locale } = scene;
  const shared = { locale, problems };
  return showForm(c, scene, {
    title: say('custAddTitle'),
    back: { href: `/${locale}/staff/customers`, label: say('custListTitle') },
    lead: say('custAddLead'),
    problems,
    body: (
      <form novalidate method="post">
        <Input {...shared} name="name" label={say('custName')} value={typed.name} />
        <Select
          {...shared}
          name="kind"
          label={say('custKind')}
          value={typed.kind ?? 'household'}
          choices={kindChoices(scene)}
        />
        <div class="pair">
          <Input {...shared} name="commune" label={say('permanenceCommune')} value={typed.commune} />
          <Input {...shared} name="sector" label={say('custSector')} optional value={typed.sector} />
          <Input {...shared} name="phone" type="tel" label={say('detailsPhone')} optional value={typed.phone} />
          <Input {...shared} name="mail" type="email" label={say('detailsMail')} optional value={typed.mail} />
        </div>
        <TextArea {...shared} name="address" label={say('detailsPostal')} optional value={typed.address} />
        <div class="pair">
          <Input {...shared} name="line" label={say('custLineReference')} optional value={typed.line} />
          <Input {...shared} name="product" label={say('custLineProduct')} optional value={typed.product} />
        </div>
        <Buttons save={say('custAdd')} />
      </form>
    ),
  });
}
