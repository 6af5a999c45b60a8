import { dueTime } from '../../core/text/dates.ts';
import type { Locale } from '../../core/text/typeset.ts';

export interface SmsWords {
  /** Who acts. */
  name: string;
  operator: string;
  before: Date;
  now: Date;
  zone: string;
}

// Letters of GSM-7 only (é è à ù yes; ê ç â no): one other letter would halve what fits. The link stands at the end.

/** A callback is promised; the link that changes it follows. */
export function callbackSms(locale: Locale, words: SmsWords): string {
  return locale === 'fr'
    ? `${words.name} vous rappelle avant ${when(locale, words)}. Changer ou annuler :`
    : `${words.name} will call you back before ${when(locale, words)}. Change or cancel:`;
}

/** Nobody answered when we called back; the link that changes the next try follows. */
export function triedSms(locale: Locale, words: SmsWords): string {
  return locale === 'fr'
    ? `${words.name} vous a appelé en vain, et rappelle avant ${when(locale, words)}. Changer :`
    : `${words.name} tried to call you, and will call again before ${when(locale, words)}. Change:`;
}

/** After the last try: news in another way, by then. */
export function triedLastSms(locale: Locale, words: SmsWords & { phone: string }): string {
  return locale === 'fr'
    ? `${words.name} n'a pas pu vous joindre et vous recontacte avant ${when(locale, words)}. ${words.operator} : ${words.phone}`
    : `${words.name} could not reach you and will contact you before ${when(locale, words)}. ${words.operator}: ${words.phone}`;
}

/** What they wrote by SMS has arrived. */
export function acknowledgementSms(locale: Locale, words: SmsWords & { absent: string | null }): string {
  const { absent, name, operator } = words;
  if (locale === 'fr') {
    const away = absent ? `${absent} n'est pas là, je réponds à sa place` : 'Votre SMS est arrivé';
    return `${away}. Je vous réponds avant ${when(locale, words)}. ${name}, ${operator}`;
  }
  const away = absent ? `${absent} is away, I answer in their place` : 'Message received';
  return `${away}. I will answer you before ${when(locale, words)}. ${name}, ${operator}`;
}

/** STOP was understood. */
export function stoppedSms(locale: Locale, operator: string): string {
  return locale === 'fr'
    ? `${operator} ne vous écrit plus par SMS. Pour reprendre, répondez START.`
    : `${operator} will send you no more SMS. To begin again, answer START.`;
}

function when(locale: Locale, { before, now, zone }: SmsWords): string {
  return dueTime(before, now, { locale, zone });
}
