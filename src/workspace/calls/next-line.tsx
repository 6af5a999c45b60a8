import { Link } from 'react-router';
import type { NextForMe } from '../../web/api/workspace/shapes.ts';
import { When } from '../time/time.tsx';
import { useWords } from '../words/use-words.tsx';

/** What comes next for who is free, as the rules say it; nothing while nothing waits, or while a caller is put through. */
export function NextLine({ next }: { next: NextForMe | null }) {
  const say = useWords();
  if (!next?.about || next.task === 'call' || next.task === 'nothing') return null;
  const { about, owner, task } = next;
  const words = { name: about.customerName, owner: owner ?? '', time: '|' };
  const callback = owner ? 'nextCallbackOf' : 'nextCallback';
  const message = owner ? 'nextMessageOf' : 'nextMessage';
  const [before, after] = say(task === 'callback' ? callback : message, words).split('|');
  return (
    <p className="soft">
      <Link to={`/customers/${about.customerId}?case=${about.caseFileId}`}>
        {before}
        <When at={about.at} as={task === 'callback' && !owner ? 'due' : 'past'} />
        {after}
      </Link>
    </p>
  );
}
