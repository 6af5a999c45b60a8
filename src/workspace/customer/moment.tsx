import { useNow } from '../time/now.ts';
import { fullMoment, shortPast } from '../time/when.ts';
import { useDateStyle } from '../words/use-words.tsx';

/** The clock of the day it stands under. */
export function Moment({ at }: { at: string }) {
  const style = useDateStyle();
  const now = useNow();
  const date = new Date(at);
  return (
    <time className="entry-time" dateTime={at} title={fullMoment(date, now, style)}>
      {shortPast(date, date, style)}
    </time>
  );
}
