import { useMemo } from 'react';
import type { CaseloadItem } from '../../web/api/workspace/shapes.ts';
import { afterPending, usePending } from '../api/held.ts';
import { useCaseload } from '../api/queries.ts';
import { inTurn } from './groups.ts';

/** My caseload in the order to take it up, as it is once what is under way has happened. */
export function useTurns(): { query: ReturnType<typeof useCaseload>; turns: CaseloadItem[] } {
  const query = useCaseload();
  const pending = usePending(query.data?.held ?? []);
  const items = query.data?.items;
  const turns = useMemo(() => inTurn(afterPending(items ?? [], pending)), [items, pending]);
  return { query, turns };
}
