import type { FoundCustomer } from '../../web/api/workspace/shapes.ts';
import { useWords } from '../words/use-words.tsx';

/** Customers found, each a button. */
export function FoundPeople(props: {
  people: readonly FoundCustomer[];
  verb: string;
  onChoose: (customer: FoundCustomer) => void;
}) {
  const say = useWords();
  return (
    <ul className="found" aria-live="polite">
      {props.people.map((customer) => (
        <li key={customer.id}>
          <button type="button" className="found-row" onClick={() => props.onChoose(customer)}>
            <span>
              <strong>{customer.name}</strong>{' '}
              <span className="soft">
                {[customer.commune, customer.found, say('servedBy', { name: customer.advisorName })]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            <span className="found-do">{props.verb}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
