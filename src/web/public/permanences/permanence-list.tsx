import { clockTime, longDay } from '../../../core/text/dates.ts';
import type { PermanenceRead } from '../../../desk/views/permanences.ts';
import type { Scene } from '../../ui/page.tsx';

interface ListProps {
  scene: Scene;
  permanences: readonly PermanenceRead[];
  /** Address of the same as a calendar. */
  calendar: string;
  /** What the reader does not know yet: who comes, or where to. */
  names: 'advisor' | 'commune';
}

/** When somebody can be met in a town hall; cancelled dates are said, not left out. */
export function Permanences({ scene, permanences, calendar, names }: ListProps) {
  const { say } = scene;
  if (permanences.length === 0) return null;
  return (
    <section aria-labelledby="permanences-title">
      <h2 id="permanences-title">{say('permanencesTitle')}</h2>
      <ul class="matters">
        {permanences.map((each) => (
          <li key={each.id}>
            <span>
              {dateWords(scene, each)}
              {each.cancelledAt ? <strong> · {say('permanenceCancelled')}</strong> : null}
            </span>
            <span class="soft">
              {[names === 'advisor' ? each.advisor.name : each.commune.name, each.place].join(', ')}
              {each.why ? `. ${each.why}` : ''}
            </span>
          </li>
        ))}
      </ul>
      <p class="no-print">
        <a href={calendar}>{say('permanencesCalendar')}</a>
      </p>
    </section>
  );
}

/** "mardi 24 novembre, de 9 h à 11 h 30", struck through when cancelled. */
export function dateWords({ say, now, style }: Scene, { startsAt, endsAt, cancelledAt }: PermanenceRead) {
  const hours = say('hourRange', { from: clockTime(startsAt, style), to: clockTime(endsAt, style) });
  const words = `${longDay(startsAt, now, style)}, ${hours}`;
  const time = <time datetime={startsAt.toISOString()}>{words}</time>;
  return cancelledAt ? <s>{time}</s> : time;
}
