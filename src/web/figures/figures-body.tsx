import { paritySentence } from '../../core/continuity/parity-words.ts';
import { longDay } from '../../core/text/dates.ts';
import type { Figures } from '../../desk/figures/figures.ts';
import type { Scene } from '../ui/page.tsx';
import { GroupTable, monthName, spanWords } from './group-table.tsx';
import { MonthPlots } from './month-plots.tsx';
import { MonthsPlot } from './plots.tsx';

interface BodyProps {
  scene: Scene;
  figures: Figures;
  /** Where the table can be downloaded. */
  csv: string;
  /** For leads: indices, and every group. */
  indices?: boolean;
  /** For leads: median years with one's contact, by month. */
  tenure?: ReadonlyMap<string, number>;
}

/** Groups shown on a page; the download has all of them. */
const MOST_GROUPS = 25;

/** What both figures pages show: the whole, parity, months, and the groups. */
export function FiguresBody({ scene, figures, csv, indices = false, tenure }: BodyProps) {
  const { say, locale } = scene;
  const { total } = figures;
  const most = (groups: Figures['pods']) =>
    [...groups].sort((a, b) => (b.contacts ?? 0) - (a.contacts ?? 0)).slice(0, MOST_GROUPS);
  return (
    <>
      <p>{periodWords(scene, figures)}</p>
      {total?.contacts ? null : <p>{say('figuresTooFew')}</p>}
      <GroupTable scene={scene} title="figuresEverything" groups={total ? [total] : []} indices={indices} />
      <p>{openWords(scene, figures)}</p>
      <section>
        <h2>{say('figuresParity')}</h2>
        <p>{say('figuresParityWhy')}</p>
        <ul>
          {figures.parity.map((parity) => (
            <li key={parity.measure}>{paritySentence(parity, locale)}</li>
          ))}
        </ul>
      </section>
      <Months scene={scene} figures={figures} />
      {tenure ? <MonthPlots scene={scene} months={figures.months} tenure={tenure} /> : null}
      <GroupTable scene={scene} title="figuresPods" groups={figures.pods} indices={indices} />
      <GroupTable scene={scene} title="figuresTerritories" groups={most(figures.territories)} indices={indices} />
      <GroupTable scene={scene} title="figuresChannels" groups={most(figures.channels)} indices={indices} />
      <p>
        <a href={csv}>{say('figuresCsv')}</a>
      </p>
      <section>
        <h2>{say('figuresDefinitions')}</h2>
        <ul>
          <li>{say('figuresDefinition1')}</li>
          <li>{say('figuresDefinition2')}</li>
          <li>{say('figuresDefinition3')}</li>
          <li>{say('figuresDefinition4')}</li>
          <li>{say('figuresDefinition5')}</li>
          {indices ? <li>{say('figuresIndices')}</li> : null}
        </ul>
      </section>
    </>
  );
}

function Months({ scene, figures }: { scene: Scene; figures: Figures }) {
  const { say, locale } = scene;
  const months = figures.months.flatMap(({ key, own }) =>
    own ? [{ name: monthName(key, locale).replace(/\s*\d{4}$/, ''), share: own }] : [],
  );
  if (months.length < 2) return null;
  return (
    <section>
      <h2 id="figures-months">{say('figuresMonths')}</h2>
      <section class="figures" aria-labelledby="figures-months" tabindex={0}>
        <MonthsPlot label={say('figuresMonthsPlot')} months={months} />
      </section>
      <p class="soft">{say('figuresMonthsPlot')}</p>
    </section>
  );
}

function periodWords({ say, style }: Scene, { since, until }: Figures): string {
  const day = (at: number) => longDay(new Date(at), new Date(0), style);
  return say('figuresPeriod', { since: day(Date.parse(since)), until: day(Date.parse(until) - 1) });
}

function openWords(scene: Scene, { open }: Figures): string {
  const { count, p50, p95 } = open;
  if (count === null || p50 === null || p95 === null) return scene.say('figuresOpenFew');
  return scene.say('figuresOpen', { count, p50: spanWords(scene, p50), p95: spanWords(scene, p95) });
}
