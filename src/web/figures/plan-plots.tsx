import type { Plan } from '../../desk/planning/make-plan.ts';
import type { Scene } from '../ui/page.tsx';
import { LinePlot } from './line-plot.tsx';

/** Continuity against staff, wait against load, the day hour by hour; each with its numbers as a table. */
export function PlanPlots({ scene: { say, locale }, plan }: { scene: Scene; plan: Plan }) {
  const { staff, load, day } = plan.curves;
  const shown = (value: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
  const percent = ({ value, low, high }: { value: number; low: number; high: number }) => ({
    y: value * 100,
    low: low * 100,
    high: high * 100,
  });
  const shared = { shown, tableLabel: say('planAsTable') };
  const { assumptions, profile } = plan;
  return (
    <>
      <h2>{say('planPlots')}</h2>
      <LinePlot
        {...shared}
        title={say('planPlotStaff')}
        xLabel={say('planAdvisors')}
        yLabel="%"
        xs={staff.map(({ advisors }) => String(advisors))}
        lines={[
          { name: say('planPlotOwn'), points: staff.map(({ own }) => percent(own)) },
          { name: say('planPlotNamed'), points: staff.map(({ named }) => percent(named)) },
        ]}
      />
      <LinePlot
        {...shared}
        title={say('planPlotLoad')}
        xLabel={say('planOccupancy')}
        yLabel={say('planPlotSeconds')}
        xs={load.map((each) => String(Math.round(each.load * 100)))}
        lines={[
          { name: say('planPlotWithNames'), points: load.map(({ holdSeconds }) => ({ y: holdSeconds })) },
          { name: say('planPlotHotline'), points: load.map(({ hotlineHoldSeconds }) => ({ y: hotlineHoldSeconds })) },
        ]}
      />
      <LinePlot
        {...shared}
        title={say('planPlotDay')}
        xLabel={say('planPlotHour')}
        yLabel={say('planPlotPeople')}
        xs={day.map(({ hour }) => String(hour))}
        lines={[
          { name: say('planPlotPresent'), points: day.map(({ present }) => ({ y: present })) },
          { name: say('planPlotBusy'), points: day.map(({ busy }) => ({ y: busy })) },
        ]}
      />
      <p>
        {profile.measuredOn > 0
          ? say('planProfileMeasured', { count: shown(profile.measuredOn) })
          : say('planProfileAssumed', { peak: shown(assumptions.peak.value) })}
      </p>
    </>
  );
}
