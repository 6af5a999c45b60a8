import { useEffect, useState } from 'react';
import { send } from '../api/client.ts';
import { useWords } from '../words/use-words.tsx';

interface Present {
  staffId: string;
  name: string;
  doing: 'looks' | 'writes';
}

const TURN_MS = 8_000;
let writing = false;

/** Says to colleagues that a text is being written here. */
export function setWriting(now: boolean): void {
  writing = now;
}

/** Who else looks at this customer, or writes to them. */
export function Colleagues({ customerId }: { customerId: string }) {
  const say = useWords();
  const [others, setOthers] = useState<Present[]>([]);
  useEffect(() => {
    const path = `/api/v1/workspace/customers/${customerId}/presence`;
    const turn = () =>
      send<{ others: Present[] }>('POST', path, { doing: writing ? 'writes' : 'looks' })
        .then((answer) => setOthers(answer.others))
        .catch(() => undefined);
    void turn();
    const timer = setInterval(turn, TURN_MS);
    return () => {
      clearInterval(timer);
      send('POST', path, { doing: 'left' }).catch(() => undefined);
    };
  }, [customerId]);
  const names = (doing: Present['doing']) =>
    others
      .filter((each) => each.doing === doing)
      .map((each) => each.name)
      .join(', ');
  return (
    <p role="status" className="colleagues">
      {names('writes') && <strong>{say('colleagueWrites', { names: names('writes') })}</strong>}{' '}
      {names('looks') && <span>{say('colleagueLooks', { names: names('looks') })}</span>}
    </p>
  );
}
