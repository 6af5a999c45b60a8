import { useEffect, useRef } from 'react';
import { type DateStyle, daysBetween } from '../../core/text/dates.ts';
import type { CaseFileInfo, CustomerPage, Entry, HeldAction } from '../../web/api/workspace/shapes.ts';
import { useWhoIAm } from '../shell/me.ts';
import { useNow } from '../time/now.ts';
import { shortDay } from '../time/when.ts';
import { useDateStyle, useWords } from '../words/use-words.tsx';
import type { Say } from '../words/words.ts';
import { showEnd } from './end-of-talk.ts';
import { EntryView } from './entry.tsx';
import { HeldEntries } from './held-entries.tsx';

interface Props {
  customer: CustomerPage['customer'];
  caseFiles: readonly CaseFileInfo[];
  entries: readonly Entry[];
  held: readonly HeldAction[];
  older: (() => void) | undefined;
}

/** Everything with this customer on every channel, oldest first, day by day; opens at the end. */
export function Timeline({ customer, caseFiles, entries, held, older }: Props) {
  const say = useWords();
  const style = useDateStyle();
  useAtEnd(entries.length);
  const now = useNow();
  const days = Map.groupBy(entries, (entry) => dayName(new Date(entry.at), now, style, say));
  return (
    <section className="timeline" aria-label={say('timeline')}>
      {older && (
        <button type="button" className="quiet-link" onClick={older}>
          {say('older')}
        </button>
      )}
      <Handovers caseFiles={caseFiles} />
      {entries.length === 0 && <p className="empty soft">{say('noEntries')}</p>}
      {[...days].map(([day, ofDay]) => (
        <div key={day} className="day">
          <h2 className="day-name">{day}</h2>
          {ofDay.map((entry) => (
            <EntryView key={entry.id} entry={entry} customer={customer} caseFiles={caseFiles} />
          ))}
        </div>
      ))}
      <HeldEntries held={held} customerId={customer.id} />
    </section>
  );
}

function dayName(at: Date, now: Date, style: DateStyle, say: Say): string {
  const days = daysBetween(at, now, style.zone);
  if (days === 0) return say('dayToday');
  return days === 1 ? say('dayYesterday') : shortDay(at, now, style);
}

/** What a colleague wrote when passing it on: the first thing its receiver sees. */
function Handovers({ caseFiles }: { caseFiles: readonly CaseFileInfo[] }) {
  const say = useWords();
  const me = useWhoIAm();
  const mine = caseFiles.filter((each) => each.handover && !each.closedAt && each.owner.id === me.advisor?.id);
  return mine.map((each) => (
    <div key={each.id} className="handover">
      <p>
        <strong>{say('handoverFrom', { name: each.handover?.from ?? '' })}</strong>{' '}
        <span className="soft">{each.subject}</span>
      </p>
      <p className="lines">{each.handover?.summary}</p>
    </div>
  ));
}

/** Opens at the newest entry; later ones do not move what is being read. */
function useAtEnd(count: number): void {
  const opened = useRef(false);
  useEffect(() => {
    if (opened.current || count === 0) return;
    opened.current = true;
    showEnd();
  }, [count]);
}
