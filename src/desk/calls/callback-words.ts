import { dueTimeInWriting } from '../../core/text/dates.ts';
import { spacedPhone } from '../../core/text/phone.ts';
import { type Locale, typeset } from '../../core/text/typeset.ts';

/** An accepted offer, on the timeline. */
export function acceptedWords(locale: Locale, phone: string): string {
  const number = spacedPhone(phone);
  return locale === 'en'
    ? `Called from ${number} and chose to be called back.`
    : `Appel du ${number}. A choisi d’être rappelé.`;
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

export function cancelledWords(locale: Locale): string {
  return locale === 'en' ? 'Callback cancelled, at your wish.' : 'Rappel annulé, à votre demande.';
}
