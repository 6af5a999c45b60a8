import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { useCallbacks, useCalls } from '../api/queries.ts';
import { Failed } from '../shell/failed.tsx';
import { Skeleton } from '../shell/skeleton.tsx';
import { Title } from '../shell/title.tsx';
import { When } from '../time/time.tsx';
import { useWords } from '../words/use-words.tsx';
import { CallbackList } from './callback-list.tsx';
import { NextLine } from './next-line.tsx';
import { NoteCall } from './note-call.tsx';
import { useCallActs } from './use-call-acts.ts';

/** My calls: callbacks in the order of the promises, what was missed, and a place to note a call of one's mobile. */
export function CallsPage() {
  const say = useWords();
  const query = useCallbacks();
  const calls = useCalls();
  const acts = useCallActs();
  const paused = calls.data?.pausedSince ?? null;
  return (
    <div className="page">
      <Title>{say('callsTitle')}</Title>
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton rows={3} />}
      {acts.problem && (
        <p className="alarm" role="alert">
          {acts.problem}
        </p>
      )}
      {query.data && <NextLine next={query.data.next} />}
      {query.data && <CallbackList callbacks={query.data.callbacks} acts={acts} />}
      <Missed missed={calls.data?.missed ?? []} />
      <NoteCall />
      {calls.data && !paused && (
        <p className="group">
          <Button variant="default" onClick={() => void acts.pause(true)}>
            {say('pauseStart')}
          </Button>
        </p>
      )}
    </div>
  );
}

function Missed({ missed }: { missed: NonNullable<ReturnType<typeof useCalls>['data']>['missed'] }) {
  const say = useWords();
  if (missed.length === 0) return null;
  return (
    <section className="group">
      <h2>{say('missedTitle')}</h2>
      <ul className="plain-rows">
        {missed.map((each) => (
          <li key={each.id}>
            <Link to={`/customers/${each.customerId}?case=${each.caseFileId}`}>{each.customerName}</Link>{' '}
            <span className="soft">
              <When at={each.at} as="past" />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
