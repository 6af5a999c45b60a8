import { spacedPhone } from '../../core/text/phone.ts';
import { type Locale, typeset } from '../../core/text/typeset.ts';

interface Named {
  from: string;
  to: string;
  operator: string;
}

/**
 * How the old advisor introduces the new one, before the change. `numbers`: of both, for a letter, which cannot be answered
 * like a mail.
 */
export function introductionWords(
  locale: Locale,
  { from, to, operator, day, numbers }: Named & { day: string; numbers?: { from: string; to: string } },
): { subject: string; text: string } {
  const before = numbers && spacedPhone(numbers.from);
  const after = numbers && spacedPhone(numbers.to);
  return set(
    locale,
    locale === 'fr'
      ? {
          subject: `Je vous présente ${to}`,
          text: `Bonjour,\n\nÀ partir du ${day}, votre contact sera ${to}${after ? `, au ${after}` : ''}. Jusque-là, je reste votre contact.\n\nJe lui transmets tout par écrit. Vous n’avez rien à répéter, et rien à faire.\n\nSi vous préférez quelqu’un d’autre, ${before ? `appelez-moi au ${before}` : 'répondez à ce message'}.\n\n${from}\n${operator}\n`,
        }
      : {
          subject: `May I introduce ${to}`,
          text: `Hello,\n\nFrom ${day} on, your contact will be ${to}${after ? `, on ${after}` : ''}. Until then I remain your contact.\n\nI pass everything on in writing. You need not repeat anything, or do anything.\n\nIf you would rather have somebody else, ${before ? `call me on ${before}` : 'answer this message'}.\n\n${from}\n${operator}\n`,
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

/** The introduction of a new advisor by SMS: letters of GSM-7 only, so that it stays short. */
export function introductionSms(locale: Locale, { from, to, operator, day }: Named & { day: string }): string {
  return locale === 'fr'
    ? `À partir du ${day}, votre contact chez ${operator} sera ${to}. Jusque-là, c'est moi. Vous n'avez rien à faire. ${from}`
    : `From ${day} on, your contact at ${operator} will be ${to}. Until then it is me. There is nothing to do. ${from}`;
}

/** By SMS: the change that was announced will not come. */
export function staySms(locale: Locale, { from, to, operator }: Named): string {
  return locale === 'fr'
    ? `Je reste votre contact chez ${operator}. Le changement vers ${to} n'aura pas lieu. ${from}`
    : `I remain your contact at ${operator}. The change to ${to} will not happen. ${from}`;
}

function set(locale: Locale, { subject, text }: { subject: string; text: string }) {
  return { subject: typeset(subject, locale), text: typeset(text, locale) };
}
