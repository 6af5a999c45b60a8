import { useEffect, useMemo } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { CaseFileInfo, CustomerPage as Page } from '../../web/api/workspace/shapes.ts';
import { useCustomer } from '../api/queries.ts';
import { CaseloadList } from '../caseload/caseload-list.tsx';
import { useTurns } from '../caseload/use-turns.ts';
import { useKeys } from '../keyboard/keys.ts';
import { Failed } from '../shell/failed.tsx';
import { Skeleton } from '../shell/skeleton.tsx';
import { Title } from '../shell/title.tsx';
import { useWords } from '../words/use-words.tsx';
import { About } from './about.tsx';
import { Colleagues } from './colleagues.tsx';
import { Composer } from './composer.tsx';
import { Timeline } from './timeline.tsx';

/** One customer: the caseload on the left, their one timeline in the middle, who they are on the right. */
export function CustomerPage() {
  const { customerId = '' } = useParams();
  const [search] = useSearchParams();
  const { turns } = useTurns();
  const query = useCustomer(customerId);
  const page = query.data?.pages[0];
  const wanted = search.get('case');
  const caseFile = page && chooseCase(page.caseFiles, wanted);
  useBack(caseFile?.id);
  return (
    <div className="desk">
      <aside className="desk-list">
        <CaseloadList turns={turns} openCase={caseFile?.id ?? wanted ?? 'none'} />
      </aside>
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton rows={5} />}
      {page && <Open key={customerId} page={page} caseFile={caseFile} query={query} />}
    </div>
  );
}

function Open(props: { page: Page; caseFile: CaseFileInfo | undefined; query: ReturnType<typeof useCustomer> }) {
  const say = useWords();
  const { page, caseFile, query } = props;
  const { customer } = page;
  const entries = useMemo(
    () => (query.data?.pages ?? []).toReversed().flatMap((each) => each.entries),
    [query.data?.pages],
  );
  return (
    <>
      <article className="desk-talk">
        <header className="talk-head">
          <Link to="/" state={{ from: caseFile?.id }} className="talk-back">
            {say('backToCaseload')}
          </Link>
          <Title window={customer.name}>{customer.name}</Title>
          <p className="soft">
            {[say(`kind_${customer.kind}`), [customer.commune, customer.sector].filter(Boolean).join(', ')].join(' · ')}
          </p>
          <Colleagues customerId={customer.id} />
        </header>
        <Timeline
          customer={customer}
          caseFiles={page.caseFiles}
          entries={entries}
          held={page.held}
          older={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
        />
        <Composer page={page} caseFile={caseFile} />
        <div className="talk-end" />
      </article>
      <About page={page} caseFile={caseFile} />
    </>
  );
}

/** The matter asked for, else the open one that waits, else the newest. */
function chooseCase(caseFiles: readonly CaseFileInfo[], wanted: string | null): CaseFileInfo | undefined {
  return (
    caseFiles.find((each) => each.id === wanted) ??
    caseFiles.find((each) => !each.closedAt && each.waitingSince) ??
    caseFiles[0]
  );
}

/** Escape leads back to the caseload, on the row one came from. */
function useBack(caseFileId: string | undefined): void {
  const go = useNavigate();
  const back = () => go('/', { state: { from: caseFileId } });
  useKeys({ Escape: back });
  useEffect(() => {
    document.getElementById('content')?.focus({ preventScroll: true });
  }, []);
}
