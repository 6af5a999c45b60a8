import { useDateStyle, useWords } from '../words/use-words.tsx';
import { useNow } from './now.ts';
import { due, fullMoment, shortPast, since } from './when.ts';

/** A moment in words that fit how far it is, with the exact one behind it. */
export function When({ at, as }: { at: string; as: 'past' | 'due' | 'since' }) {
  const now = useNow();
  const style = useDateStyle();
  const say = useWords();
  const date = new Date(at);
  const words = as === 'past' ? shortPast(date, now, style) : (as === 'due' ? due : since)(date, now, style, say);
  return (
    <time dateTime={at} title={fullMoment(date, now, style)}>
      {words}
    </time>
  );
}
