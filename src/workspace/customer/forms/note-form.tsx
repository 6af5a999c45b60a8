import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { act } from '../../api/act.ts';
import { useWords } from '../../words/use-words.tsx';
import { FormFrame } from './form-frame.tsx';
import type { CaseFormProps } from './form-props.ts';
import { useDraft } from './use-draft.ts';

/** A note only colleagues ever see; it looks like one while it is written. */
export function NoteForm({ page, caseFile, close, text: taken }: CaseFormProps & { text: string | undefined }) {
  const say = useWords();
  const draft = useDraft(page, caseFile.id, 'note', taken);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = () => {
    if (!draft.text.trim()) return setProblem(say('required'));
    draft.sent();
    act({ kind: 'note', customerId: page.customer.id, caseFileId: caseFile.id, text: draft.text }, page.customer.name);
    close();
  };
  return (
    <FormFrame title={say('note')} submit={say('addNote')} onSubmit={submit} onClose={close}>
      <Textarea
        className="note-box"
        autoFocus
        label={say('noteLabel')}
        description={say('internal')}
        value={draft.text}
        onChange={(event) => {
          draft.setText(event.currentTarget.value);
          setProblem(null);
        }}
        error={problem}
        autosize
        minRows={3}
        maxRows={12}
      />
    </FormFrame>
  );
}
