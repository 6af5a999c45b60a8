import { lastDay } from '../time/when.ts';
import { useDateStyle, useWords } from '../words/use-words.tsx';
import { useWhoIAm } from './me.ts';

/** In whose place I answer, and who answers in mine. */
export function StandIns() {
  const { standsInFor, standIn, operator } = useWhoIAm();
  const say = useWords();
  const style = useDateStyle();
  const until = (at: string) => lastDay(new Date(at), new Date(), style);
  if (standsInFor.length === 0 && !standIn && !operator.demo) return null;
  return (
    <aside className="stand-ins" aria-label={say('standInsLabel')}>
      {standIn && <p>{say('standIn', { name: standIn.name, until: until(standIn.until) })}</p>}
      {standsInFor.map((each) => (
        <p key={each.name}>{say('standsInFor', { name: each.name, until: until(each.until) })}</p>
      ))}
      {operator.demo && <p className="soft">{say('demo')}</p>}
    </aside>
  );
}
