import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FoundCustomer } from '../../web/api/workspace/shapes.ts';
import { useFound } from '../api/queries.ts';
import { useWords } from '../words/use-words.tsx';
import { FoundPeople } from './found-people.tsx';
import { useCallActs } from './use-call-acts.ts';

const ways = [
  { way: 'in', label: 'noteIn' },
  { way: 'out', label: 'noteOut' },
] as const;

/** A call nobody's phone system saw, noted in ten seconds: with whom, which way, and a few words if one likes. */
export function NoteCall() {
  const say = useWords();
  const acts = useCallActs();
  const [words, setWords] = useState('');
  const [person, setPerson] = useState<FoundCustomer | null>(null);
  const [direction, setDirection] = useState<'in' | 'out'>('in');
  const [text, setText] = useState('');
  const [saved, setSaved] = useState<string | null>(null);
  const { data } = useFound(person ? '' : words);
  const choose = (customer: FoundCustomer) => {
    setPerson(customer);
    setWords(customer.name);
  };
  const save = async () => {
    setSaved(null);
    if (!person) return acts.setProblem(say('noteChoose'));
    if (!(await acts.note({ customerId: person.id, direction, text }))) return;
    setSaved(say('noteSaved', { name: person.name }));
    setPerson(null);
    setWords('');
    setText('');
    acts.setProblem(null);
  };
  const people = person || words.trim().length < 2 ? [] : (data?.customers ?? []).slice(0, 6);
  return (
    <section className="group">
      <h2>{say('noteTitle')}</h2>
      <p className="soft">{say('noteHint')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput
          label={say('noteWho')}
          value={words}
          error={acts.problem}
          autoComplete="off"
          onChange={(event) => {
            setWords(event.currentTarget.value);
            setPerson(null);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !people[0]) return;
            event.preventDefault();
            choose(people[0]);
          }}
        />
        <FoundPeople people={people} verb={say('bandIsThem')} onChoose={choose} />
        <fieldset className="note-ways">
          <legend>{say('noteDirection')}</legend>
          {ways.map(({ way, label }) => (
            <label key={way}>
              <input type="radio" name="way" checked={direction === way} onChange={() => setDirection(way)} />{' '}
              {say(label)}
            </label>
          ))}
        </fieldset>
        <Textarea
          mt="sm"
          label={say('noteText')}
          autosize
          minRows={2}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" mt="sm">
          {say('noteSave')}
        </Button>
        <p role="status">{saved}</p>
      </form>
    </section>
  );
}
