import type { CaseloadItem, Group } from '../../web/api/workspace/shapes.ts';

export const groups: readonly Group[] = ['waiting', 'promised', 'thirdParty', 'later'];

/** The order in which an advisor takes things up: group after group, the earliest due first, ties by who waits longest. */
export function inTurn(items: readonly CaseloadItem[]): CaseloadItem[] {
  const due = (item: CaseloadItem) => item.due?.dueAt ?? item.lastAt;
  return items.toSorted(
    (a, b) =>
      groups.indexOf(a.group) - groups.indexOf(b.group) ||
      due(a).localeCompare(due(b)) ||
      (a.waitingSince ?? '').localeCompare(b.waitingSince ?? ''),
  );
}

/** What comes after an item in the same order: where the focus goes once it is dealt with. */
export function nextAfter(items: readonly CaseloadItem[], caseFileId: string): CaseloadItem | undefined {
  const at = items.findIndex((item) => item.caseFileId === caseFileId);
  return items[at + 1] ?? items.find((item) => item.caseFileId !== caseFileId);
}
