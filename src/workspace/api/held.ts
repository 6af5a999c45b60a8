import { useMemo, useSyncExternalStore } from 'react';
import type { Action, CaseloadItem, HeldAction } from '../../web/api/workspace/shapes.ts';
import { actStore, type Doing } from './act.ts';

/** My actions under way, and what there is to tell about them. */
export const useActs = () => useSyncExternalStore(actStore.watch, actStore.get);

/** Everything that is about to happen: mine at once, and what the server holds of others or of another window. */
export function usePending(held: readonly HeldAction[]): (Action & { id: string })[] {
  const { doing } = useActs();
  return useMemo(() => pendingActions(doing, held), [doing, held]);
}

export function pendingActions(doing: readonly Doing[], held: readonly HeldAction[]): (Action & { id: string })[] {
  const mine = new Set(doing.map((each) => each.id));
  return [
    ...held
      .filter((each) => !mine.has(each.id) && each.refusal === null)
      .map((each) => ({ ...each.action, id: each.id })),
    ...doing.map((each) => ({ ...each.action, id: each.id })),
  ];
}

/** The caseload as it will be once what is under way has happened. */
export function afterPending(items: readonly CaseloadItem[], pending: readonly Action[]): CaseloadItem[] {
  return pending.reduce<CaseloadItem[]>((list, action) => list.flatMap((item) => after(item, action)), [...items]);
}

function after(item: CaseloadItem, action: Action): CaseloadItem[] {
  if (!('caseFileId' in action) || action.caseFileId !== item.caseFileId) return [item];
  if (action.kind === 'done' || action.kind === 'handOver') return [];
  if (action.kind === 'reply')
    return [
      {
        ...item,
        group: item.thirdParty ? 'thirdParty' : 'later',
        waitingSince: null,
        lastWords: action.text,
        lastDirection: 'out',
      },
    ];
  if (action.kind === 'news')
    return [{ ...item, group: 'later', thirdParty: null, lastWords: action.words, lastDirection: 'out' }];
  if (action.kind === 'wait')
    return [{ ...item, group: 'thirdParty', thirdParty: action.thirdParty, waitingSince: null }];
  return [item];
}
