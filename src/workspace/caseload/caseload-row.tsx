import { Link } from 'react-router';
import type { CaseloadItem, CommitmentKind } from '../../web/api/workspace/shapes.ts';
import { Face } from '../customer/face.tsx';
import { useNow } from '../time/now.ts';
import { When } from '../time/time.tsx';
import { useWords } from '../words/use-words.tsx';
import type { WordKey } from '../words/words.ts';

export const owed: Record<CommitmentKind, WordKey> = {
  answer: 'answerBefore',
  callback: 'callbackBefore',
  nextNews: 'newsBefore',
  visit: 'visitBefore',
};

/** One matter: who, from where, their last words, since when, and what we owe by when. */
export function CaseloadRow({ item, current }: { item: CaseloadItem; current: boolean }) {
  const say = useWords();
  return (
    <li className="row">
      <Link
        to={`/customers/${item.customerId}?case=${item.caseFileId}`}
        className="row-link"
        data-row={item.caseFileId}
        aria-current={current ? 'page' : undefined}
      >
        <Face name={item.customerName} />
        <span className="row-body">
          <span className="row-line">
            <span className="row-name">{item.customerName}</span>
            <span className="row-place">{item.commune}</span>
            <span className="row-time">
              {item.waitingSince ? <When at={item.waitingSince} as="since" /> : <When at={item.lastAt} as="past" />}
            </span>
          </span>
          <span className="row-line">
            <span className="row-words">
              {item.lastDirection === 'out' && <span className="soft">{say('lastFromUs')} </span>}
              {item.lastWords || item.subject}
            </span>
            <Owed item={item} />
          </span>
          {(item.thirdParty || item.inPlaceOf) && (
            <span className="row-line row-more">
              {item.thirdParty && <span>{say('atThirdParty', { name: item.thirdParty })}</span>}
              {item.inPlaceOf && <span>{say('inPlaceOf', { name: item.inPlaceOf.name })}</span>}
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}

function Owed({ item }: { item: CaseloadItem }) {
  const say = useWords();
  const now = useNow();
  if (!item.due) return null;
  const at = item.due.dueAt;
  if (new Date(at) < now)
    return (
      <span className="row-owed alarm">
        {say('overdue')} · <When at={at} as="past" />
      </span>
    );
  const [before, after] = say(owed[item.due.kind], { time: '|' }).split('|');
  return (
    <span className={item.broken ? 'row-owed alarm' : 'row-owed'}>
      {item.broken && say('brokenPromise')} {before}
      <When at={at} as="due" />
      {after}
    </span>
  );
}
