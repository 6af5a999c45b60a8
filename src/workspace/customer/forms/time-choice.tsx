import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { farthestDue } from '../../../core/commitments/farthest.ts';
import { dueTime } from '../../../core/text/dates.ts';
import { usePromiseTimes } from '../../api/promise-times.ts';
import { fromLocal, toLocal } from '../../time/local.ts';
import { useNow } from '../../time/now.ts';
import { useDateStyle, useWords } from '../../words/use-words.tsx';
import { Choice } from './choice.tsx';

interface Props {
  label: string;
  /** ISO instant, or null while none is chosen. */
  value: string | null;
  onChange: (value: string | null) => void;
  problem: string | null;
  /** The words for no time at all, where none is needed. */
  none?: string;
}

const OTHER = 'other';
const NONE = 'none';

/** By when: good times in working hours to choose from, or any other. */
export function TimeChoice({ label, value, onChange, problem, none }: Props) {
  const say = useWords();
  const style = useDateStyle();
  const now = useNow();
  const times = usePromiseTimes();
  const [other, setOther] = useState(false);
  const options = [
    ...(none ? [{ value: NONE, label: none }] : []),
    ...times.map((time) => ({ value: time, label: dueTime(new Date(time), now, style) })),
    { value: OTHER, label: say('promiseOther') },
  ];
  return (
    <>
      <Choice
        label={label}
        name={`time-${label}`}
        options={options}
        value={other ? OTHER : (value ?? (none ? NONE : null))}
        onChange={(chosen) => {
          setOther(chosen === OTHER);
          if (chosen === NONE) onChange(null);
          else onChange(chosen === OTHER ? (value ?? times[0] ?? null) : chosen);
        }}
      />
      {other && (
        <TextInput
          type="datetime-local"
          label={say('promiseOther')}
          value={value ? toLocal(value, style.zone) : ''}
          min={toLocal(now.toISOString(), style.zone)}
          max={toLocal(farthestDue(now).toISOString(), style.zone)}
          onChange={(event) => onChange(fromLocal(event.currentTarget.value, style.zone))}
        />
      )}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
