import { moveHouse } from '../../../desk/customers/move-house.ts';
import { explainCustomerProblem } from '../../../desk/customers/problems.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { Input, type Problems, TextArea } from '../../ui/fields.tsx';
import { Buttons, goBack, readTyped, showForm, type Typed } from '../form-page.tsx';
import { type FoundCustomer, findCustomer } from './found.tsx';

/** GET /:locale/staff/customers/:id/place — where they live. */
export async function showPlace(c: WebContext): Promise<Response> {
  const found = await findCustomer(c);
  if (!found) return answerNotFound(c);
  const { commune, sector, points } = found.customer;
  const address = points.find(({ kind }) => kind === 'postal')?.value ?? '';
  return placeForm(c, found, { commune: commune.insee, sector: sector ?? '', address }, {});
}

/** POST — moves them to another area; their advisor stays until somebody changes that, which the page then offers. */
export async function postPlace(c: WebContext): Promise<Response> {
  const found = await findCustomer(c);
  const typed = await readTyped(c);
  if (!found) return answerNotFound(c);
  const { actor, house } = c.var;
  const { scene, customer, path } = found;
  const { commune = '', sector = '', address = '' } = typed;
  const moved = await house.transact((tx) =>
    moveHouse(tx, actor, { customerId: customer.id, commune, sector, address }),
  );
  if (moved.ok) return goBack(c, path, moved.areaAdvisorId === moved.ownAdvisorId ? 'saved' : 'moved');
  if (moved.why !== 'problem') return answerNotFound(c);
  const { problem } = moved;
  return placeForm(c, found, typed, { [problem.field]: explainCustomerProblem(problem, scene.locale) });
}

function placeForm(c: WebContext, { scene, customer, back }: FoundCustomer, typed: Typed, problems: Problems) {
  const { say, locale } = scene;
  const shared = { locale, problems };
  return showForm(c, scene, {
    title: say('custPlaceTitle'),
    back,
    lead: say('custPlaceLead', { name: customer.advisor.name }),
    problems,
    body: (
      <form novalidate method="post">
        <Input
          {...shared}
          name="commune"
          label={say('permanenceCommune')}
          hint={say('custPlaceCommuneHint')}
          value={typed.commune}
        />
        <Input
          {...shared}
          name="sector"
          label={say('custSector')}
          hint={say('custSectorHint')}
          optional
          value={typed.sector}
        />
        <TextArea
          {...shared}
          name="address"
          label={say('detailsPostal')}
          hint={say('custAddressHint')}
          optional
          value={typed.address}
        />
        <Buttons save={say('adminSave')} />
      </form>
    ),
  });
}
