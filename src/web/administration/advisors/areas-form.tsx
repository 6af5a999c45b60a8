import { addArea } from '../../../desk/areas/add.ts';
import { giveArea } from '../../../desk/areas/give.ts';
import { readAdvisorFile } from '../../../desk/views/advisor-file.ts';
import { answerNotFound } from '../../problems.ts';
import { communeTyped } from '../../public/commune-query.ts';
import type { WebContext } from '../../route.ts';
import { Input, type Problems } from '../../ui/fields.tsx';
import { Buttons, goBack, readTyped, showForm, type Typed } from '../form-page.tsx';
import { type FoundAdvisor, findPresentAdvisor } from './found.ts';

/** GET /:locale/staff/advisors/:id/areas — gives this advisor a commune or a sector, for customers to come. */
export async function showAreas(c: WebContext): Promise<Response> {
  const found = await findPresentAdvisor(c);
  return found ? areasForm(c, found, {}, {}) : answerNotFound(c);
}

/** POST — gives it; a commune nobody serves yet becomes an area of the advisor's office. */
export async function postAreas(c: WebContext): Promise<Response> {
  const found = await findPresentAdvisor(c);
  const typed = await readTyped(c);
  if (!found) return answerNotFound(c);
  const { say } = found.scene;
  const commune = await communeTyped(c.var.house.db, typed.commune ?? '');
  if (!commune) return areasForm(c, found, typed, { commune: say('permanenceCommuneBad') });
  const given = await give(c, found, commune.insee, typed.sector?.trim() || undefined);
  if (given === 'ok') return goBack(c, found.path, 'saved');
  return given ? areasForm(c, found, typed, given) : answerNotFound(c);
}

async function give(
  c: WebContext,
  { advisor, scene: { say }, name }: FoundAdvisor,
  communeInsee: string,
  sector: string | undefined,
): Promise<'ok' | Problems | undefined> {
  const { actor, house } = c.var;
  const given = await house.transact(async (tx) => {
    const first = await giveArea(tx, actor, { communeInsee, sector, advisorId: advisor.id });
    if (first.ok || first.why !== 'not_served') return first;
    const pod = await tx.db.selectFrom('pod').where('id', '=', advisor.podId).select('officeId').executeTakeFirst();
    return addArea(tx, actor, { communeInsee, officeId: pod?.officeId ?? '', advisorId: advisor.id });
  });
  if (given.ok) return 'ok';
  if (given.why === 'which_sector')
    return { sector: say('teamAreaSector', { sectors: given.sectors.filter(Boolean).join(', ') }) };
  if (given.why === 'same_advisor') return { commune: say('teamAreaSame', { name }) };
  return undefined;
}

async function areasForm(
  c: WebContext,
  { scene, advisor, name, back }: FoundAdvisor,
  typed: Typed,
  problems: Problems,
) {
  const { say, locale } = scene;
  const areas = (await readAdvisorFile(c.var.house.db, advisor.id))?.areas ?? [];
  const shared = { locale, problems };
  return showForm(c, scene, {
    title: say('teamAreaGive'),
    back,
    lead: say('teamAreaLead', { name }),
    problems,
    body: (
      <>
        <form novalidate method="post">
          <Input {...shared} name="commune" label={say('permanenceCommune')} value={typed.commune} />
          <Input
            {...shared}
            name="sector"
            label={say('custSector')}
            hint={say('custSectorHint')}
            optional
            value={typed.sector}
          />
          <Buttons save={say('teamAreaSave')} />
        </form>
        <section>
          <h2>{say('teamAreas', { count: areas.length })}</h2>
          <p>{areas.map((area) => (area.sector ? `${area.name} (${area.sector})` : area.name)).join(', ')}</p>
        </section>
      </>
    ),
  });
}
