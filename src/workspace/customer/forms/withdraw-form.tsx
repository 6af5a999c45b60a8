import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Action } from '../../../web/api/workspace/shapes.ts';
import { act } from '../../api/act.ts';
import { usePromiseTimes } from '../../api/promise-times.ts';
import { useKeys } from '../../keyboard/keys.ts';
import { useWords } from '../../words/use-words.tsx';
import { FormFrame } from './form-frame.tsx';
import type { CaseFormProps } from './form-props.ts';
import { TimeChoice } from './time-choice.tsx';

interface Props extends CaseFormProps {
  commitmentId: string;
  /** The last open promise of its case file: another date takes its place. */
  last: boolean;
  /** The same, when it was taken back: nothing has to be typed again. */
  before: Extract<Action, { kind: 'withdraw' }> | undefined;
}

/** Takes a promise back with words the customer reads; another date may take its place, and must when it is the last. */
export function WithdrawForm({ page, caseFile, commitmentId, last, before, close }: Props) {
  const say = useWords();
  const times = usePromiseTimes();
  const [words, setWords] = useState(before?.words ?? '');
  const [chosen, setChosen] = useState<string | null>(before?.insteadDueAt ?? null);
  const [problems, setProblems] = useState<{ words?: string; time?: string }>({});
  const insteadDueAt = chosen ?? (last ? (times.at(-1) ?? null) : null);
  useKeys({ Escape: close });
  const submit = () => {
    if (!words.trim()) return setProblems({ words: say('required') });
    const past = insteadDueAt !== null && new Date(insteadDueAt) <= new Date();
    if (past || (last && !insteadDueAt)) return setProblems({ time: say('chooseTime') });
    const matter = { customerId: page.customer.id, caseFileId: caseFile.id };
    act({ kind: 'withdraw', ...matter, commitmentId, words: words.trim(), insteadDueAt }, page.customer.name);
    close();
  };
  return (
    <FormFrame title={say('withdraw')} submit={say('withdraw')} onSubmit={submit} onClose={close}>
      <Textarea
        autoFocus
        label={say('withdrawWords')}
        description={say('withdrawWordsHint')}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          setProblems({});
        }}
        error={problems.words}
        autosize
        minRows={2}
        maxLength={2000}
      />
      {last && <p className="soft">{say('withdrawLast')}</p>}
      <TimeChoice
        label={say('withdrawInstead')}
        value={insteadDueAt}
        onChange={setChosen}
        problem={problems.time ?? null}
        {...(!last && { none: say('withdrawNothing') })}
      />
    </FormFrame>
  );
}
