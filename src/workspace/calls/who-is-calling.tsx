import { TextInput } from '@mantine/core';
import { type RefObject, useState } from 'react';
import type { CallNow, FoundCustomer } from '../../web/api/workspace/shapes.ts';
import { useFound } from '../api/queries.ts';
import { useWords } from '../words/use-words.tsx';
import { FoundPeople } from './found-people.tsx';
import type { CallActs } from './use-call-acts.ts';

/** "Who is calling?": one question, an instant search; Enter takes the first. */
export function WhoIsCalling(props: {
  call: CallNow;
  acts: CallActs;
  box: RefObject<HTMLInputElement | null>;
  shortcut: boolean;
}) {
  const { call, acts, box, shortcut } = props;
  const say = useWords();
  const [words, setWords] = useState('');
  const { data } = useFound(words);
  const searching = words.trim().length >= 2;
  const shown = searching ? (data?.customers ?? []) : call.likely;
  const choose = (customer: FoundCustomer) => void acts.nameCaller(call.id, customer.id);
  return (
    <div className="band-who">
      <TextInput
        ref={box}
        label={
          <>
            {say('bandWhoSearch')} {shortcut && <kbd>q</kbd>}
          </>
        }
        value={words}
        autoComplete="off"
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = shown;
          if (event.key === 'Enter' && first) choose(first);
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <FoundPeople people={shown.slice(0, 6)} verb={say('bandIsThem')} onChoose={choose} />
      {searching && data && shown.length === 0 && <p className="soft">{say('paletteNothing')}</p>}
    </div>
  );
}
