import type {
  CaseFileInfo,
  CustomerPage,
  Entry,
  InteractionEntry,
  NoteEntry,
  StepEntry,
} from '../../web/api/workspace/shapes.ts';
import { useNow } from '../time/now.ts';
import { useDateStyle, useWords } from '../words/use-words.tsx';
import { Exchange } from './exchange.tsx';
import { Moment } from './moment.tsx';
import { stepWords } from './step-words.ts';

interface Props {
  entry: Entry;
  customer: CustomerPage['customer'];
  caseFiles: readonly CaseFileInfo[];
}

/** One entry of the timeline. */
export function EntryView({ entry, customer, caseFiles }: Props) {
  if (entry.type === 'interaction')
    return (
      <Exchange entry={entry as InteractionEntry} customerName={customer.name} subject={subjectOf(entry, caseFiles)} />
    );
  if (entry.type === 'note') return <Note entry={entry} />;
  return <Step entry={entry} />;
}

/** Several matters on one timeline: each exchange says which one it is about when its own subject does not. */
function subjectOf(entry: InteractionEntry, caseFiles: readonly CaseFileInfo[]): string {
  const about = entry.subject || (caseFiles.find((each) => each.id === entry.caseFileId)?.subject ?? '');
  // What has no subject of its own lends its first line to its case file: it is not said twice.
  return entry.text.startsWith(about) ? '' : about;
}

function Note({ entry }: { entry: NoteEntry }) {
  const say = useWords();
  return (
    <article className="entry note">
      <p className="entry-head">
        <strong>{entry.who}</strong> <span className="note-mark">{say('internal')}</span> <Moment at={entry.at} />
      </p>
      <p className="lines">{entry.text}</p>
    </article>
  );
}

function Step({ entry }: { entry: StepEntry }) {
  const say = useWords();
  const style = useDateStyle();
  const now = useNow();
  return (
    <div className={entry.step === 'broken' ? 'step alarm' : 'step'}>
      <p>
        {stepWords(entry, say, style, now)} <Moment at={entry.at} />
      </p>
      {entry.words && entry.step !== 'promised' && entry.step !== 'kept' && (
        <p className="lines step-words">{entry.words}</p>
      )}
    </div>
  );
}
