import { Link } from 'react-router';
import type { Wallboard } from '../../web/api/workspace/shapes.ts';
import { useWallboard } from '../api/queries.ts';
import { owed } from '../caseload/caseload-row.tsx';
import { Failed } from '../shell/failed.tsx';
import { Skeleton } from '../shell/skeleton.tsx';
import { Title } from '../shell/title.tsx';
import { useNow } from '../time/now.ts';
import { When } from '../time/time.tsx';
import { useWords } from '../words/use-words.tsx';

/** For the lead: who waits, who is on the phone, what is promised for the next hour. */
export function WallboardPage() {
  const say = useWords();
  const query = useWallboard();
  return (
    <div className="page wallboard">
      <Title>{say('wallTitle')}</Title>
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton rows={6} />}
      {query.data && (
        <>
          <Waiting waiting={query.data.waiting} />
          <Promises promises={query.data.promises} />
          <Advisors advisors={query.data.advisors} />
        </>
      )}
    </div>
  );
}

function Waiting({ waiting }: Pick<Wallboard, 'waiting'>) {
  const say = useWords();
  return (
    <section className="group" aria-live="polite">
      <h2>
        {say('wallWaiting')} <span className="group-count">{waiting.length}</span>
      </h2>
      {waiting.length === 0 && <p className="soft">{say('wallNobodyWaits')}</p>}
      <ul className="plain-rows">
        {waiting.map((each) => (
          <li key={each.id}>
            <strong>{each.customer ?? say('bandUnknown')}</strong>{' '}
            <span className="soft">
              {each.own && `${say('servedBy', { name: each.own })} · `}
              {each.ringsAt && `${say('wallRingsAt', { name: each.ringsAt })} · `}
              <When at={each.since} as="since" />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Promises({ promises }: Pick<Wallboard, 'promises'>) {
  const say = useWords();
  const now = useNow();
  return (
    <section className="group">
      <h2>
        {say('wallPromises')} <span className="group-count">{promises.length}</span>
      </h2>
      {promises.length === 0 && <p className="soft">{say('wallNoPromises')}</p>}
      <ul className="plain-rows">
        {promises.map((each) => {
          const late = new Date(each.dueAt) < now;
          const [before, after] = say(owed[each.kind], { time: '|' }).split('|');
          return (
            <li key={each.id}>
              <Link to={`/customers/${each.customerId}`}>{each.customer}</Link>{' '}
              <span className="soft">{each.owner}</span>{' '}
              <span className={late ? 'alarm' : undefined}>
                {late ? `${say('overdue')}, ` : before}
                <When at={each.dueAt} as={late ? 'past' : 'due'} />
                {!late && after}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Advisors({ advisors }: Pick<Wallboard, 'advisors'>) {
  const say = useWords();
  return (
    <section className="group">
      <h2>{say('wallAdvisors')}</h2>
      <table className="wall-table">
        <thead>
          <tr>
            <th scope="col">{say('wallName')}</th>
            <th scope="col">{say('wallDoing')}</th>
            <th scope="col">{say('wallSince')}</th>
            <th scope="col">{say('wallCallbacks')}</th>
          </tr>
        </thead>
        <tbody>
          {advisors.map((each) => (
            <tr key={each.id} className={`doing-${each.doing}`}>
              <th scope="row">{each.name}</th>
              <td>{say(`doing_${each.doing}`)}</td>
              <td className="num">{each.since && <When at={each.since} as="past" />}</td>
              <td className="num">{each.openCallbacks || ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
