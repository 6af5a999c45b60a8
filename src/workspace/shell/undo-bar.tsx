import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { type Doing, dismiss, type Notice } from '../api/act.ts';
import { useActs } from '../api/held.ts';
import { writtenIn } from '../api/written.ts';
import { useWords } from '../words/use-words.tsx';
import { refusalWords } from './refusal.ts';
import { useUndo } from './use-undo.ts';

const MOST = 3;

/** What was just done and can still be undone, and what could not be done. In a corner; covers nothing that is read. */
export function UndoBar() {
  const { doing, notices } = useActs();
  const now = useSeconds(doing.length > 0);
  const shown = doing.filter((each) => each.until > now).slice(-MOST);
  return (
    <div className="undo-bar" role="status">
      {notices.map((notice) => (
        <NoticeLine key={notice.id} notice={notice} />
      ))}
      {shown.map((each) => (
        <DoingLine key={each.id} doing={each} now={now} newest={each === shown.at(-1)} />
      ))}
    </div>
  );
}

function DoingLine({ doing, now, newest }: { doing: Doing; now: number; newest: boolean }) {
  const say = useWords();
  const undo = useUndo();
  const left = Math.min(10, Math.ceil((doing.until - now) / 1000));
  const rest = doing.state === 'unsent' ? say('heldWaiting') : say('heldSeconds', { n: left });
  return (
    <div className="undo-line">
      <p className="undo-words">
        <strong>{say(`held_${doing.action.kind}`, { name: doing.name })}</strong>
        <span className="soft" aria-hidden="true">
          {rest}
        </span>
      </p>
      <Button variant="default" size="compact-sm" onClick={() => void undo(doing.id)}>
        {say('undo')} {newest && <kbd>u</kbd>}
      </Button>
    </div>
  );
}

function NoticeLine({ notice }: { notice: Notice }) {
  const say = useWords();
  const go = useNavigate();
  if (notice.kind !== 'refused')
    return (
      <div className="undo-line">
        <p className="undo-words">{say(notice.kind === 'undone' ? 'undone' : 'undoTooLate')}</p>
      </div>
    );
  const { action, name, problem } = notice;
  const written = writtenIn(action);
  return (
    <div className="undo-line failed" role="alert">
      <p className="undo-words">
        <strong>{action.kind === 'reply' ? say('refusedReply', { name }) : say('refusedAction')}</strong>
        <span>{refusalWords(problem, say)}</span>
      </p>
      {written && (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => {
            dismiss(notice);
            go(written.path, { state: written.state });
          }}
        >
          {say('reopenText')}
        </Button>
      )}
      {!written && (
        <Button variant="default" size="compact-sm" onClick={() => dismiss(notice)}>
          {say('dismiss')}
        </Button>
      )}
    </div>
  );
}

/** The present in seconds while something counts down. */
function useSeconds(running: boolean): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!running) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [running]);
  return running ? Math.min(now, Date.now()) : now;
}
