import { eraseCustomer, erasureReasons } from '../../../desk/customers/erase.ts';
import { kinds, whatErasureTakes } from '../../../desk/views/erasure.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { Input, type Problems, Select } from '../../ui/fields.tsx';
import { Buttons, goBack, readTyped, showForm, type Typed } from '../form-page.tsx';
import { type FoundCustomer, findCustomer } from './found.tsx';

/** GET /:locale/staff/customers/:id/erase — what would go, what stays and why, and what stands in the way. */
export async function showErase(c: WebContext): Promise<Response> {
  const found = await findCustomer(c);
  return found ? erasePage(c, found, {}, {}) : answerNotFound(c);
}

/** POST — erases, once the customer's number was typed. */
export async function postErase(c: WebContext): Promise<Response> {
  const found = await findCustomer(c);
  const typed = await readTyped(c);
  if (!found) return answerNotFound(c);
  const { actor, house } = c.var;
  const { say } = found.scene;
  const reason = erasureReasons.find((each) => each === typed.reason) ?? 'asked';
  const erased = await house.transact((tx) =>
    eraseCustomer(tx, actor, { customerId: found.customer.id, reference: typed.reference ?? '', reason }),
  );
  if (erased.ok) return goBack(c, '/staff/customers', 'erased');
  if (erased.why === 'not_confirmed') return erasePage(c, found, typed, { reference: say('eraseNotConfirmed') });
  return erased.why === 'still_open' ? erasePage(c, found, typed, {}) : answerNotFound(c);
}

const kept = ['eraseKeptLog', 'eraseKeptAudit', 'eraseKeptRecord', 'eraseKeptElsewhere', 'eraseKeptBackups'] as const;

async function erasePage(c: WebContext, { scene, customer, back }: FoundCustomer, typed: Typed, problems: Problems) {
  const { say, locale } = scene;
  const { open, gone, shared } = await whatErasureTakes(c.var.house.db, customer.id);
  const stands = open.caseFiles + open.trayItems > 0;
  return showForm(c, scene, {
    title: say('eraseTitle'),
    back,
    lead: say('eraseLead', { name: customer.name }),
    problems,
    body: (
      <>
        {stands ? (
          <p class="away" role="status">
            {say('eraseStillOpen', { files: open.caseFiles, tray: open.trayItems })}
          </p>
        ) : null}
        <h2>{say('eraseGone')}</h2>
        <dl class="notice">
          {kinds
            .filter((kind) => gone[kind] > 0)
            .map((kind) => (
              <div key={kind}>
                <dt>{say(`eraseGone_${kind}`)}</dt>
                <dd class="num">{gone[kind]}</dd>
              </div>
            ))}
        </dl>
        {shared > 0 ? <p class="soft">{say('eraseShared', { count: shared })}</p> : null}
        <section>
          <h2>{say('eraseKept')}</h2>
          <ul>
            {kept.map((key) => (
              <li key={key}>{say(key)}</li>
            ))}
          </ul>
          <p class="soft">{say('erasePointer')}</p>
        </section>
        {stands ? null : (
          <section>
            <h2>{say('eraseConfirm')}</h2>
            <p>{say('eraseForGood')}</p>
            <form novalidate method="post">
              <Select
                locale={locale}
                name="reason"
                label={say('eraseReason')}
                value={typed.reason ?? 'asked'}
                choices={erasureReasons.map((value) => ({ value, label: say(`eraseReason_${value}`) }))}
              />
              <Input
                locale={locale}
                problems={problems}
                name="reference"
                label={say('eraseReference', { reference: customer.reference })}
                value={typed.reference}
                autocomplete="off"
              />
              <Buttons save={say('eraseButton')} />
            </form>
          </section>
        )}
      </>
    ),
  });
}
