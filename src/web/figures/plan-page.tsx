import { type Entered, makePlan, type Plan } from '../../desk/planning/make-plan.ts';
import { planSentences } from '../../desk/planning/sentences.ts';
import type { WebContext } from '../route.ts';
import { showStaffPage } from '../staff/frame.tsx';
import { Input, type Problems } from '../ui/fields.tsx';
import { type Scene, setScene } from '../ui/page.tsx';
import type { WordKey } from '../ui/words/words.ts';

/** Fields of the form: what may be entered, and how a number typed becomes the one meant. */
const fields: readonly [name: keyof Entered, label: WordKey, most: number, divisor: number][] = [
  ['customers', 'planCustomers', 1e8, 1],
  ['calls', 'planCalls', 1e8, 1],
  ['callMinutes', 'planCallMinutes', 240, 1],
  ['messages', 'planMessages', 1e8, 1],
  ['messageMinutes', 'planMessageMinutes', 240, 1],
  ['absence', 'planAbsence', 90, 100],
  ['acceptance', 'planAcceptance', 100, 100],
  ['advisors', 'planAdvisors', 5_000, 1],
];

/** GET /:locale/staff/plan — people from demand; empty fields are measured, or assumed. */
export async function showPlan(c: WebContext): Promise<Response> {
  const scene = await setScene(c);
  const { say, locale } = scene;
  const typed = c.req.query();
  const { entered, problems } = read(scene, typed);
  const failed = Object.keys(problems).length > 0;
  const plan = failed ? null : await makePlan(c.var.house.db, scene.now, entered);
  return showStaffPage(c, scene, {
    title: say('planTitle'),
    problems,
    body: (
      <>
        <p class="lead">{say('planLead')}</p>
        {plan ? <Answer scene={scene} plan={plan} /> : null}
        <form novalidate method="get">
          <h2>{say('planEnter')}</h2>
          <p>{say('planEnterHint')}</p>
          {fields.map(([name, label]) => (
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

function read({ say }: Scene, typed: Record<string, string>): { entered: Entered; problems: Problems } {
  const entered: Entered = {};
  const problems: Record<string, string> = {};
  for (const [name, , most, divisor] of fields) {
    const text = typed[name]?.trim();
    if (!text) continue;
    const value = Number(text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.'));
    const positive = name === 'absence' || name === 'acceptance' ? value >= 0 : value > 0;
    if (positive && value <= most && (name !== 'advisors' || Number.isInteger(value))) entered[name] = value / divisor;
    else problems[name] = say('planBad', { most });
  }
  return { entered, problems };
}

const rows: readonly [label: WordKey, key: keyof Plan['chosen'], digits: number, factor: number][] = [
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
      <Sensitivity scene={scene} plan={plan} />
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
  const shown = (value: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
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
                <td>{needed}</td>
                <td>{Math.round(own * 100)}</td>
                <td>{Math.round(named * 100)}</td>
                <td>{shown(holdSeconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
