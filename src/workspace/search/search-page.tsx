import { TextInput } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Found, FoundCommune } from '../../web/api/workspace/shapes.ts';
import { useFound } from '../api/queries.ts';
import { type CallActs, useCallActs } from '../calls/use-call-acts.ts';
import { useKeys } from '../keyboard/keys.ts';
import { Title } from '../shell/title.tsx';
import { When } from '../time/time.tsx';
import { useWords } from '../words/use-words.tsx';

/** Search with an address of its own: customers, communes and who serves them, words of messages. */
export function SearchPage() {
  const say = useWords();
  const [search, setSearch] = useSearchParams();
  const [words, setWords] = useState(search.get('q') ?? '');
  const { data } = useFound(useDeferredValue(words));
  const acts = useCallActs();
  useDialFound(acts);
  return (
    <div className="page">
      <Title>{say('searchTitle')}</Title>
      <TextInput
        autoFocus
        mt="md"
        type="search"
        label={say('searchLabel')}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          setSearch({ q: event.currentTarget.value }, { replace: true });
        }}
      />
      {words.trim().length < 2 ? (
        <p className="empty soft">{say('searchEmpty')}</p>
      ) : (
        data && <Results found={data} acts={acts} />
      )}
      {acts.problem && (
        <p className="alarm" role="alert">
          {acts.problem}
        </p>
      )}
    </div>
  );
}

/** d dials the customer whose name has the focus. */
function useDialFound(acts: CallActs): void {
  useKeys({
    d: () => {
      const found = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.customer : undefined;
      if (found) void acts.dial(found, null);
    },
  });
}

function Results({ found, acts }: { found: Found; acts: CallActs }) {
  const say = useWords();
  if (found.customers.length + found.communes.length + found.words.length === 0)
    return <p className="empty">{say('paletteNothing')}</p>;
  return (
    <div aria-live="polite">
      {found.customers.length > 0 && (
        <section className="group">
          <h2>{say('paletteCustomers')}</h2>
          <ul className="plain-rows">
            {found.customers.map((each) => (
              <li key={each.id}>
                <Link to={`/customers/${each.id}`} data-customer={each.id}>
                  {each.name}
                </Link>{' '}
                <span className="soft">
                  {[each.commune, each.found, say('servedBy', { name: each.advisorName })].filter(Boolean).join(' · ')}
                </span>{' '}
                <button type="button" className="band-do" onClick={() => void acts.dial(each.id, null)}>
                  {say('dial')}
                  <span className="unseen"> {each.name}</span> <kbd>d</kbd>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {found.communes.length > 0 && (
        <section className="group">
          <h2>{say('paletteCommunes')}</h2>
          <ul className="plain-rows">
            {found.communes.map((each) => (
              <li key={each.insee}>
                {each.name} <span className="soft num">{each.postcodes.slice(0, 4).join(', ')}</span>
                <br />
                <span className="soft">{servedBy(each)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {found.words.length > 0 && (
        <section className="group">
          <h2>{say('paletteMessages')}</h2>
          <ul className="plain-rows">
            {found.words.map((each) => (
              <li key={`${each.caseFileId}-${each.at}`}>
                <Link to={`/customers/${each.customerId}?case=${each.caseFileId}`} data-customer={each.customerId}>
                  {each.customerName}
                </Link>{' '}
                <span className="soft">
                  {each.subject}, <When at={each.at} as="past" />
                </span>
                <br />
                <span className="excerpt">{each.excerpt}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** "Samira Bailly (Centre, Longs-Traits)": each person once, with their sectors of a large commune. */
function servedBy(commune: FoundCommune): string {
  const people = Map.groupBy(commune.advisors, (advisor) => advisor.name);
  return [...people]
    .map(([name, areas]) => {
      const sectors = areas.flatMap((area) => area.sector ?? []);
      return sectors.length > 0 ? `${name} (${sectors.join(', ')})` : name;
    })
    .join(' · ');
}
