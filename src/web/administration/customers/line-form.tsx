import { removeLine, saveLine } from '../../../desk/customers/lines.ts';
import { listServiceLevels } from '../../../desk/views/service-levels.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { Input, type Problems, Select } from '../../ui/fields.tsx';
import { Buttons, goBack, idOf, problemAt, readTyped, showForm, type Typed } from '../form-page.tsx';
import { type FoundCustomer, findCustomer } from './found.tsx';

/** GET /:locale/staff/customers/:id/lines/:line — a line with its service level; `new` for another one. */
export async function showLine(c: WebContext): Promise<Response> {
  const found = await findCustomer(c);
  const line = found && lineOf(c, found);
  return found && line ? lineForm(c, found, line, {}) : answerNotFound(c);
}

/** POST — saves or removes. */
export async function postLine(c: WebContext): Promise<Response> {
  const found = await findCustomer(c);
  const typed = await readTyped(c);
  if (!found || !lineOf(c, found)) return answerNotFound(c);
  const { actor, house } = c.var;
  const { scene, customer, path } = found;
  const id = idOf(c, 'line');
  if (typed.do === 'remove') {
    const removed = await house.transact((tx) => removeLine(tx, actor, { customerId: customer.id, id: id ?? '' }));
    return removed.ok ? goBack(c, path, 'removed') : answerNotFound(c);
  }
  const { reference = '', product = '', serviceLevel = '' } = typed;
  const saved = await house.transact((tx) =>
    saveLine(tx, actor, { customerId: customer.id, reference, product, serviceLevel, ...(id ? { id } : {}) }),
  );
  if (saved.ok) return goBack(c, path, 'saved');
  const problems = problemAt(scene, saved.why, {
    reference_unreadable: ['reference', 'custLineBadReference'],
    reference_taken: ['reference', 'custLineTaken'],
    no_product: ['product', 'custLineNoProduct'],
    unknown_level: ['serviceLevel', 'custLineBadLevel'],
  });
  return problems ? lineForm(c, found, typed, problems) : answerNotFound(c);
}

function lineOf(c: WebContext, { customer }: FoundCustomer): Typed | undefined {
  if (c.req.param('line') === 'new') return {};
  const line = customer.lines.find(({ id }) => id === c.req.param('line'));
  return line && { reference: line.reference, product: line.product, serviceLevel: line.serviceLevel };
}

async function lineForm(c: WebContext, { scene, back }: FoundCustomer, typed: Typed, problems: Problems) {
  const { say, locale } = scene;
  const isNew = c.req.param('line') === 'new';
  const shared = { locale, problems };
  const levels = await listServiceLevels(c.var.house.db);
  return showForm(c, scene, {
    title: say(isNew ? 'custLineAdd' : 'custLineEdit'),
    back,
    lead: say('custLineLead'),
    problems,
    body: (
      <form novalidate method="post">
        <Input
          {...shared}
          name="reference"
          label={say('custLineReference')}
          hint={say('custLineReferenceHint')}
          value={typed.reference}
        />
        <Input {...shared} name="product" label={say('custLineProduct')} value={typed.product} />
        <Select
          {...shared}
          name="serviceLevel"
          label={say('custLineLevel')}
          value={typed.serviceLevel ?? 'standard'}
          choices={levels.map((level) => ({
            value: level.code,
            label: say('levelChoice', {
              name: locale === 'fr' ? level.nameFr : level.nameEn,
              hours: hoursWords(level.answerWithinMinutes, locale),
            }),
          }))}
        />
        <Buttons save={say('adminSave')} remove={isNew ? undefined : say('custLineRemove')} />
      </form>
    ),
  });
}

/** Minutes as hours, in the page's way of writing numbers: 90 is "1,5" in French. */
export function hoursWords(minutes: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(minutes / 60);
}
