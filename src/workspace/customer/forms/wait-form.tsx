import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { act } from '../../api/act.ts';
import { usePromiseTimes } from '../../api/promise-times.ts';
import { useWords } from '../../words/use-words.tsx';
import { useNext } from '../use-next.ts';
import { FormFrame } from './form-frame.tsx';
import type { CaseFormProps } from './form-props.ts';
import { TimeChoice } from './time-choice.tsx';

/** Waits for someone else; the customer has news by a date all the same. */
export function WaitForm({ page, caseFile, close }: CaseFormProps) {
  const say = useWords();
  const next = useNext(caseFile.id);
  const times = usePromiseTimes();
  const [thirdParty, setThirdParty] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [problems, setProblems] = useState<{ who?: string; time?: string }>({});
  const nextNewsAt = chosen ?? times[2] ?? times.at(-1) ?? null;
  const submit = () => {
    if (!thirdParty.trim()) return setProblems({ who: say('required') });
    if (!nextNewsAt || new Date(nextNewsAt) <= new Date()) return setProblems({ time: say('chooseTime') });
    const matter = { customerId: page.customer.id, caseFileId: caseFile.id };
    act({ kind: 'wait', ...matter, thirdParty: thirdParty.trim(), nextNewsAt }, page.customer.name);
    close();
    next();
  };
  return (
    <FormFrame title={say('wait')} submit={say('waitDo')} onSubmit={submit} onClose={close}>
      <TextInput
        autoFocus
        label={say('waitWho')}
        description={say('waitWhoHint')}
        value={thirdParty}
        onChange={(event) => {
          setThirdParty(event.currentTarget.value);
          setProblems({});
        }}
        error={problems.who}
      />
      <TimeChoice label={say('waitNews')} value={nextNewsAt} onChange={setChosen} problem={problems.time ?? null} />
    </FormFrame>
  );
}
