import { spacedPhone } from '../../core/text/phone.ts';
import { type Locale, typeset } from '../../core/text/typeset.ts';

/** The announcement of a change of advisor, with both names, in the customer's language. A letter cannot be answered. */
export function advisorChangeWords(
  locale: Locale,
  { from, to, phone, operator, onPaper }: { from: string; to: string; phone: string; operator: string; onPaper?: true },
): { subject: string; text: string } {
  const words =
    locale === 'fr'
      ? {
          subject: `Votre contact change : ${to}`,
          text: `Bonjour,\n\nVotre contact était ${from}. C’est maintenant ${to}.\n\n${from} a tout transmis par écrit. Vous n’avez rien à répéter, et rien à faire.\n\n${to} répond ${onPaper ? '' : 'à ce message et '}au ${spacedPhone(phone)}.\n\n${to}\n${operator}\n`,
        }
      : {
          subject: `Your contact changes: ${to}`,
          text: `Hello,\n\nYour contact was ${from}. From now on it is ${to}.\n\n${from} has passed everything on in writing. You need not repeat anything, or do anything.\n\n${to} answers ${onPaper ? '' : 'this message and '}${spacedPhone(phone)}.\n\n${to}\n${operator}\n`,
        };
  return { subject: typeset(words.subject, locale), text: typeset(words.text, locale) };
}

/** The same by SMS: letters of GSM-7 only, so that it stays short. */
export function advisorChangeSms(
  locale: Locale,
  { from, to, phone, operator }: { from: string; to: string; phone: string; operator: string },
): string {
  return locale === 'fr'
    ? `Votre contact chez ${operator} est maintenant ${to}, ${spacedPhone(phone)}. ${from} a tout transmis. Vous n'avez rien à faire.`
    : `Your contact at ${operator} is now ${to}, ${spacedPhone(phone)}. ${from} has passed everything on. There is nothing to do.`;
}
