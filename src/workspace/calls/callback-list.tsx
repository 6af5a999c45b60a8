import { Button } from '@mantine/core';
import { Link } from 'react-router';
import type { Callback } from '../../web/api/workspace/shapes.ts';
import { focusRow } from '../caseload/caseload-list.tsx';
import { useKeys } from '../keyboard/keys.ts';
import { useNow } from '../time/now.ts';
import { When } from '../time/time.tsx';
import { useWords } from '../words/use-words.tsx';
import type { CallActs } from './use-call-acts.ts';

/** Callbacks in the order of their promises; j and k move, d dials, Enter opens the file. */
export function CallbackList({ callbacks, acts }: { callbacks: readonly Callback[]; acts: CallActs }) {
  const say = useWords();
  useCallbackKeys(callbacks, acts);
  if (callbacks.length === 0)
    return (
      <div className="empty">
        <p>{say('callbacksNone')}</p>
        <p className="soft">{say('callbacksNoneHint')}</p>
      </div>
    );
  return (
    <>
      {(['mine', 'rescue'] as const).map((group) => {
        const listed = callbacks.filter((each) => each.group === group);
        if (listed.length === 0) return null;
        return (
          <section key={group} className="group">
            <h2>
              {say(group === 'mine' ? 'callbacksMine' : 'callbacksRescue')}{' '}
              <span className="group-count">{listed.length}</span>
            </h2>
            <ul className="rows">
              {listed.map((each) => (
                <CallbackRow key={each.id} callback={each} acts={acts} />
              ))}
            </ul>
          </section>
        );
      })}
      <p className="soft">{say('outcomeHint')}</p>
    </>
  );
}

function CallbackRow({ callback, acts }: { callback: Callback; acts: CallActs }) {
  const say = useWords();
  const late = new Date(callback.dueAt) < useNow();
  const [before, after] = say('callbackBefore', { time: '|' }).split('|');
  return (
    <li className="row callback-row">
      <Link
        className="row-link"
        to={`/customers/${callback.customerId}?case=${callback.caseFileId}`}
        data-row={callback.id}
      >
        <span className="row-body">
          <span className="row-line">
            <span className="row-name">{callback.customerName}</span>
            <span className="row-place">{callback.commune}</span>
          </span>
          <span className="row-line row-more">
            <span>{callback.words || callback.subject}</span>
            {callback.tries > 0 && <span>{say('callbackTries', { n: callback.tries })}</span>}
            {callback.group === 'rescue' && <span>{say('callbackOf', { name: callback.owner.name })}</span>}
          </span>
          <span className={late || callback.broken ? 'alarm' : undefined}>
            {late && `${say('overdue')}, `}
            {!late && before}
            <When at={callback.dueAt} as={late ? 'past' : 'due'} />
            {!late && after}
          </span>
        </span>
      </Link>
      <Button onClick={() => void acts.dial(callback.customerId, callback.id)}>
        {say('dial')}
        <span className="unseen"> {callback.customerName}</span> <kbd>d</kbd>
      </Button>
    </li>
  );
}

function useCallbackKeys(callbacks: readonly Callback[], acts: CallActs): void {
  const at = () => {
    const row = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.row : undefined;
    return callbacks.findIndex((each) => each.id === row);
  };
  const move = (by: 1 | -1) => {
    const next = callbacks[at() === -1 ? 0 : at() + by];
    if (next) focusRow(next.id);
  };
  const dial = () => {
    const chosen = callbacks[Math.max(0, at())];
    if (chosen) void acts.dial(chosen.customerId, chosen.id);
  };
  useKeys({ j: () => move(1), k: () => move(-1), d: dial });
}
