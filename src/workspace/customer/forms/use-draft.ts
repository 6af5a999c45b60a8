import { useEffect, useRef, useState } from 'react';
import type { CustomerPage } from '../../../web/api/workspace/shapes.ts';
import { send } from '../../api/client.ts';
import { setWriting } from '../colleagues.tsx';

const PAUSE_MS = 700;

export interface DraftState {
  text: string;
  setText: (text: string) => void;
  saved: 'nothing' | 'saving' | 'saved' | 'unsaved';
  /** Stops saving: what was written has been sent. */
  sent: () => void;
}

/** A text kept on the server while it is written, one per person, matter and kind. */
export function useDraft(
  page: CustomerPage,
  caseFileId: string,
  kind: 'reply' | 'note',
  taken: string | undefined,
): DraftState {
  const stored = page.drafts.find((draft) => draft.caseFileId === caseFileId && draft.kind === kind)?.text ?? '';
  const [text, setText] = useState(taken ?? stored);
  const [saved, setSaved] = useState<DraftState['saved']>(stored ? 'saved' : 'nothing');
  const last = useRef(stored);
  const done = useRef(false);
  useEffect(() => {
    if (text === last.current || done.current) return;
    setSaved('saving');
    setWriting(true);
    const timer = setTimeout(() => {
      last.current = text;
      send('PUT', '/api/v1/workspace/drafts', { caseFileId, kind, text })
        .then(() => setSaved('saved'))
        .catch(() => {
          last.current = '';
          setSaved('unsaved');
        });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, caseFileId, kind]);
  useEffect(() => () => setWriting(false), []);
  return {
    text,
    setText,
    saved,
    sent: () => {
      done.current = true;
      setWriting(false);
    },
  };
}
