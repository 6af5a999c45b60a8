import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { refusedLater } from '../api/act.ts';
import { Failed } from '../shell/failed.tsx';
import { useWhoIAm } from '../shell/me.ts';
import { Skeleton } from '../shell/skeleton.tsx';
import { Title } from '../shell/title.tsx';
import { useWords } from '../words/use-words.tsx';
import { CaseloadList, focusRow } from './caseload-list.tsx';
import { useTurns } from './use-turns.ts';

/** The first screen: my customers; who waits, since when, what is promised next. */
export function CaseloadPage() {
  const say = useWords();
  const me = useWhoIAm();
  const { query, turns } = useTurns();
  useReturn(query.isSuccess);
  useEffect(() => {
    for (const held of query.data?.refused ?? []) refusedLater(held, nameOf(held.action, turns));
  }, [query.data, turns]);
  if (!me.may.work)
    return (
      <div className="page">
        <Title>{say('workspace')}</Title>
        <p className="empty">{say('caseloadNotYours')}</p>
      </div>
    );
  const waiting = turns.filter((item) => item.group === 'waiting').length;
  return (
    <div className="page">
      <Title>{say('caseloadTitle')}</Title>
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton rows={8} />}
      {query.data && (
        <>
          <p className="page-lead">
            {waiting > 0 ? say('caseloadSummary', { n: waiting }) : say('caseloadNobodyWaits')}{' '}
            {me.advisor && <span className="soft">{say('caseloadCustomers', { n: query.data.customers })}</span>}
          </p>
          {turns.length > 0 ? (
            <CaseloadList turns={turns} />
          ) : (
            <div className="empty">
              <p>{say(me.advisor ? 'caseloadEmpty' : 'caseloadNoAdvisor')}</p>
              {me.advisor && <p className="soft">{say('caseloadEmptyHint')}</p>}
            </div>
          )}
        </>
      )}
    </div>
  );
}

/** Coming back from a customer, the focus is on their row again. */
function useReturn(ready: boolean): void {
  const { state } = useLocation();
  const from = (state as { from?: string } | null)?.from;
  useEffect(() => {
    if (ready && from) focusRow(from);
  }, [ready, from]);
}

function nameOf(
  action: { kind: string; customerId?: string },
  turns: readonly { customerId: string; customerName: string }[],
) {
  return turns.find((item) => item.customerId === action.customerId)?.customerName ?? '';
}
