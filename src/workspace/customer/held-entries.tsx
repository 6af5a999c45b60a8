import type { Action, HeldAction } from '../../web/api/workspace/shapes.ts';
import { usePending } from '../api/held.ts';
import { useWords } from '../words/use-words.tsx';

/** What is about to happen here, mine or a colleague's, at its place on the timeline. */
export function HeldEntries({ held, customerId }: { held: readonly HeldAction[]; customerId: string }) {
  const say = useWords();
  const pending = usePending(held).filter((action) => 'customerId' in action && action.customerId === customerId);
  return pending.map((action) => (
    <div key={action.id} className={action.kind === 'note' ? 'entry note held' : 'entry out held'}>
      <p className="entry-head">
        <strong>{say(`held_${action.kind}`, { name: '' }).trim()}</strong>{' '}
        <span className="soft">{say(action.kind === 'reply' ? 'heldReply' : 'heldOther')}</span>
      </p>
      <p className="lines">{textOf(action)}</p>
    </div>
  ));
}

function textOf(action: Action): string {
  if ('text' in action) return action.text;
  if ('summary' in action) return action.summary;
  if ('words' in action) return action.words;
  if ('thirdParty' in action) return action.thirdParty;
  return '';
}
