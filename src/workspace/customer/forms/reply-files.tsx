import { Button, FileButton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ClipboardEvent, type DragEvent, useState } from 'react';
import type { CustomerPage, DraftFileInfo } from '../../../web/api/workspace/shapes.ts';
import { Refused, send, sendFiles } from '../../api/client.ts';
import { usePending } from '../../api/held.ts';
import { names } from '../../api/queries.ts';
import { useDateStyle, useWords } from '../../words/use-words.tsx';
import { sizeWords } from '../attached-file.tsx';

export interface ReplyFilesState {
  files: readonly DraftFileInfo[];
  /** Nothing may leave while a file is still on its way. */
  waiting: boolean;
  problem: string | null;
  add: (files: readonly File[]) => void;
  remove: (id: string) => void;
}

/** Files beside a reply: kept on the server like its text, so that closing the page loses neither. */
export function useReplyFiles(page: CustomerPage, caseFileId: string): ReplyFilesState {
  const say = useWords();
  const queries = useQueryClient();
  const leaving = new Set(usePending(page.held).flatMap((action) => (action.kind === 'reply' ? action.fileIds : [])));
  const [files, setFiles] = useState(() =>
    page.draftFiles.filter((each) => each.caseFileId === caseFileId && !leaving.has(each.id)),
  );
  const [under, setUnder] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const changed = () => void queries.invalidateQueries({ queryKey: names.customer(page.customer.id) });
  const add = (chosen: readonly File[]) => {
    if (chosen.length === 0) return;
    setProblem(null);
    setUnder((count) => count + 1);
    sendFiles<{ files: DraftFileInfo[] }>(`/api/v1/workspace/case-files/${caseFileId}/draft-files`, chosen)
      .then((answer) => setFiles(answer.files.filter((each) => !leaving.has(each.id))))
      .catch((error: unknown) =>
        setProblem(
          say(error instanceof Refused && error.problem.refusal === 'too_large' ? 'filesTooLarge' : 'filesFailed'),
        ),
      )
      .finally(() => {
        setUnder((count) => count - 1);
        changed();
      });
  };
  const remove = (id: string) => {
    setFiles((before) => before.filter((each) => each.id !== id));
    send('POST', `/api/v1/workspace/draft-files/${id}/remove`)
      .catch(() => undefined)
      .finally(changed);
  };
  return { files, waiting: under > 0, problem, add, remove };
}

/** What a form needs so that files can be dropped on it, or pasted into it. */
export function takesFiles({ add }: ReplyFilesState) {
  return {
    onDragOver: (event: DragEvent) => {
      if (event.dataTransfer.types.includes('Files')) event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      if (event.dataTransfer.files.length === 0) return;
      event.preventDefault();
      add([...event.dataTransfer.files]);
    },
    onPaste: (event: ClipboardEvent) => {
      if (event.clipboardData.files.length === 0) return;
      event.preventDefault();
      add([...event.clipboardData.files]);
    },
  };
}

/** The list of files, and the button to choose more. */
export function ReplyFiles({ state }: { state: ReplyFilesState }) {
  const say = useWords();
  const { locale } = useDateStyle();
  return (
    <div className="reply-files">
      {state.files.length > 0 && (
        <ul className="attachments" aria-label={say('attachments', { n: state.files.length })}>
          {state.files.map((each) => (
            <li key={each.id}>
              <span>{each.filename}</span> <span className="soft num">{sizeWords(each.size, locale)}</span>{' '}
              <button type="button" className="quiet-link" onClick={() => state.remove(each.id)}>
                {say('removeFile')}
                <span className="unseen"> {each.filename}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="soft" role="status">
        {state.waiting && say('filesUnderWay')}
      </p>
      {state.problem && (
        <p className="caution" role="alert">
          {state.problem}
        </p>
      )}
      <FileButton multiple onChange={(chosen) => state.add(chosen)}>
        {(props) => (
          <Button {...props} variant="default" size="compact-sm">
            {say('addFiles')}
          </Button>
        )}
      </FileButton>{' '}
      <span className="soft">{say('addFilesHint')}</span>
    </div>
  );
}
