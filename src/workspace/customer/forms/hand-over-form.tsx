import { Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Colleague } from '../../../web/api/workspace/shapes.ts';
import { act } from '../../api/act.ts';
import { useColleagues } from '../../api/queries.ts';
import { useWords } from '../../words/use-words.tsx';
import type { Say } from '../../words/words.ts';
import { useNext } from '../use-next.ts';
import { FormFrame } from './form-frame.tsx';
import type { CaseFormProps } from './form-props.ts';

/** Passes the matter to a colleague, with what they need to know. */
export function HandOverForm({ page, caseFile, close, text }: CaseFormProps & { text: string | undefined }) {
  const say = useWords();
  const next = useNext(caseFile.id);
  const { data } = useColleagues();
  const [to, setTo] = useState<string | null>(null);
  const [summary, setSummary] = useState(text ?? '');
  const [problems, setProblems] = useState<{ to?: string; summary?: string }>({});
  const others = (data?.colleagues ?? []).filter((each) => each.id !== caseFile.owner.id);
  const submit = () => {
    const found = {
      ...(to ? {} : { to: say('chooseSomeone') }),
      ...(summary.trim() ? {} : { summary: say('required') }),
    };
    setProblems(found);
    if (!to || !summary.trim()) return;
    const matter = { customerId: page.customer.id, caseFileId: caseFile.id };
    act({ kind: 'handOver', ...matter, toAdvisorId: to, summary }, page.customer.name);
    close();
    next();
  };
  return (
    <FormFrame title={say('handOver')} submit={say('handOverDo')} onSubmit={submit} onClose={close}>
      <Select
        autoFocus
        searchable
        label={say('handOverTo')}
        data={others.map((each) => ({
          value: each.id,
          label: colleagueWords(each, say),
          disabled: each.awayUntil !== null,
        }))}
        value={to}
        onChange={(value) => {
          setTo(value);
          setProblems({});
        }}
        error={problems.to}
        selectFirstOptionOnChange
      />
      <Textarea
        label={say('handOverSummary')}
        description={say('handOverSummaryHint')}
        value={summary}
        onChange={(event) => {
          setSummary(event.currentTarget.value);
          setProblems({});
        }}
        error={problems.summary}
        autosize
        minRows={3}
        maxRows={10}
      />
    </FormFrame>
  );
}

/** "Samira Bailly, binôme 1", "Jean Roux, en absence". */
export function colleagueWords(each: Colleague, say: Say): string {
  const more = each.awayUntil ? say('awayShort') : each.rank ? say('rankedBackup', { n: each.rank }) : each.pod;
  return `${each.name}, ${more}`;
}
