import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { act } from '../../api/act.ts';
import { usePromiseTimes } from '../../api/promise-times.ts';
import { useWords } from '../../words/use-words.tsx';
import { useNext } from '../use-next.ts';
import { FormFrame } from './form-frame.tsx';
import type { CaseFormProps } from './form-props.ts';
import { TimeChoice } from './time-choice.tsx';

/** The third party has done or said something: tells the customer, and promises what comes next. */
export function NewsForm({ page, caseFile, close, text }: CaseFormProps & { text: string | undefined }) {
  const say = useWords();
  const next = useNext(caseFile.id);
  const times = usePromiseTimes();
  const [words, setWords] = useState(text ?? '');
  const [chosen, setChosen] = useState<string | null>(null);
  const [problems, setProblems] = useState<{ words?: string; time?: string }>({});
  const nextNewsAt = chosen ?? times.at(-1) ?? null;
  const submit = () => {
    if (!words.trim()) return setProblems({ words: say('required') });
    if (!nextNewsAt || new Date(nextNewsAt) <= new Date()) return setProblems({ time: say('chooseTime') });
    const matter = { customerId: page.customer.id, caseFileId: caseFile.id };
    act({ kind: 'news', ...matter, words: words.trim(), nextNewsAt }, page.customer.name);
    close();
    next();
  };
  return (
    <FormFrame title={say('news')} submit={say('newsDo')} onSubmit={submit} onClose={close}>
      <Textarea
        autoFocus
        label={say('newsWords', { name: page.customer.name })}
        description={say('newsWordsHint', { who: caseFile.thirdParty ?? '' })}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          setProblems({});
        }}
        error={problems.words}
        autosize
        minRows={3}
        maxRows={10}
      />
      <TimeChoice label={say('waitNews')} value={nextNewsAt} onChange={setChosen} problem={problems.time ?? null} />
    </FormFrame>
  );
}
