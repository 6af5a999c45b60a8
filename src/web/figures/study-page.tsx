import { STAFFING_FIGURES, type Staffing, type StaffingHour } from '../../core/planning/staffing.ts';
import { staffingBasis, staffingNotes, staffingTable } from '../../core/planning/staffing-words.ts';
import { askForStudy, cancelStudy, type PlanStudy, readStudy, STUDY_SEEDS } from '../../desk/planning/study.ts';
import { idOf, readTyped } from '../administration/form-page.tsx';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';
import { showStaffPage } from '../staff/frame.tsx';
import { type Scene, setScene } from '../ui/page.tsx';
import { LinePlot } from './line-plot.tsx';
import { planTyped, readPlanForm } from './plan-form.ts';
import { showPlanForm } from './plan-page.tsx';

/** POST /:locale/staff/plan/studies — a job simulates what the plan says. */
export async function postStudy(c: WebContext): Promise<Response> {
  const { house, actor } = c.var;
  const scene = await setScene(c);
  const typed = planTyped({ ...(await readTyped(c)) });
  const { entered, problems } = readPlanForm(scene, typed);
  if (Object.keys(problems).length > 0) return showPlanForm(c, scene, typed);
  const asked = await house.transact((tx) => askForStudy(tx, actor, { entered, typed }));
  if (asked.ok) return c.redirect(`/${scene.locale}/staff/plan/studies/${asked.id}`, 303);
  if (asked.why === 'not_allowed') return answerNotFound(c);
  return showPlanForm(c, scene, typed, { advisors: scene.say('planStudyTooMuch') });
}

/** POST …/cancel — ends it, also half-way. */
export async function postCancelStudy(c: WebContext): Promise<Response> {
  const studyId = idOf(c);
  if (!studyId) return answerNotFound(c);
  await c.var.house.transact((tx) => cancelStudy(tx, c.var.actor, { studyId }));
  return c.redirect(`/${c.req.param('locale')}/staff/plan/studies/${studyId}`, 303);
}

/** GET …/:id — how far it is, then what came out. */
export async function showStudy(c: WebContext): Promise<Response> {
  const id = idOf(c);
  const study = id ? await readStudy(c.var.house.db, id) : undefined;
  if (!study) return answerNotFound(c);
  const scene = await setScene(c);
  const { say, locale } = scene;
  const { demand, typed } = study.asked;
  const shown = (value: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(value);
  return showStaffPage(c, scene, {
    title: say('planStudyTitle'),
    problems: {},
    body: (
      <>
        <p>
          <a href={`/${locale}/staff/plan?${new URLSearchParams(typed)}`}>{say('planStudyBack')}</a>
        </p>
        <p class="lead">
          {say('planStudyDemand', {
            calls: shown(demand.calls),
            messages: shown(demand.messages),
            absence: shown(demand.absence * 100),
            acceptance: shown(demand.acceptance * 100),
          })}
        </p>
        <Progress scene={scene} study={study} />
        {study.result ? <Outcome scene={scene} simulated={study.result} /> : null}
      </>
    ),
  });
}

function Progress({ scene: { say, locale }, study: { id, state, done, runs } }: { scene: Scene; study: PlanStudy }) {
  const going = state === 'waiting' || state === 'working';
  const here = `/${locale}/staff/plan/studies/${id}`;
  return (
    <>
      <p class="due" role="status">
        {say(`planStudy_${state}`)}
        {state === 'working' && runs > 0 ? ` · ${say('planStudyFar', { done, runs })}` : null}
      </p>
      {going ? (
        <>
          <p>
            <progress max={Math.max(1, runs)} value={done} aria-label={say('planStudyTitle')}></progress>
          </p>
          <p>
            <a href={here}>{say('planStudyLook')}</a>
          </p>
          <form method="post" action={`${here}/cancel`}>
            <button type="submit">{say('planStudyCancel')}</button>
          </form>
        </>
      ) : null}
    </>
  );
}

function Outcome({ scene: { say, locale }, simulated }: { scene: Scene; simulated: readonly Staffing[] }) {
  const { head, rows } = staffingTable(simulated, locale);
  const middle = simulated[Math.floor(simulated.length / 4) * 2]?.advisors;
  const chosen = simulated.filter(({ advisors }) => advisors === middle);
  const opens = 9;
  const hours = chosen[0]?.hours.map((_, index) => String(opens + index)) ?? [];
  const number = (value: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
  const lines = (
    pick: (hour: StaffingHour) => readonly [number | null, (number | null)?],
    factor: number,
    most?: number,
  ) =>
    chosen.map(({ policy, hours: of }) => ({
      name: say(policy === 'own' ? 'planPlotWithNames' : 'planPlotHotline'),
      points: of.map((hour) => {
        const [value, half] = pick(hour);
        return pointOf(value, half, factor, most);
      }),
    }));
  const note = staffingBasis(STUDY_SEEDS.length, locale);
  const shared = { xLabel: say('planPlotHour'), xs: hours, shown: number, tableLabel: say('planAsTable'), note };
  return (
    <>
      <section class="figures" aria-label={say('planStudyTitle')} tabindex={0}>
        <table>
          <thead>
            <tr>
              <td></td>
              {head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells], index) => (
              <tr key={STAFFING_FIGURES[index]}>
                <th scope="row">{name}</th>
                {cells.map((cell, at) => (
                  <td key={head[at]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p>{note}</p>
      <details>
        <summary>{say('planEachBasis')}</summary>
        <dl>
          {staffingNotes(locale).map(({ figure, note: counts }) => (
            <div key={figure}>
              <dt>{figure}</dt>
              <dd>{counts}</dd>
            </div>
          ))}
        </dl>
      </details>
      <LinePlot
        {...shared}
        title={`${say('planStudyHours')} (${middle})`}
        yLabel="s"
        lines={lines(({ hold, holdHalf }) => [hold, holdHalf], 1)}
      />
      <LinePlot
        {...shared}
        title={`${say('planStudyOwnHours')} (${middle})`}
        yLabel="%"
        lines={lines(({ own, ownHalf }) => [own, ownHalf], 100, 100)}
      />
    </>
  );
}

/** A value with its interval, where one is known; no lower than 0, and no higher than it can be. */
function pointOf(
  value: number | null,
  half: number | null | undefined,
  factor: number,
  most = Number.POSITIVE_INFINITY,
) {
  const y = (value ?? 0) * factor;
  return half === null || half === undefined
    ? { y }
    : { y, low: Math.max(0, y - half * factor), high: Math.min(most, y + half * factor) };
}
