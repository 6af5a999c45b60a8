import { dueTimeInWriting } from '../../core/text/dates.ts';
import { spacedPhone } from '../../core/text/phone.ts';
import { type Locale, typeset } from '../../core/text/typeset.ts';

/** An accepted offer, on the timeline. Heard for `playedMs`, if anybody knows. */
export function acceptedWords(locale: Locale, phone: string, playedMs: number | null): string {
  const number = spacedPhone(phone);
  const seconds = playedMs ? Math.max(1, Math.round(playedMs / 1000)) : null;
  if (locale === 'en') {
    const heard = seconds ? ` after ${seconds} s of the offer` : '';
    return `Called from ${number} and chose to be called back${heard}.`;
  }
  const heard = seconds ? ` après ${seconds}\u00a0s de la proposition` : '';
  return typeset(`Appel du ${number}. A choisi d’être rappelé${heard}.`, 'fr');
}

export interface PromisedCallback {
  name: string;
  operator: string;
  phone: string;
  before: Date;
  now: Date;
  zone: string;
  link: string;
}

/** The confirmation by mail: who calls which number before when, and one link to change it all. */
export function promisedWords(locale: Locale, promised: PromisedCallback): { subject: string; text: string } {
  const { name, operator, before, now, zone, link } = promised;
  const time = dueTimeInWriting(before, now, { locale, zone });
  const number = spacedPhone(promised.phone);
  if (locale === 'en')
    return {
      subject: `${name} will call you back`,
      text: `Hello,\n\n${name} will call you back before ${time}, on ${number}.\n\nAnother number, another time, no call after all?\n${link}\n\n${name}\n${operator}\n`,
    };
  const text = `Bonjour,\n\n${name} vous rappelle avant ${time}, au ${number}.\n\nUn autre numéro, une autre heure, ou plus besoin ?`;
  return {
    subject: `${name} vous rappelle`,
    text: `${typeset(text, 'fr')}\n${link}\n\n${name}\n${operator}\n`,
  };
}

/** Said to the customer whose callback moved at their own wish. */
export function movedWords(
  locale: Locale,
  { name, before, now, zone }: Pick<PromisedCallback, 'name' | 'before' | 'now' | 'zone'>,
): string {
  const time = dueTimeInWriting(before, now, { locale, zone });
  return locale === 'en'
    ? `As you wished, ${name} will call you before ${time}.`
    : typeset(`Comme vous le souhaitez, ${name} vous appelle avant ${time}.`, 'fr');
}

/** Why the callback of before is owed no more. */
export function heardWords(locale: Locale): string {
  return locale === 'en'
    ? 'Called again, and was told another callback.'
    : typeset('A rappelé, et un autre rappel lui a été annoncé.', 'fr');
}

export function cancelledWords(locale: Locale): string {
  return locale === 'en' ? 'Callback cancelled, at your wish.' : 'Rappel annulé, à votre demande.';
}
