import { pastTime } from '../../core/text/dates.ts';
import { askForPlan } from '../../desk/caseloads/plan.ts';
import { type ListedPlan, listPlans } from '../../desk/views/caseload-plans.ts';
import { readRoster } from '../../desk/views/roster.ts';
import { readTyped, type Typed } from '../administration/form-page.tsx';
import type { WebContext } from '../route.ts';
import { showStaffPage } from '../staff/frame.tsx';
import { type Problems, Select } from '../ui/fields.tsx';
import { type Scene, setScene } from '../ui/page.tsx';

/** GET /:locale/staff/caseloads — ask what should change, and every plan so far with who decided it and why. */
export async function showCaseloads(c: WebContext): Promise<Response> {
  return show(c, await setScene(c), {}, {});
}

/** POST — asks for a plan; a job works it out. */
export async function postPlan(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const scene = await setScene(c);
  const typed = await readTyped(c);
  const kind = typed.kind === 'design' ? 'design' : 'repair';
  const asked = {
    kind,
    withoutAdvisorId: typed.without || undefined,
    newcomerId: typed.newcomer || undefined,
  } as const;
  const known = (await readRoster(house.db, house.clock())).advisors;
  const problems = Object.fromEntries(
    (['without', 'newcomer'] as const)
      .filter((field) => typed[field] && !known.has(typed[field]))
      .map((field) => [field, scene.say('loadsWhoBad')]),
  );
  if (typed.without && typed.without === typed.newcomer) problems.newcomer = scene.say('loadsWhoTwice');
  if (Object.keys(problems).length > 0) return show(c, scene, typed, problems);
  const plan = await house.transact((tx) => askForPlan(tx, actor, asked));
  if (!plan.ok) return show(c, scene, typed, { without: scene.say('loadsWhoBad') });
  return c.redirect(`/${scene.locale}/staff/caseloads/${plan.id}`, 303);
}

async function show(c: WebContext, scene: Scene, typed: Typed, problems: Problems): Promise<Response> {
  const { say, locale, now } = scene;
  const { house } = c.var;
  const people = [...(await readRoster(house.db, now)).advisors.values()]
    .map(({ id, fullName }) => ({ value: id, label: fullName }))
    .toSorted((one, other) => one.label.localeCompare(other.label, locale));
  const plans = await listPlans(house.db);
  const kinds = [
    { value: 'repair', label: say('loadsRepair') },
    { value: 'design', label: say('loadsDesign') },
  ];
  const nobody = { value: '', label: say('loadsNobody') };
  const shared = { locale, problems };
  return showStaffPage(c, scene, {
    title: say('loadsTitle'),
    problems,
    body: (
      <>
        <p class="lead">{say('loadsLead')}</p>
        <p>
          <a href={`/${locale}/staff/caseloads/map`}>{say('mapTitle')}</a>
        </p>
        <p>
          <a href={`/${locale}/staff/sectors`}>{say('sectorsTitle')}</a>
        </p>
        <form novalidate method="post" action={`/${locale}/staff/caseloads`}>
          <Select {...shared} name="kind" label={say('loadsKind')} value={typed.kind ?? 'repair'} choices={kinds} />
          <Select
            {...shared}
            name="without"
            label={say('loadsWithout')}
            value={typed.without}
            choices={[nobody, ...people]}
          />
          <Select
            {...shared}
            name="newcomer"
            label={say('loadsNewcomer')}
            value={typed.newcomer}
            choices={[nobody, ...people]}
          />
          <button type="submit">{say('loadsAsk')}</button>
        </form>
        <section>
          <h2>{say('loadsPlans')}</h2>
          {plans.length === 0 ? <p>{say('loadsNone')}</p> : null}
          <ul class="matters">
            {plans.map((plan) => (
              <Line key={plan.id} scene={scene} plan={plan} />
            ))}
          </ul>
        </section>
      </>
    ),
  });
}

function Line({ scene, plan }: { scene: Scene; plan: ListedPlan }) {
  const { say, locale, now, style } = scene;
  return (
    <li>
      <div>
        <a href={`/${locale}/staff/caseloads/${plan.id}`}>
          {planTitle(scene, plan)}, {pastTime(plan.askedAt, now, style)}
        </a>
        <p class="soft tight">{[plan.askedBy, plan.why, plan.whyUndone].filter(Boolean).join(' · ')}</p>
      </div>
      <span class="num">{say(`loadsState_${plan.state}`)}</span>
    </li>
  );
}

/** What a plan is about, in a line. */
export function planTitle({ say }: Scene, plan: ListedPlan): string {
  if (plan.without) return say('loadsPlanWithout', { name: plan.without });
  if (plan.newcomer) return say('loadsPlanWith', { name: plan.newcomer });
  if (plan.kind === 'sectors') return say('sectorsPlan');
  return say(plan.kind === 'design' ? 'loadsDesign' : 'loadsRepair');
}
