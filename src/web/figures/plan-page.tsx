import { basisOf } from '../../desk/planning/basis.ts';
import { makePlan, type Plan } from '../../desk/planning/make-plan.ts';
import { planSentences } from '../../desk/planning/sentences.ts';
import type { WebContext } from '../route.ts';
import { showStaffPage } from '../staff/frame.tsx';
import { Input, type Problems } from '../ui/fields.tsx';
import { type Scene, setScene } from '../ui/page.tsx';
import type { WordKey } from '../ui/words/words.ts';
import { planFields, planTyped, readPlanForm } from './plan-form.ts';
import { PlanPlots } from './plan-plots.tsx';

/** GET /:locale/staff/plan — people from demand; empty fields are measured, or assumed. */
export async function showPlan(c: WebContext): Promise<Response> {
  return showPlanForm(c, await setScene(c), c.req.query());
}

/** The page with what was typed; `more`: sentences beside fields that only a later step could know. */
export async function showPlanForm(
  c: WebContext,
  scene: Scene,
  typed: Record<string, string>,
  more: Problems = {},
): Promise<Response> {
  const { say, locale } = scene;
  const { entered, problems: wrong } = readPlanForm(scene, typed);
  const problems = { ...wrong, ...more };
  const failed = Object.keys(problems).length > 0;
  const plan = failed ? null : await makePlan(c.var.house.db, scene.now, entered);
  return showStaffPage(c, scene, {
    title: say('planTitle'),
    problems,
    body: (
      <>
        <p class="lead">{say('planLead')}</p>
        {plan ? <Answer scene={scene} plan={plan} /> : null}
        {plan ? <AskSimulation scene={scene} typed={planTyped(typed)} /> : null}
        <form novalidate method="get" action={`/${locale}/staff/plan`}>
          <h2>{say('planEnter')}</h2>
          <p>{say('planEnterHint')}</p>
          {planFields.map(([name, label]) => (
            <Input
              key={name}
              locale={locale}
              name={name}
              label={say(label)}
              inputmode="numeric"
              value={typed[name]}
              problems={problems}
            />
          ))}
          <button type="submit">{say('planShow')}</button>
        </form>
      </>
    ),
  });
}

const rows: readonly [
  label: WordKey,
  key: Exclude<keyof Plan['chosen'], 'advisors' | 'offerHoldSeconds'>,
  digits: number,
  factor: number,
][] = [
  ['planCaseload', 'caseload', 0, 1],
  ['planOccupancy', 'occupancy', 0, 100],
  ['planOwn', 'own', 0, 100],
  ['planNamed', 'named', 0, 100],
  ['planHold', 'holdSeconds', 1, 1],
  ['planHotline', 'hotlineHoldSeconds', 1, 1],
  ['planAbandoned', 'abandoned', 1, 100],
  ['planCallback', 'callbackMinutes', 0, 1],
];

function Answer({ scene, plan }: { scene: Scene; plan: Plan }) {
  const { say, locale } = scene;
  const [first, cost, ranges, ...basis] = planSentences(plan, locale);
  const outlooks = [plan.fewer, plan.chosen, plan.more].flatMap((each) => each ?? []);
  const shown = (value: number, digits: number) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  return (
    <>
      <p>
        <strong>{first}</strong>
      </p>
      <p class="soft">{basisOf('needed', locale)}</p>
      <p>{cost}</p>
      <h2 id="plan-more">{say('planMore')}</h2>
      <section class="figures" aria-labelledby="plan-more" tabindex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('planAdvisors')}</th>
              {outlooks.map(({ advisors }) => (
                <th key={advisors.value} scope="col">
                  {advisors.value}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([label, key, digits, factor]) => (
              <tr key={key}>
                <th scope="row">{say(label)}</th>
                {outlooks.map(({ advisors, [key]: { value, low, high } }) => (
                  <td key={advisors.value}>
                    {shown(value * factor, digits)}
                    {low < high ? ` (${shown(low * factor, digits)}–${shown(high * factor, digits)})` : ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p>{ranges}</p>
      <details>
        <summary>{say('planEachBasis')}</summary>
        <dl>
          {rows.map(([label, key]) => (
            <div key={key}>
              <dt>{say(label)}</dt>
              <dd>{basisOf(key, locale)}</dd>
            </div>
          ))}
        </dl>
      </details>
      <Sensitivity scene={scene} plan={plan} />
      <PlanPlots scene={scene} plan={plan} />
      <h2>{say('planBasis')}</h2>
      <ul>
        {basis.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}

/** Own share, people and hold if more are away, or fewer accept a callback. */
function Sensitivity({ scene: { say, locale }, plan }: { scene: Scene; plan: Plan }) {
  const ranged = ({ value, low, high }: { value: number; low: number; high: number }, factor: number) => {
    const number = new Intl.NumberFormat(locale, { maximumFractionDigits: factor === 1 ? 1 : 0 });
    const [middle, least, most] = [value, low, high].map((each) => number.format(each * factor));
    return least === most ? middle : `${middle} (${least}–${most})`;
  };
  return (
    <>
      <h2 id="plan-if">{say('planIf')}</h2>
      <section class="figures" aria-labelledby="plan-if" tabindex={0}>
        <table>
          <thead>
            <tr>
              {(['planIfColumn', 'planNeeded', 'planOwn', 'planNamed', 'planHold'] as const).map((key) => (
                <th key={key} scope="col">
                  {say(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {plan.sensitivity.map(({ what, at, own, named, holdSeconds, needed }) => (
              <tr key={`${what}${at}`}>
                <th scope="row">
                  {say(what === 'absence' ? 'planIfAbsence' : 'planIfAcceptance', { at: Math.round(at * 100) })}
                </th>
                <td>{ranged(needed, 1)}</td>
                <td>{ranged(own, 100)}</td>
                <td>{ranged(named, 100)}</td>
                <td>{ranged(holdSeconds, 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="soft">{basisOf('sensitivity', locale)}</p>
    </>
  );
}

/** The same plan in simulated weeks: a job does it, about a minute. */
function AskSimulation({ scene: { say, locale }, typed }: { scene: Scene; typed: Record<string, string> }) {
  return (
    <form method="post" action={`/${locale}/staff/plan/studies`}>
      <h2>{say('planSimulate')}</h2>
      <p>{say('planSimulateHint')}</p>
      {Object.entries(typed).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit">{say('planSimulateAsk')}</button>
    </form>
  );
}
