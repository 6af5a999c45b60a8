import { movedWords } from '../../core/caseloads/moved-words.ts';
import type { Proposal } from '../../desk/caseloads/propose.ts';
import type { Scene } from '../ui/page.tsx';

const shown = 60;

/** Loads, distances and changes before and after, as sentences and tables. */
export function BeforeAfter({ scene, proposal }: { scene: Scene; proposal: Proposal }) {
  const { say, locale } = scene;
  const { kind, before, after, moves, balanced, weighedBy } = proposal;
  const km = (value: number) => Math.round(value);
  return (
    <>
      <p class="lead">
        {weighedBy === 'inhabitants'
          ? say('loadsByInhabitants')
          : movedWords({ kind, balanced, moved: after.customersMoved, floor: after.floor }, locale)}
      </p>
      {balanced ? null : <p class="late">{say('loadsUnbalanced')}</p>}
      <p>
        {say('loadsKm', {
          before: km(before.meanKm),
          after: km(after.meanKm),
          farBefore: km(before.p95Km),
          farAfter: km(after.p95Km),
        })}
      </p>
      {weighedBy === 'inhabitants' ? null : <Relations scene={scene} proposal={proposal} />}
      <section>
        <h2>{say('loadsLoads')}</h2>
        <LoadTable scene={scene} proposal={proposal} />
      </section>
      {moves.length > 0 ? (
        <section>
          <h2>{say('loadsWho')}</h2>
          <MoveTable scene={scene} proposal={proposal} />
          {moves.length > shown ? <p class="soft">{say('loadsMore', { count: moves.length - shown })}</p> : null}
        </section>
      ) : null}
    </>
  );
}

/** What is not distance: customers apart, how long they have had their contact, who has backups, what it rests on. */
function Relations({ scene: { say, locale }, proposal: { before, after } }: Props) {
  const years = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  return (
    <>
      <p>{say('loadsApart', { before: before.apart, after: after.apart })}</p>
      {before.tenureYears !== undefined && after.tenureYears !== undefined ? (
        <p>
          {say('loadsTenure', { before: years.format(before.tenureYears), after: years.format(after.tenureYears) })}
        </p>
      ) : null}
      {before.twoBackups !== undefined && after.twoBackups !== undefined ? (
        <p>
          {say('loadsBackups', { before: percent.format(before.twoBackups), after: percent.format(after.twoBackups) })}
        </p>
      ) : null}
      <p class="soft">{say('loadsRests')}</p>
    </>
  );
}

interface Props {
  scene: Scene;
  proposal: Proposal;
}

function LoadTable({ scene: { say, locale }, proposal: { names, before, after, weighedBy } }: Props) {
  const people = weighedBy === 'inhabitants';
  return (
    <section class="figures" aria-label={say('loadsLoads')}>
      <table tabindex={0}>
        <thead>
          <tr>
            <th scope="col">{say('loadsAdvisor')}</th>
            <th scope="col">{say(people ? 'loadsInhabitants' : 'loadsCustomersBefore')}</th>
            <th scope="col">{say('loadsLoadBefore')}</th>
            <th scope="col">{say(people ? 'loadsInhabitants' : 'loadsCustomersAfter')}</th>
            <th scope="col">{say('loadsLoadAfter')}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(names).map(([id, name]) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <Cells load={before.loads.find(({ advisorId }) => advisorId === id)} locale={locale} />
              <Cells load={after.loads.find(({ advisorId }) => advisorId === id)} locale={locale} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type Load = Proposal['before']['loads'][number];

function Cells({ load, locale }: { load: Load | undefined; locale: string }) {
  const part = load && new Intl.NumberFormat(locale, { style: 'percent' }).format(load.ofTarget);
  return (
    <>
      <td class="num">{load?.customers ?? '–'}</td>
      <td class="num">{part ?? '–'}</td>
    </>
  );
}

function MoveTable({ scene: { say }, proposal: { names, moves, weighedBy } }: Props) {
  return (
    <section class="figures" aria-label={say('loadsWho')}>
      <table tabindex={0}>
        <thead>
          <tr>
            <th scope="col">{say('loadsCommune')}</th>
            <th scope="col">{say(weighedBy === 'inhabitants' ? 'loadsInhabitants' : 'loadsCustomers')}</th>
            <th scope="col">{say('loadsFrom')}</th>
            <th scope="col">{say('loadsTo')}</th>
          </tr>
        </thead>
        <tbody>
          {moves.slice(0, shown).map((move) => (
            <tr key={`${move.communeInsee}${move.fromAdvisorId}${move.toAdvisorId}`}>
              <td>{move.communeName ?? move.communeInsee}</td>
              <td class="num">{move.customers}</td>
              <td>{names[move.fromAdvisorId ?? ''] ?? '–'}</td>
              <td>{names[move.toAdvisorId] ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
