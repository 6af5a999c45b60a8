import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CallNow, Colleague } from '../../web/api/workspace/shapes.ts';
import { useColleagues } from '../api/queries.ts';
import { colleagueWords } from '../customer/forms/hand-over-form.tsx';
import { useKeys } from '../keyboard/keys.ts';
import { useWords } from '../words/use-words.tsx';
import type { CallActs } from './use-call-acts.ts';

/** To whom, and a word: it stands on that colleague's screen before they answer. The phone passes the call itself. */
export function PassOn({ call, acts, close }: { call: CallNow; acts: CallActs; close: () => void }) {
  const say = useWords();
  const { data, refetch } = useColleagues();
  const there = whoIsThere(data?.colleagues);
  const [chosen, setChosen] = useState<string | null>(null);
  const [words, setWords] = useState('');
  useKeys({ Escape: close });
  const to = chosen ?? nearest(there);
  const submit = async () => {
    // Whoever types fast is done before the names are there.
    const whom = to ?? nearest(whoIsThere((await refetch()).data?.colleagues));
    if (whom && (await acts.passOn(call.id, whom, words))) close();
  };
  return (
    <form
      className="band-who"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Select
        searchable
        label={say('passTo')}
        data={there.map((each) => ({ value: each.id, label: colleagueWords(each, say) }))}
        value={to}
        onChange={setChosen}
      />
      <TextInput
        autoFocus
        mt="sm"
        label={say('passWords')}
        description={say('passHint')}
        value={words}
        maxLength={2_000}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <p className="band-does">
        <Button type="submit" mt="sm">
          {say('passDo')}
        </Button>
        <Button mt="sm" variant="default" onClick={close}>
          {say('cancel')}
        </Button>
      </p>
    </form>
  );
}

const whoIsThere = (colleagues: readonly Colleague[] = []) => colleagues.filter((each) => each.awayUntil === null);

/** The first backup, or whoever is there. */
const nearest = (there: readonly Colleague[]) => (there.find((each) => each.rank === 1) ?? there[0])?.id ?? null;

/** What was said beforehand, on the colleague's screen; and, on one's own, that it was said. */
export function PassedWord({ call }: { call: CallNow }) {
  const say = useWords();
  const { passing, state } = call;
  if (!passing || state === 'ended') return null;
  const toMe = state === 'passed' || passing.taken;
  return (
    <p className="band-notice">
      {toMe
        ? passing.words
          ? say('passedWord', { name: passing.by, words: passing.words })
          : say('passedNoWord', { name: passing.by })
        : say('passingTo', { name: passing.to })}
    </p>
  );
}
