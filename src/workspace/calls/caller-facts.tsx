import type { CallerInfo } from '../../web/api/workspace/shapes.ts';
import { owed } from '../caseload/caseload-row.tsx';
import { When } from '../time/time.tsx';
import { useWords } from '../words/use-words.tsx';

/** What to know before the first word: the last exchanges, what we owe, what is going on where they live. */
export function CallerFacts({ caller }: { caller: CallerInfo }) {
  const say = useWords();
  return (
    <>
      {caller.notice && <p className="band-notice">{say('bandNotice', { title: caller.notice.title })}</p>}
      <div className="band-facts">
        <div>
          <h3>{say('bandExchanges')}</h3>
          {caller.exchanges.length === 0 && <p className="soft">{say('bandNoExchange')}</p>}
          <ul>
            {caller.exchanges.map((each) => (
              <li key={each.id}>
                <span className="soft">
                  <When at={each.at} as="past" />
                </span>{' '}
                {each.direction === 'out' && <span className="soft">{say('lastFromUs')} </span>}
                {each.text}
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3>{say('bandPromises')}</h3>
          {caller.commitments.length === 0 && <p className="soft">{say('bandNoPromise')}</p>}
          <ul>
            {caller.commitments.map((each) => (
              <Promised key={each.id} promise={each} />
            ))}
          </ul>
          <p className="soft">{say('bandNotProof')}</p>
        </div>
      </div>
    </>
  );
}

function Promised({ promise }: { promise: CallerInfo['commitments'][number] }) {
  const say = useWords();
  const late = new Date(promise.dueAt) < new Date();
  const [before, after] = say(owed[promise.kind], { time: '|' }).split('|');
  return (
    <li className={late ? 'alarm' : undefined}>
      {promise.owner.name} : {late && `${say('overdue')}, `}
      {before}
      <When at={promise.dueAt} as={late ? 'past' : 'due'} />
      {after} {promise.words && <span className="soft">{promise.words}</span>}
    </li>
  );
}
