import { dueTime } from '../../core/text/dates.ts';
import type { AdvisorCard } from '../../desk/views/advisor-card.ts';
import type { Presence } from '../../desk/views/contact.ts';
import { awayLine, photoUrl } from '../ui/facing.ts';
import { PhoneLink } from '../ui/layout.tsx';
import type { Scene } from '../ui/page.tsx';
import { Portrait } from '../ui/portrait.tsx';

type WithPresence = AdvisorCard & { presence: Presence };

/** The person in full: portrait, name, number, whether they can be reached now. The h1 of the page. */
export function PersonHead({ scene, card, place }: { scene: Scene; card: WithPresence; place: string }) {
  const away = awayLine(card, scene);
  return (
    <>
      <div class="person">
        <Portrait of={{ name: card.name, photo: photoUrl(card, 'large') }} size="large" />
        <div>
          <p class="soft over">{scene.say('serves', { place })}</p>
          <h1>{card.name}</h1>
          <PhoneLink phone={card.phone} />
          <p class="soft tight no-print" data-live>
            {presenceLine(scene, card)}
          </p>
        </div>
      </div>
      {away ? <p class="away">{away}</p> : null}
    </>
  );
}

/** Whether they can be reached now, else from when on. */
export function presenceLine({ say, now, style }: Scene, { presence }: WithPresence): string {
  return presence.now ? say('thereNow') : say('thereAt', { when: dueTime(presence.nextAt, now, style) });
}
