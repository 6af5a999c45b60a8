import type { Locale } from '../core/text/typeset.ts';
import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis alias` says of itself. */
export const aliasHelp = {
  about: {
    fr: 'les adresses de courriel publiques, sur les pages des interlocuteurs',
    en: 'the public mail addresses on the pages of advisors',
  },
  list: {
    fr: "l'adresse qui figure ce mois-ci sur chaque page",
    en: 'the address that stands on each page this month',
  },
  replace: {
    fr: 'retirer une adresse de la page ; une autre y figure aussitôt',
    en: 'take an address off the page; another stands there at once',
  },
  alias: { fr: 'une adresse qui reçoit du courrier indésirable', en: 'an address that gets spam' },
  why: { fr: "gardé dans l'historique", en: 'kept in the history' },
} as const satisfies Record<string, Both>;

/** Headings of the list. */
export const aliasHead: Record<Locale, string[]> = { fr: ['interlocuteur', 'adresse'], en: ['advisor', 'alias'] };

/** What the page shows now. */
export const aliasReplaced = (next: string): Both => ({
  fr: `C'est fait. La page montre maintenant ${next}`,
  en: `Replaced. The page now shows ${next}`,
});

/** Why an address stays, and what to do instead. */
export const aliasRefusals = {
  not_ours: {
    fr: "Cette adresse n'est pas de nous. Copiez-la de « visavis alias list » ou du courrier indésirable.",
    en: 'This is not an address we made. Copy it from "visavis alias list" or from the spam itself.',
  },
  already: {
    fr: 'Cette adresse a déjà été remplacée. « visavis alias list » donne celle de la page.',
    en: 'This address has been replaced before. See "visavis alias list" for the one on the page now.',
  },
  often: {
    fr: "Ce mois-ci n'a plus d'adresse pour cette personne. Attendez le mois prochain.",
    en: 'This month has no further address for this advisor. Wait for the next month.',
  },
} as const satisfies Record<string, Both>;
