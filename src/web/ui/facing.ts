import { dueTime, longDay } from '../../core/text/dates.ts';
import type { AdvisorCard } from '../../desk/views/advisor-card.ts';
import { hourLines } from './hours.ts';
import type { Facing } from './layout.tsx';
import type { Scene } from './page.tsx';

/** URL of an advisor's photo, or null. `size` is the side in pixels as shown. */
export function photoUrl(card: Pick<AdvisorCard, 'id' | 'photoKey'>, size: 'small' | 'large' = 'small'): string | null {
  return card.photoKey ? `/portrait/${card.id}/${size}/${card.photoKey}.webp` : null;
}

/** The person as the strip on top of a page shows them: hours, or who answers until when. */
export function facingOf(card: AdvisorCard, scene: Scene): Facing {
  return {
    name: card.name,
    photo: photoUrl(card),
    phone: card.phone,
    line: awayLine(card, scene) ?? hourLines(card.hours, scene.locale).slice(0, 1).join(''),
    href: `/${scene.locale}/contact/${card.id}`,
  };
}

/** "Samira est en congé. Jean répond à sa place jusqu’à …", or undefined when the person is there. */
export function awayLine(card: AdvisorCard, { say, style, now }: Scene): string | undefined {
  if (!card.away) return undefined;
  const soon = card.away.until.getTime() - now.getTime() < 2 * 86_400_000;
  const date = soon ? dueTime(card.away.until, now, style) : longDay(card.away.until, now, style);
  return say('absentUntil', { name: card.name, cover: card.away.cover.name, date });
}
