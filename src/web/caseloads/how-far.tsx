import { longDay } from '../../core/text/dates.ts';
import type { PlanRead } from '../../desk/views/caseload-plans.ts';
import type { Scene } from '../ui/page.tsx';

/** Where a plan has got to, and who decided what, when and why. */
export function HowFar({ scene, plan }: { scene: Scene; plan: PlanRead }) {
  const { say, now, style, locale } = scene;
  const day = (at: Date | null) => (at ? longDay(at, now, style) : '');
  const { all, introduced, changed, withdrawn, letters } = plan.customers;
  const next = plan.nextStep.introduceAt ?? plan.nextStep.changeAt;
  return (
    <>
      <p class="due" role="status">
        {say(`loadsState_${plan.state}`)}
        {plan.state === 'working' && plan.stage ? ` · ${say(`loadsStage_${plan.stage}`)}` : null}
      </p>
      {plan.state === 'waiting' || plan.state === 'working' ? (
        <p>
          {say('loadsWait')} <a href={`/${locale}/staff/caseloads/${plan.id}`}>{say('loadsLookAgain')}</a>
        </p>
      ) : null}
      {plan.whyFailed ? <p>{say(plan.whyFailed === 'nobody_left' ? 'loadsNobodyLeft' : 'loadsWhoBad')}</p> : null}
      {plan.appliedAt ? (
        <>
          <p>
            <progress max={Math.max(1, all)} value={changed + withdrawn} aria-label={say('loadsProgress')}></progress>
          </p>
          <p class="num">{say('loadsFar', { all, introduced, changed, withdrawn })}</p>
          <p>{say('loadsAppliedBy', { who: plan.appliedBy ?? '–', day: day(plan.appliedAt), why: plan.why ?? '' })}</p>
        </>
      ) : null}
      {plan.state === 'applying' && next ? <p>{say('loadsNext', { day: day(next) })}</p> : null}
      {letters > 0 ? (
        <p>
          <a href={`/${locale}/staff/caseloads/${plan.id}/letters`}>{say('loadsLetters', { count: letters })}</a>
        </p>
      ) : null}
      {plan.undoneAt ? (
        <p>{say('loadsUndoneBy', { who: plan.undoneBy ?? '–', day: day(plan.undoneAt), why: plan.whyUndone ?? '' })}</p>
      ) : null}
    </>
  );
}
