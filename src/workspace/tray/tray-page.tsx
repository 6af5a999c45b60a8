import { useEffect, useState } from 'react';
import type { TrayItem } from '../../web/api/workspace/shapes.ts';
import { useActs } from '../api/held.ts';
import { useTray } from '../api/queries.ts';
import { useCalmList } from '../caseload/calm-list.ts';
import { focusRow } from '../caseload/caseload-list.tsx';
import { useKeys } from '../keyboard/keys.ts';
import { Failed } from '../shell/failed.tsx';
import { useWhoIAm } from '../shell/me.ts';
import { Skeleton } from '../shell/skeleton.tsx';
import { Title } from '../shell/title.tsx';
import { When } from '../time/time.tsx';
import { useWords } from '../words/use-words.tsx';
import { TraySorter } from './tray-sorter.tsx';

/** What is to be sorted by hand: a list, and the item opened under its line. */
export function TrayPage() {
  const say = useWords();
  const query = useTray();
  const { doing } = useActs();
  const held = (query.data?.held ?? []).map((each) => each.action);
  const gone = new Set(
    [...held, ...doing.map((each) => each.action)].flatMap((each) => ('trayItemId' in each ? [each.trayItemId] : [])),
  );
  const calm = useCalmList((query.data?.items ?? []).filter((item) => !gone.has(item.id)));
  const [open, setOpen] = useState<string | null>(null);
  const dealtWith = (id: string) => {
    const at = calm.items.findIndex((item) => item.id === id);
    const next = calm.items[at + 1] ?? calm.items[at - 1];
    setOpen(next?.id ?? null);
    if (next) setTimeout(() => focusRow(next.id), 30);
  };
  useTrayKeys(calm.items, open, setOpen);
  return (
    <div className="page">
      <Title>{say('trayTitle')}</Title>
      <p className="page-lead">{say('trayIntro')}</p>
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton rows={4} />}
      {query.data && calm.items.length === 0 && (
        <div className="empty">
          <p>{say('trayEmpty')}</p>
          <p className="soft">{say('trayEmptyHint')}</p>
        </div>
      )}
      <div {...calm.hold}>
        {calm.fresh > 0 && (
          <button type="button" className="fresh" onClick={calm.show}>
            {say('newItems', { n: calm.fresh })}
          </button>
        )}
        <ul className="rows">
          {calm.items.map((item) => (
            <TrayRow
              key={item.id}
              item={item}
              open={open === item.id}
              onOpen={() => setOpen(open === item.id ? null : item.id)}
              onDealtWith={() => dealtWith(item.id)}
            />
          ))}
        </ul>
      </div>
    </div>
  );
}

function TrayRow(props: { item: TrayItem; open: boolean; onOpen: () => void; onDealtWith: () => void }) {
  const { item, open } = props;
  const say = useWords();
  const me = useWhoIAm();
  const mine = item.dutyOwner.id === me.advisor?.id;
  const [before, after] = say(mine ? 'trayDutyYou' : 'trayDuty', { name: item.dutyOwner.name, time: '|' }).split('|');
  const late = new Date(item.dueAt) < new Date();
  return (
    <li className="row tray-row">
      <button type="button" className="row-link" data-row={item.id} aria-expanded={open} onClick={props.onOpen}>
        <span className="row-body">
          <span className="row-line">
            <span className="row-name break">{item.party || say('trayUnknownParty')}</span>
            <span className="row-time">
              <When at={item.at} as="past" />
            </span>
          </span>
          <span className="row-line">
            <span className="row-words">{item.subject || item.text || say('trayNoText')}</span>
          </span>
          <span className="row-line row-more">
            <span>{say(`trayReason_${item.reason}`)}</span>
            <span className={late ? 'alarm' : undefined}>
              {before}
              <When at={item.dueAt} as={late ? 'past' : 'due'} />
              {after}
            </span>
          </span>
        </span>
      </button>
      {open && <TraySorter item={item} onDealtWith={props.onDealtWith} />}
    </li>
  );
}

function useTrayKeys(items: readonly TrayItem[], open: string | null, setOpen: (id: string | null) => void): void {
  const move = (by: 1 | -1) => {
    const row = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.row : undefined;
    const at = items.findIndex((item) => item.id === (row ?? open));
    const next = items[at === -1 ? 0 : at + by];
    if (!next) return;
    if (open) setOpen(next.id);
    focusRow(next.id);
  };
  useKeys({ j: () => move(1), k: () => move(-1) });
  const shut = () => {
    if (open) focusRow(open);
    setOpen(null);
  };
  useKeys({ Escape: shut }, open !== null);
  useEffect(() => {
    if (open && !items.some((item) => item.id === open)) setOpen(null);
  }, [items, open, setOpen]);
}
