import { Checkbox, Textarea } from '@mantine/core';
import { useState } from 'react';
import { act } from '../../api/act.ts';
import { useWords } from '../../words/use-words.tsx';
import type { WordKey } from '../../words/words.ts';
import { useNext } from '../use-next.ts';
import { takenBackAs, useTakenBack } from '../use-taken-back.ts';
import { FormFrame } from './form-frame.tsx';
import type { CaseFormProps } from './form-props.ts';

const suggestions: readonly WordKey[] = [
  'doneSuggest_answered',
  'doneSuggest_repaired',
  'doneSuggest_changed',
  'doneSuggest_called',
];

/** Closes the matter with words that say what was done; good ones are suggested. */
export function DoneForm({ page, caseFile, close, text }: CaseFormProps & { text: string | undefined }) {
  const say = useWords();
  const next = useNext(caseFile.id);
  const [words, setWords] = useState(text ?? say('doneSuggest_answered'));
  const mail = page.customer.contactPoints.find((point) => point.kind === 'mail' && !point.failing);
  // As it was chosen, when this closing was taken back.
  const before = takenBackAs(useTakenBack(), 'done');
  const [tell, setTell] = useState(before?.caseFileId === caseFile.id ? before.tell : true);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = () => {
    if (!words.trim()) return setProblem(say('required'));
    const matter = { customerId: page.customer.id, caseFileId: caseFile.id };
    act({ kind: 'done', ...matter, words: words.trim(), tell: tell && mail !== undefined }, page.customer.name);
    close();
    next();
  };
  return (
    <FormFrame title={say('done')} submit={say('doneDo')} onSubmit={submit} onClose={close}>
      <Textarea
        autoFocus
        label={say('doneWords')}
        description={say('doneWordsHint')}
        value={words}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          setProblem(null);
        }}
        error={problem}
        autosize
        minRows={2}
      />
      <fieldset className="choice" aria-label={say('suggestions')}>
        <div className="choice-options">
          {suggestions.map((key) => (
            <button key={key} type="button" className="suggestion" onClick={() => setWords(say(key))}>
              {say(key)}
            </button>
          ))}
        </div>
      </fieldset>
      {mail && (
        <Checkbox
          label={say('doneTell', { mail: mail.value })}
          checked={tell}
          onChange={(event) => setTell(event.currentTarget.checked)}
        />
      )}
    </FormFrame>
  );
}
