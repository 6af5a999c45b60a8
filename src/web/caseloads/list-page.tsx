import { pastTime } from '../../core/text/dates.ts';
import { askForPlan } from '../../desk/caseloads/plan.ts';
import { readColleagues } from '../../desk/views/caseload-people.ts';
import { type ListedPlan, listPlans } from '../../desk/views/caseload-plans.ts';
import { readMergers } from '../../desk/views/mergers.ts';
import { readRoster } from '../../desk/views/roster.ts';
import { readTyped, type Typed } from '../administration/form-page.tsx';
import type { WebContext } from '../route.ts';
import { showStaffPage } from '../staff/frame.tsx';
import type { Problems } from '../ui/fields.tsx';
import { type Scene, setScene } from '../ui/page.tsx';
import type { WordKey } from '../ui/words/words.ts';
import { DesignForm, RepairForm } from './ask-forms.tsx';
import { readDepartements, readDesign, readRepair } from './ask-typed.ts';

/** GET /:locale/staff/caseloads — ask what should change, and every plan so far with who decided it and why. */
export async function showCaseloads(c: WebContext): Promise<Response> {
  return show(c, await setScene(c), {}, {});
}

/** POST — asks for a plan; a job works it out. */
export async function postPlan(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const scene = await setScene(c);
  const typed = await readTyped(c);
  const design = typed.kind === 'design';
  const known = (await readRoster(house.db, house.clock())).advisors;
  const read = design ? readDesign(typed) : readRepair(typed, (id) => known.has(id));
  if (!read.ok) return show(c, scene, typed, mapped(read.problems, scene));
  const plan = await house.transact((tx) =>
    askForPlan(tx, actor, {
      kind: design ? 'design' : 'repair',
      people: read.people,
      departements: design ? readDepartements(typed) : [],
    }),
  );
  if (!plan.ok) {
    const [field, sentence] = askProblems[plan.why];
    return show(c, scene, typed, { [design && field === 'without' ? 'people' : field]: scene.say(sentence) });
  }
  return c.redirect(`/${scene.locale}/staff/caseloads/${plan.id}`, 303);
}

const askProblems = {
  not_allowed: ['without', 'loadsWhoBad'],
  unknown_advisor: ['without', 'loadsWhoBad'],
  share_out_of_range: ['people', 'loadsShareBad'],
  unknown_departement: ['departements', 'loadsDepartementsBad'],
} as const satisfies Record<string, readonly [string, WordKey]>;

const mapped = (problems: Readonly<Record<string, WordKey>>, { say }: Scene): Problems =>
  Object.fromEntries(Object.entries(problems).map(([field, sentence]) => [field, say(sentence)]));

async function show(c: WebContext, scene: Scene, typed: Typed, problems: Problems): Promise<Response> {
  const { say, locale } = scene;
  const { house } = c.var;
  const people = await readColleagues(house.db);
  const plans = await listPlans(house.db);
  const merged = (await readMergers(house.db)).reduce((sum, { from }) => sum + from.length, 0);
  const forms = { scene, people, typed, problems };
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
        {merged > 0 ? (
          <p class="late">
            <a href={`/${locale}/staff/caseloads/mergers`}>{say('mergersSome', { count: merged })}</a>
          </p>
        ) : null}
        <RepairForm {...forms} />
        <DesignForm {...forms} />
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
export function planTitle({ say, locale }: Scene, { kind, people, departements }: ListedPlan): string {
  if (kind === 'sectors') return say('sectorsPlan');
  if (kind === 'design') {
    const where = departements.length > 0 ? ` (${departements.join(', ')})` : '';
    return people.length > 0 ? `${say('loadsPlanDesign', { count: people.length })}${where}` : say('loadsDesign');
  }
  if (people.length === 0) return say('loadsRepair');
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  return people
    .map(({ name, cause, share }) =>
      say(`loadsPlan_${cause}`, { name: share === null ? name : `${name} (${percent.format(share)})` }),
    )
    .join(' · ');
}
