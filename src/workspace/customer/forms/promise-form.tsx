import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CommitmentKind } from '../../../web/api/workspace/shapes.ts';
import { act } from '../../api/act.ts';
import { usePromiseTimes } from '../../api/promise-times.ts';
import { useWords } from '../../words/use-words.tsx';
import { Choice } from './choice.tsx';
import { FormFrame } from './form-frame.tsx';
import type { CaseFormProps } from './form-props.ts';
import { TimeChoice } from './time-choice.tsx';

const kinds: readonly CommitmentKind[] = ['callback', 'nextNews', 'visit', 'answer'];

/** A promise to the customer: what, and by when. */
export function PromiseForm({ page, caseFile, close }: CaseFormProps) {
  const say = useWords();
  const times = usePromiseTimes();
  const [kind, setKind] = useState<CommitmentKind>('callback');
  const [chosen, setChosen] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const dueAt = chosen ?? times[1] ?? times[0] ?? null;
  const submit = () => {
    if (!dueAt || new Date(dueAt) <= new Date()) return setProblem(say('chooseTime'));
    const matter = { customerId: page.customer.id, caseFileId: caseFile.id };
    act({ kind: 'promise', ...matter, promise: kind, words: words.trim(), dueAt }, page.customer.name);
    close();
  };
  return (
    <FormFrame title={say('promise')} submit={say('makePromise')} onSubmit={submit} onClose={close}>
      <Choice
        autoFocus
        label={say('promiseKind')}
        name="promise-kind"
        options={kinds.map((value) => ({ value, label: say(`promiseKind_${value}`) }))}
        value={kind}
        onChange={setKind}
      />
      <TimeChoice label={say('promiseBefore')} value={dueAt} onChange={setChosen} problem={problem} />
      <TextInput label={say('promiseWords')} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
    </FormFrame>
  );
}
