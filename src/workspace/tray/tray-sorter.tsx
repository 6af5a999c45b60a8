import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FoundCustomer, TrayItem } from '../../web/api/workspace/shapes.ts';
import { act } from '../api/act.ts';
import { useFound } from '../api/queries.ts';
import { AttachedFile } from '../customer/attached-file.tsx';
import { useWords } from '../words/use-words.tsx';
import type { WordKey } from '../words/words.ts';

const reasons: readonly WordKey[] = ['trayWhy_advertising', 'trayWhy_notOurs', 'trayWhy_double'];

/** The item itself, and the two things to do with it: give it to a customer, or set it aside with a reason. */
export function TraySorter({ item, onDealtWith }: { item: TrayItem; onDealtWith: () => void }) {
  const say = useWords();
  const give = (customer: FoundCustomer) => {
    act({ kind: 'sort', trayItemId: item.id, customerId: customer.id }, customer.name);
    onDealtWith();
  };
  return (
    <div className="sorter">
      {item.caution && <p className="caution">{item.caution}</p>}
      {item.addressedTo && <p className="soft">{say('trayAddressedTo', { name: item.addressedTo })}</p>}
      <p className="lines sorter-text">{item.text || say('trayNoText')}</p>
      {(item.attachments.length > 0 || item.hasRaw) && (
        <ul className="attachments">
          {item.attachments.map((each) => (
            <AttachedFile
              key={each.position}
              href={`/api/v1/workspace/tray/${item.id}/attachments/${each.position}`}
              file={each}
            />
          ))}
          {item.hasRaw && (
            <li>
              <a href={`/api/v1/workspace/tray/${item.id}/raw`} download>
                {say('trayRaw')}
              </a>
            </li>
          )}
        </ul>
      )}
      <GiveTo item={item} give={give} />
      <SetAside item={item} onDealtWith={onDealtWith} />
    </div>
  );
}

function GiveTo({ item, give }: { item: TrayItem; give: (customer: FoundCustomer) => void }) {
  const say = useWords();
  const [words, setWords] = useState('');
  const { data } = useFound(words);
  const searching = words.trim().length >= 2;
  const shown = searching ? (data?.customers ?? []) : item.suggestions;
  return (
    <section className="sorter-part">
      <h2>{say('trayWho')}</h2>
      <TextInput
        autoFocus
        label={say('traySearch')}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = shown;
          if (event.key === 'Enter' && first) give(first);
        }}
        autoComplete="off"
      />
      {!searching && shown.length > 0 && <p className="soft">{say('trayLikely')}</p>}
      <ul className="found" aria-live="polite">
        {shown.map((customer) => (
          <li key={customer.id}>
            <button type="button" className="found-row" onClick={() => give(customer)}>
              <span>
                <strong>{customer.name}</strong>{' '}
                <span className="soft">
                  {[customer.commune, customer.found, say('servedBy', { name: customer.advisorName })]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <span className="found-do">{say('trayGive')}</span>
            </button>
          </li>
        ))}
      </ul>
      {searching && data && shown.length === 0 && <p className="soft">{say('paletteNothing')}</p>}
    </section>
  );
}

function SetAside({ item, onDealtWith }: { item: TrayItem; onDealtWith: () => void }) {
  const say = useWords();
  const [why, setWhy] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = () => {
    if (!why.trim()) return setProblem(say('required'));
    act({ kind: 'setAside', trayItemId: item.id, why: why.trim() }, '');
    onDealtWith();
  };
  return (
    <details className="sorter-part">
      <summary>{say('traySetAside')}</summary>
      <div className="choice-options">
        {reasons.map((key) => (
          <button key={key} type="button" className="suggestion" onClick={() => setWhy(say(key))}>
            {say(key)}
          </button>
        ))}
      </div>
      <TextInput
        label={say('trayWhy')}
        value={why}
        onChange={(event) => {
          setWhy(event.currentTarget.value);
          setProblem(null);
        }}
        onKeyDown={(event) => event.key === 'Enter' && submit()}
        error={problem}
      />
      <Button variant="default" mt="sm" onClick={submit}>
        {say('traySetAside')}
      </Button>
    </details>
  );
}
