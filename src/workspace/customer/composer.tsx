import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { CaseFileInfo, CustomerPage } from '../../web/api/workspace/shapes.ts';
import { usePromiseTimes } from '../api/promise-times.ts';
import { useColleagues } from '../api/queries.ts';
import { useDial } from '../calls/use-dial.ts';
import { useKeys } from '../keyboard/keys.ts';
import { useOfferCommands } from '../shell/commands.ts';
import { useWords } from '../words/use-words.tsx';
import type { WordKey } from '../words/words.ts';
import { showEnd } from './end-of-talk.ts';
import { DoneForm } from './forms/done-form.tsx';
import { EntryForm } from './forms/entry-form.tsx';
import { HandOverForm } from './forms/hand-over-form.tsx';
import { NewsForm } from './forms/news-form.tsx';
import { NoteForm } from './forms/note-form.tsx';
import { PromiseForm } from './forms/promise-form.tsx';
import { ReplyForm } from './forms/reply-form.tsx';
import { WaitForm } from './forms/wait-form.tsx';
import { useReopen } from './use-reopen.ts';
import { useTakenBack } from './use-taken-back.ts';

type Doing = 'reply' | 'note' | 'promise' | 'handOver' | 'wait' | 'news' | 'done' | 'entry';

const actions: readonly { doing: Doing; key: string; label: WordKey; closed?: boolean; waiting?: boolean }[] = [
  { doing: 'reply', key: 'r', label: 'reply' },
  { doing: 'note', key: 'n', label: 'note', closed: true },
  { doing: 'promise', key: 'p', label: 'promise' },
  { doing: 'handOver', key: 'h', label: 'handOver' },
  { doing: 'wait', key: 'w', label: 'wait', waiting: false },
  { doing: 'news', key: 'w', label: 'news', waiting: true },
  { doing: 'done', key: 'e', label: 'done' },
  { doing: 'entry', key: 'v', label: 'entry', closed: true },
];

/** What can be done here; each opens by its letter, and Escape closes it without losing what was written. */
export function Composer({ page, caseFile }: { page: CustomerPage; caseFile: CaseFileInfo | undefined }) {
  const say = useWords();
  const { doing, start, stop, text } = useDoing(caseFile?.id);
  const offered = useMemo(() => actions.filter((each) => isOffered(each, caseFile)), [caseFile]);
  useKeys(
    Object.fromEntries(
      offered.map((each) => [
        each.key,
        (event: KeyboardEvent) => {
          event.preventDefault();
          start(each.doing);
        },
      ]),
    ),
  );
  useKeys({ Escape: stop }, doing !== null);
  const dialling = useDial(page.customer);
  const dial = dialling?.dial;
  useOfferCommands(
    useMemo(
      () => [
        ...offered.map((each) => ({ key: each.key, label: each.label, run: () => start(each.doing) })),
        ...(dial ? [{ key: 'd', label: 'keyDial' as const, run: dial }] : []),
      ],
      [offered, start, dial],
    ),
  );
  const reopen = useReopen(page, caseFile);
  // Ready before it is asked for: whoever types a name or promises a time at once finds it.
  useColleagues();
  usePromiseTimes();
  useEffect(() => {
    if (doing) showEnd();
  }, [doing]);
  return (
    <section className="composer" aria-label={say('actions')}>
      {doing && (
        <Form key={`${caseFile?.id}-${doing}`} doing={doing} page={page} caseFile={caseFile} close={stop} text={text} />
      )}
      {dialling?.acts.problem && (
        <p className="alarm" role="alert">
          {dialling.acts.problem}
        </p>
      )}
      {!doing && (
        <div className="composer-keys">
          {offered.map((each) => (
            <button
              key={each.doing}
              type="button"
              className={each.doing === 'reply' ? 'key-button main' : 'key-button'}
              onClick={() => start(each.doing)}
            >
              {say(each.label)} <kbd>{each.key}</kbd>
            </button>
          ))}
          {dial && (
            <button type="button" className="key-button" onClick={dial}>
              {say('dial')} <kbd>d</kbd>
            </button>
          )}
          {reopen && (
            <button type="button" className="key-button" onClick={reopen}>
              {say('reopen')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

/** On a closed matter little is left to do; either one waits for somebody outside, or one does not. */
function isOffered({ doing, closed, waiting }: (typeof actions)[number], caseFile: CaseFileInfo | undefined): boolean {
  if (doing === 'entry') return true;
  if (!caseFile) return false;
  if (caseFile.closedAt) return closed === true;
  return waiting === undefined || waiting === (caseFile.thirdParty !== null);
}

interface FormProps {
  doing: Doing;
  page: CustomerPage;
  caseFile: CaseFileInfo | undefined;
  close: () => void;
  text: string | undefined;
}

function Form({ doing, page, caseFile, close, text }: FormProps) {
  if (doing === 'entry') return <EntryForm page={page} caseFile={caseFile} close={close} />;
  if (!caseFile) return null;
  const props = { page, caseFile, close };
  if (doing === 'reply') return <ReplyForm {...props} text={text} />;
  if (doing === 'note') return <NoteForm {...props} text={text} />;
  if (doing === 'promise') return <PromiseForm {...props} />;
  if (doing === 'handOver') return <HandOverForm {...props} text={text} />;
  if (doing === 'wait') return <WaitForm {...props} />;
  if (doing === 'news') return <NewsForm {...props} text={text} />;
  return <DoneForm {...props} text={text} />;
}

/** What is being done; an address such as `?do=reply` opens it with the text that was taken back. */
function useDoing(caseFileId: string | undefined) {
  const [search] = useSearchParams();
  const back = useTakenBack();
  const asked = search.get('do') as Doing | null;
  const [doing, setDoing] = useState<Doing | null>(asked);
  const stop = useCallback(() => {
    setDoing(null);
    document.getElementById('content')?.focus({ preventScroll: true });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another matter, or a text taken back, starts anew.
  useEffect(() => {
    setDoing(asked);
  }, [caseFileId, asked, back?.at]);
  return { doing, start: setDoing, stop, text: back?.text };
}
