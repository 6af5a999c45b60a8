import { Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CaseFileInfo, CustomerPage } from '../../../web/api/workspace/shapes.ts';
import { act } from '../../api/act.ts';
import { useWords } from '../../words/use-words.tsx';
import { Choice } from './choice.tsx';
import { FormFrame } from './form-frame.tsx';

const channels = ['call', 'visit', 'letter'] as const;
const NEW = 'new';

interface Props {
  page: CustomerPage;
  caseFile: CaseFileInfo | undefined;
  close: () => void;
}

/** A call, a visit or a letter, noted in a few seconds: an exchange like any other. */
export function EntryForm({ page, caseFile, close }: Props) {
  const say = useWords();
  const [channel, setChannel] = useState<(typeof channels)[number]>('call');
  const [matter, setMatter] = useState(caseFile && !caseFile.closedAt ? caseFile.id : NEW);
  const [subject, setSubject] = useState('');
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const open = page.caseFiles.filter((each) => !each.closedAt);
  const submit = () => {
    if (!text.trim()) return setProblem(say('required'));
    const caseFileId = matter === NEW ? null : matter;
    act({ kind: 'entry', customerId: page.customer.id, caseFileId, channel, subject, text }, page.customer.name);
    close();
  };
  return (
    <FormFrame title={say('entry')} submit={say('entryDo')} onSubmit={submit} onClose={close}>
      <Choice
        autoFocus
        label={say('entryChannel')}
        name="entry-channel"
        options={channels.map((value) => ({ value, label: say(`entryChannel_${value}`) }))}
        value={channel}
        onChange={setChannel}
      />
      <Textarea
        label={say('entryText')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setProblem(null);
        }}
        error={problem}
        autosize
        minRows={3}
        maxRows={12}
      />
      <div className="pair">
        <Select
          label={say('whichCaseFile')}
          data={[
            ...open.map((each) => ({ value: each.id, label: each.subject })),
            { value: NEW, label: say('entryNewCaseFile') },
          ]}
          value={matter}
          onChange={(value) => setMatter(value ?? NEW)}
          allowDeselect={false}
        />
        {matter === NEW && (
          <TextInput
            label={say('entrySubject')}
            value={subject}
            onChange={(event) => setSubject(event.currentTarget.value)}
          />
        )}
      </div>
    </FormFrame>
  );
}
