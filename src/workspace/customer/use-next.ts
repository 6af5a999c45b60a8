import { useNavigate } from 'react-router';
import { nextAfter } from '../caseload/groups.ts';
import { useTurns } from '../caseload/use-turns.ts';

/** Goes on to the next item once this one is dealt with; back to the caseload when there is none. */
export function useNext(caseFileId: string): () => void {
  const go = useNavigate();
  const { turns } = useTurns();
  return () => {
    const next = nextAfter(turns, caseFileId);
    go(next ? `/customers/${next.customerId}?case=${next.caseFileId}` : '/');
  };
}
