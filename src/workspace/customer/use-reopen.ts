import type { CaseFileInfo, CustomerPage } from '../../web/api/workspace/shapes.ts';
import { act } from '../api/act.ts';
import { usePromiseTimes } from '../api/promise-times.ts';

/** Opens a closed matter again, with an answer owed within a working day; undefined while it is open. */
export function useReopen(page: CustomerPage, caseFile: CaseFileInfo | undefined): (() => void) | undefined {
  const times = usePromiseTimes();
  const dueAt = times[2] ?? times.at(-1);
  if (!caseFile?.closedAt || !dueAt) return undefined;
  return () =>
    act({ kind: 'reopen', customerId: page.customer.id, caseFileId: caseFile.id, dueAt }, page.customer.name);
}
