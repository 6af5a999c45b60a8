import type { GroupFigures } from '../../desk/figures/group.ts';
import type { Scene } from '../ui/page.tsx';
import type { WordKey } from '../ui/words/words.ts';
import { monthName } from './group-table.tsx';
import { LinePlot } from './line-plot.tsx';

interface MonthPlotsProps {
  scene: Scene;
  months: readonly GroupFigures[];
  /** Median years with the advisor of that time, by month. */
  tenure: ReadonlyMap<string, number>;
}

const SHARES: readonly [key: 'upc' | 'coc' | 'secon', name: WordKey][] = [
  ['upc', 'figuresUpc'],
  ['coc', 'figuresCoc'],
  ['secon', 'figuresSecon'],
];

/** Continuity month by month, for leads: UPC, COC and SECON, people met, and tenure; each with its numbers as a table. */
export function MonthPlots({ scene: { say, locale }, months, tenure }: MonthPlotsProps) {
  const name = (key: string) => monthName(key, locale);
  const shared = {
    shown: (value: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value),
    tableLabel: say('planAsTable'),
    xLabel: say('figuresMonth'),
  };
  const measured = months.filter(({ upc, coc, secon }) => upc !== null && coc !== null && secon !== null);
  const lasting = [...tenure];
  return (
    <section>
      <h2>{say('figuresContinuityMonths')}</h2>
      {measured.length > 1 ? (
        <LinePlot
          {...shared}
          title={say('figuresIndicesPlot')}
          note={say('figuresIndicesNote')}
          yLabel={say('figuresShare')}
          xs={measured.map(({ key }) => name(key))}
          lines={SHARES.map(([index, label]) => ({
            name: say(label),
            points: measured.map((month) => ({ y: month[index] ?? 0 })),
          }))}
        />
      ) : null}
      {lasting.length > 1 ? (
        <LinePlot
          {...shared}
          title={say('figuresTenurePlot')}
          note={say('figuresTenureNote')}
          yLabel={say('figuresYears')}
          xs={lasting.map(([key]) => name(key))}
          lines={[{ name: say('figuresTenure'), points: lasting.map(([, y]) => ({ y })) }]}
        />
      ) : null}
      {measured.length > 1 || lasting.length > 1 ? null : <p>{say('figuresOneMonth')}</p>}
    </section>
  );
}
