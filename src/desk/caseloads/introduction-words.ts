import { type Locale, typeset } from '../../core/text/typeset.ts';

interface Named {
  from: string;
  to: string;
  operator: string;
}

/** How the old advisor introduces the new one, before the change. */
export function introductionWords(
  locale: Locale,
  { from, to, operator, day }: Named & { day: string },
): { subject: string; text: string } {
  return set(
    locale,
    locale === 'fr'
      ? {
          subject: `Je vous présente ${to}`,
          text: `Bonjour,\n\nÀ partir du ${day}, votre contact sera ${to}. Jusque-là, je reste votre contact.\n\nJe lui transmets tout par écrit. Vous n’avez rien à répéter, et rien à faire.\n\nSi vous préférez quelqu’un d’autre, répondez à ce message.\n\n${from}\n${operator}\n`,
        }
      : {
          subject: `May I introduce ${to}`,
          text: `Hello,\n\nFrom ${day} on, your contact will be ${to}. Until then I remain your contact.\n\nI pass everything on in writing. You need not repeat anything, or do anything.\n\nIf you would rather have somebody else, answer this message.\n\n${from}\n${operator}\n`,
        },
  );
}

/** What whoever was told of the change reads when it is taken back. */
export function stayWords(locale: Locale, { from, to, operator }: Named): { subject: string; text: string } {
  return set(
    locale,
    locale === 'fr'
      ? {
          subject: `Je reste votre contact`,
          text: `Bonjour,\n\nJe vous avais présenté ${to}. Ce changement n’aura pas lieu : je reste votre contact.\n\nVous n’avez rien à faire.\n\n${from}\n${operator}\n`,
        }
      : {
          subject: `I remain your contact`,
          text: `Hello,\n\nI had introduced ${to} to you. That change will not happen: I remain your contact.\n\nThere is nothing you need to do.\n\n${from}\n${operator}\n`,
        },
  );
}

function set(locale: Locale, { subject, text }: { subject: string; text: string }) {
  return { subject: typeset(subject, locale), text: typeset(text, locale) };
}
