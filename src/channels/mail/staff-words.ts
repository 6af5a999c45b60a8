import type { Locale } from '../../core/text/typeset.ts';
import { typeset } from '../../core/text/typeset.ts';

/** What Visavis tells the staff about mail, as an internal note on the customer's timeline. */
export type MailNews =
  | { kind: 'bounced'; address: string; why: string | null }
  | { kind: 'delayed'; address: string; why: string | null }
  | { kind: 'not_sent'; address: string; why: string }
  | { kind: 'too_large'; address: string; limit: number };

/** The note in the operator's language. It says what happened and what to do now. */
export function mailNewsWords(news: MailNews, locale: Locale): string {
  return typeset(locale === 'fr' ? inFrench(news) : inEnglish(news), locale);
}

function inFrench(news: MailNews): string {
  switch (news.kind) {
    case 'bounced':
      return `Le courrier adressé à ${news.address} revient sans avoir été remis. Vérifiez l'adresse ou appelez.${cited(news.why, 'fr')}`;
    case 'delayed':
      return `Le courrier adressé à ${news.address} attend encore : sa remise est retardée. Rien à faire pour l'instant.${cited(news.why, 'fr')}`;
    case 'not_sent':
      return `Le courrier adressé à ${news.address} n'a pas pu partir. Vérifiez l'adresse, ou appelez.${cited(news.why, 'fr')}`;
    case 'too_large':
      return `Un courrier de ${news.address} a été refusé : il dépasse ${news.limit} Mo. Demandez un envoi en plusieurs messages.`;
  }
}

function inEnglish(news: MailNews): string {
  switch (news.kind) {
    case 'bounced':
      return `Mail to ${news.address} comes back undelivered. Check the address, or call.${cited(news.why, 'en')}`;
    case 'delayed':
      return `Mail to ${news.address} is still waiting: its delivery is delayed. Nothing to do for now.${cited(news.why, 'en')}`;
    case 'not_sent':
      return `The mail to ${news.address} could not leave. Check the address, or call.${cited(news.why, 'en')}`;
    case 'too_large':
      return `A mail from ${news.address} was refused: it is larger than ${news.limit} MB. Ask for several smaller messages.`;
  }
}

function cited(why: string | null, locale: Locale): string {
  if (!why) return '';
  const shown = why.replace(/\s+/g, ' ').slice(0, 300);
  return locale === 'fr' ? `\nRéponse du serveur : « ${shown} »` : `\nThe server said: “${shown}”`;
}

/** Why the staff should look twice at a mail; shown beside it, never to customers. */
export type Caution =
  | 'not-from-domain'
  | 'claims-own-address'
  | 'new-address'
  | 'beside'
  | 'several-tokens'
  | 'same-id'
  | 'old-alias';

/** Cautions as sentences in the operator's language, or null without any. */
export function cautionWords(cautions: readonly Caution[], locale: Locale): string | null {
  if (cautions.length === 0) return null;
  return typeset(cautions.map((caution) => CAUTIONS[caution][locale]).join(' '), locale);
}

const CAUTIONS: Record<Caution, Record<Locale, string>> = {
  'not-from-domain': {
    fr: "Le domaine de l'expéditeur désavoue ce courrier : il est peut-être usurpé. Vérifiez par téléphone avant d'agir.",
    en: "The sender's domain disowns this mail: it may be forged. Check by phone before you act.",
  },
  'claims-own-address': {
    fr: 'Ce courrier prétend venir de notre propre adresse. Vérifiez auprès de votre collègue.',
    en: 'This mail claims to come from our own address. Check with your colleague.',
  },
  'new-address': {
    fr: "L'adresse de l'expéditeur ne figure pas au dossier du client. Vérifiez qui écrit avant de répondre à cette adresse.",
    en: "The sender's address is not on the customer's file. Check who writes before you answer to it.",
  },
  beside: {
    fr: "Ce courrier se réfère à une conversation à laquelle l'expéditeur ne participe pas. Il est classé à part.",
    en: 'This mail refers to a conversation its sender takes no part in. It is filed beside it.',
  },
  'several-tokens': {
    fr: 'Ce courrier répond à plusieurs conversations à la fois. Il est classé à part.',
    en: 'This mail answers several conversations at once. It is filed beside them.',
  },
  'same-id': {
    fr: "Un autre courrier porte le même identifiant avec un autre contenu. Comparez les deux avant d'agir.",
    en: 'Another mail carries the same identifier with other content. Compare the two before you act.',
  },
  'old-alias': {
    fr: "Ce courrier est adressé à une ancienne adresse publique, que des robots connaissent. Vérifiez qui écrit avant d'agir.",
    en: 'This mail was sent to an old public address, which robots know. Check who writes before you act.',
  },
};
