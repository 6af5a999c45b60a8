import type { Scene } from '../ui/page.tsx';
import type { View } from './queue-page.tsx';

export interface LineProps {
  scene: Scene;
  view: View;
  when: string;
  line: {
    id: string;
    /** What ticking it chooses: a comment, or all that resemble it. */
    value: string;
    name: string;
    text: string;
    slug: string;
    at: Date;
    asked: boolean;
    /** Why it is here, in words. */
    notes: readonly string[];
  };
}

/** One comment, or many alike, with a box to tick and what can be done with it alone. */
export function Line({ scene: { say, locale }, line, view, when }: LineProps) {
  const { id, value, name, text, slug, asked, notes } = line;
  return (
    <>
      <label class="pick">
        <input type="checkbox" name="chosen" value={value} aria-label={say('moderationTick', { name })} />
        <span>
          <strong>
            <bdi>{name}</bdi>
          </strong>{' '}
          <span class="soft">{[when, ...notes].join(' · ')}</span>
        </span>
      </label>
      <p class="words" dir="auto">
        {text.length > 1_500 ? `${text.slice(0, 1_500)}…` : text}
      </p>
      <p class="links">
        <a href={`/${locale}/posts/${slug}`}>
          {say('moderationBelow')} <span class="unseen">{name}</span>
        </a>
        {view === 'shown' ? (
          <a href={`?view=shown&answer=${id}#answer`}>
            {say('commentReply')} <span class="unseen">{name}</span>
          </a>
        ) : null}
        {asked ? <span class="soft">{say('moderationAskedAlready')}</span> : null}
        {!asked && (view === 'shown' || view === 'waiting') ? (
          <button type="submit" name="ask" value={id} class="link">
            {say('moderationAsk')}
          </button>
        ) : null}
      </p>
    </>
  );
}
