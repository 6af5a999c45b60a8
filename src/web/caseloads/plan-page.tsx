import { applyPlan, defaults, undoPlan } from '../../desk/caseloads/apply.ts';
import { cancelPlan } from '../../desk/caseloads/plan.ts';
import { type PlanRead, readPlan } from '../../desk/views/caseload-plans.ts';
import { Done, idOf, readTyped, type Typed } from '../administration/form-page.tsx';
import { answerNotFound } from '../problems.ts';
import type { WebContext } from '../route.ts';
import { showStaffPage } from '../staff/frame.tsx';
import { Input, type Problems, TextArea } from '../ui/fields.tsx';
import { type Scene, setScene } from '../ui/page.tsx';
import type { WordKey } from '../ui/words/words.ts';
import { BeforeAfter } from './before-after.tsx';
import { HowFar } from './how-far.tsx';
import { planTitle } from './list-page.tsx';

/** GET /:locale/staff/caseloads/:id — before and after, who changes, and what can be done with the plan now. */
export async function showPlan(c: WebContext): Promise<Response> {
  return show(c, {}, {});
}

/** POST …/apply — carries it out in steps; what is missing comes back beside its field. */
export async function postApply(c: WebContext): Promise<Response> {
  const planId = idOf(c);
  if (!planId) return answerNotFound(c);
  const typed = await readTyped(c);
  const { house, actor } = c.var;
  const { why = '', handover = '' } = typed;
  const days = { noticeDays: wholeNumber(typed.noticeDays), perDay: wholeNumber(typed.perDay) };
  const applied = await house.transact((tx) => applyPlan(tx, actor, { planId, why, handover, ...days }));
  if (applied.ok) return back(c, planId);
  if (applied.why === 'not_found' || applied.why === 'not_allowed') return answerNotFound(c);
  const [field, sentence] = applyProblems[applied.why];
  const { say } = await setScene(c);
  return show(c, typed, { [field]: say(sentence) });
}

const wholeNumber = (typed = '') => (/^\d{1,6}$/.test(typed.trim()) ? Number(typed) : Number.NaN);

const applyProblems = {
  no_why: ['why', 'loadsWhyBad'],
  no_handover: ['handover', 'loadsHandoverBad'],
  bad_days: ['noticeDays', 'loadsDaysBad'],
  not_ready: ['why', 'loadsNotReady'],
  out_of_date: ['why', 'loadsOutOfDate'],
  other_at_work: ['why', 'loadsOtherAtWork'],
} as const satisfies Record<string, readonly [string, WordKey]>;

/** POST …/cancel */
export async function postCancel(c: WebContext): Promise<Response> {
  const planId = idOf(c);
  if (!planId) return answerNotFound(c);
  await c.var.house.transact((tx) => cancelPlan(tx, c.var.actor, { planId }));
  return back(c, planId);
}

/** POST …/undo */
export async function postUndo(c: WebContext): Promise<Response> {
  const planId = idOf(c);
  if (!planId) return answerNotFound(c);
  const { house, actor } = c.var;
  const typed = await readTyped(c);
  const undone = await house.transact((tx) => undoPlan(tx, actor, { planId, why: typed.undo ?? '' }));
  if (undone.ok) return back(c, planId);
  if (undone.why === 'not_found' || undone.why === 'not_allowed') return answerNotFound(c);
  const { say } = await setScene(c);
  return show(c, typed, { undo: say(undone.why === 'no_why' ? 'loadsWhyBad' : 'loadsTooLate') });
}

const back = (c: WebContext, planId: string) => c.redirect(`/${c.req.param('locale')}/staff/caseloads/${planId}`, 303);

async function show(c: WebContext, typed: Typed, problems: Problems): Promise<Response> {
  const scene = await setScene(c);
  const { say, locale } = scene;
  const plan = await readPlan(c.var.house.db, idOf(c) ?? '');
  if (!plan) return answerNotFound(c);
  const forms = { scene, plan, typed, problems };
  return showStaffPage(c, scene, {
    title: planTitle(scene, plan),
    problems,
    body: (
      <>
        <p class="over">
          <a href={`/${locale}/staff/caseloads`}>{say('loadsTitle')}</a>
        </p>
        <Done c={c} scene={scene} words={{ cut: 'sectorsDone' }} />
        <HowFar scene={scene} plan={plan} />
        {plan.proposal ? <BeforeAfter scene={scene} proposal={plan.proposal} /> : null}
        {plan.newAreas > 0 ? <p>{say('loadsNewAreas', { count: plan.newAreas })}</p> : null}
        {plan.kind === 'sectors' ? <p>{say('sectorsPlanLead', { count: plan.customers.all })}</p> : null}
        {plan.state === 'ready' ? <ApplyForm {...forms} /> : null}
        {mayCancel(plan) ? (
          <form novalidate method="post" action={`/${locale}/staff/caseloads/${plan.id}/cancel`}>
            <button type="submit" class="quiet">
              {say('loadsCancel')}
            </button>
          </form>
        ) : null}
        {mayUndo(plan, scene.now) ? <UndoForm {...forms} /> : null}
      </>
    ),
  });
}

const mayCancel = ({ state }: PlanRead) => state === 'waiting' || state === 'working' || state === 'ready';
const mayUndo = ({ state, undoUntil }: PlanRead, now: Date) =>
  (state === 'applying' || state === 'applied') && undoUntil !== null && undoUntil >= now;

interface FormProps {
  scene: Scene;
  plan: PlanRead;
  typed: Typed;
  problems: Problems;
}

function ApplyForm({ scene: { say, locale }, plan, typed, problems }: FormProps) {
  const shared = { locale, problems };
  return (
    <form novalidate method="post" action={`/${locale}/staff/caseloads/${plan.id}/apply`}>
      <h2>{say('loadsApplyTitle')}</h2>
      <p>{say('loadsApplyLead')}</p>
      <Input {...shared} name="why" label={say('loadsWhy')} hint={say('loadsWhyHint')} value={typed.why} />
      <TextArea
        {...shared}
        name="handover"
        label={say('loadsHandover')}
        hint={say('loadsHandoverHint')}
        value={typed.handover}
      />
      <div class="pair">
        <Input
          {...shared}
          name="noticeDays"
          inputmode="numeric"
          label={say('loadsNotice')}
          value={typed.noticeDays ?? String(defaults.noticeDays)}
        />
        <Input
          {...shared}
          name="perDay"
          inputmode="numeric"
          label={say('loadsPerDay')}
          value={typed.perDay ?? String(defaults.perDay)}
        />
      </div>
      <button type="submit">{say('loadsApply')}</button>
    </form>
  );
}

function UndoForm({ scene: { say, locale }, plan, typed, problems }: FormProps) {
  return (
    <form novalidate method="post" action={`/${locale}/staff/caseloads/${plan.id}/undo`}>
      <h2>{say('loadsUndoTitle')}</h2>
      <p>{say('loadsUndoLead')}</p>
      <Input locale={locale} problems={problems} name="undo" label={say('loadsUndoWhy')} value={typed.undo} />
      <button type="submit" class="quiet">
        {say('loadsUndo')}
      </button>
    </form>
  );
}
