import { useNavigate } from 'react-router';
import type { CaseloadItem } from '../../web/api/workspace/shapes.ts';
import { useKeys } from '../keyboard/keys.ts';
import { useWords } from '../words/use-words.tsx';
import type { WordKey } from '../words/words.ts';
import { useCalmList } from './calm-list.ts';
import { CaseloadRow } from './caseload-row.tsx';
import { groups } from './groups.ts';

const titles: Record<(typeof groups)[number], WordKey> = {
  waiting: 'groupWaiting',
  promised: 'groupPromised',
  thirdParty: 'groupThirdParty',
  later: 'groupLater',
};

/** The caseload in groups; j and k go from row to row. Beside an open customer they open the next one. */
export function CaseloadList({ turns, openCase }: { turns: readonly CaseloadItem[]; openCase?: string | undefined }) {
  const say = useWords();
  const calm = useCalmList(turns.map((item) => ({ ...item, id: item.caseFileId })));
  useMoving(calm.items, openCase);
  return (
    <div className="groups" {...calm.hold}>
      {calm.fresh > 0 && (
        <button type="button" className="fresh" onClick={calm.show}>
          {say('newItems', { n: calm.fresh })}
        </button>
      )}
      {groups.map((group) => {
        const items = calm.items.filter((item) => item.group === group);
        if (items.length === 0) return null;
        return (
          <section key={group} className="group" aria-labelledby={`group-${group}`}>
            <h2 id={`group-${group}`}>
              {say(titles[group])} <span className="group-count">{items.length}</span>
            </h2>
            <ul className="rows">
              {items.map((item) => (
                <CaseloadRow key={item.id} item={item} current={item.caseFileId === openCase} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function useMoving(items: readonly CaseloadItem[], openCase: string | undefined): void {
  const go = useNavigate();
  const inOrder = [...items].sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
  const move = (by: 1 | -1) => {
    const at = inOrder.findIndex((item) => item.caseFileId === (openCase ?? focusedRow()));
    const next = inOrder[at === -1 ? (by === 1 ? 0 : inOrder.length - 1) : at + by];
    if (!next) return;
    if (openCase) go(`/customers/${next.customerId}?case=${next.caseFileId}`);
    else focusRow(next.caseFileId);
  };
  const arrow = (by: 1 | -1) => (event: KeyboardEvent) => {
    if (openCase || focusedRow() === undefined) return;
    event.preventDefault();
    move(by);
  };
  const [down, up] = [arrow(1), arrow(-1)];
  useKeys({ j: () => move(1), k: () => move(-1), ArrowDown: down, ArrowUp: up });
}

function focusedRow(): string | undefined {
  return document.activeElement instanceof HTMLElement ? document.activeElement.dataset.row : undefined;
}

/** Puts the focus on a row and brings it into view. */
export function focusRow(id: string): void {
  const row = document.querySelector<HTMLElement>(`[data-row="${id}"]`);
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'nearest' });
}
