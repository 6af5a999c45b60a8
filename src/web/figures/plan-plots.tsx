import type { Range } from '../../core/planning/plan-range.ts';
import { basisOf } from '../../desk/planning/basis.ts';
import type { Plan } from '../../desk/planning/make-plan.ts';
import type { Scene } from '../ui/page.tsx';
import { LinePlot } from './line-plot.tsx';

/** Continuity against staff, wait against load, the day hour by hour; each with its numbers as a table. */
export function PlanPlots({ scene: { say, locale }, plan }: { scene: Scene; plan: Plan }) {
  const { staff, load, day } = plan.curves;
  const shown = (value: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
  const point = ({ value, low, high }: Range, factor = 1) => ({
    y: value * factor,
    low: low * factor,
    high: high * factor,
  });
  const shared = { shown, tableLabel: say('planAsTable') };
  const { assumptions, profile } = plan;
  return (
    <>
      <h2>{say('planPlots')}</h2>
      <LinePlot
        {...shared}
        title={say('planPlotStaff')}
        note={basisOf('staffPlot', locale)}
        xLabel={say('planAdvisors')}
        yLabel="%"
        xs={staff.map(({ advisors }) => String(advisors))}
        lines={[
          { name: say('planPlotOwn'), points: staff.map(({ own }) => point(own, 100)) },
          { name: say('planPlotNamed'), points: staff.map(({ named }) => point(named, 100)) },
        ]}
      />
      <LinePlot
        {...shared}
        title={say('planPlotLoad')}
        note={basisOf('loadPlot', locale)}
        xLabel={say('planOccupancy')}
        yLabel={say('planPlotSeconds')}
        xs={load.map((each) => String(Math.round(each.load * 100)))}
        lines={[
          { name: say('planPlotWithNames'), points: load.map(({ holdSeconds }) => point(holdSeconds)) },
          { name: say('planPlotHotline'), points: load.map(({ hotlineHoldSeconds }) => point(hotlineHoldSeconds)) },
        ]}
      />
      <LinePlot
        {...shared}
        title={say('planPlotDay')}
        note={basisOf('dayPlot', locale)}
        xLabel={say('planPlotHour')}
        yLabel={say('planPlotPeople')}
        xs={day.map(({ hour }) => String(hour))}
        lines={[
          { name: say('planPlotPresent'), points: day.map(({ present }) => point(present)) },
          { name: say('planPlotBusy'), points: day.map(({ busy }) => point(busy)) },
        ]}
      />
      <p>
        {profile.measuredOn > 0
          ? say('planProfileMeasured', { count: shown(profile.measuredOn) })
          : say('planProfileAssumed', { peak: shown(assumptions.peak.value) })}{' '}
        {profile.peakEntered ? say('planProfileEntered', { peak: shown(assumptions.peak.value) }) : null}
      </p>
    </>
  );
}
