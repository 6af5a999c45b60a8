import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis route` says of itself. */
export const routeHelp = {
  about: {
    fr: 'qui répondrait à un appel ou à un message en ce moment, et pourquoi ; rien ne se fait',
    en: 'who would answer a call or message right now, and why; nothing is done',
  },
  channel: { fr: 'par quel canal', en: 'how it reaches us' },
  phone: { fr: 'depuis ce numéro', en: 'from this number' },
  mail: { fr: 'depuis cette adresse', en: 'from this address' },
} as const satisfies Record<string, Both>;

/** What cannot be asked as it was typed, and what is told beside the reasons. */
export const routeWords = {
  noPhone: (typed: string): Both => ({
    fr: `« ${typed} » n'est pas un numéro de téléphone. Écrivez-le comme +33 3 53 01 20 30.`,
    en: `"${typed}" is not a phone number. Write it like +33 3 53 01 20 30.`,
  }),
  noMail: (typed: string): Both => ({
    fr: `« ${typed} » n'est pas une adresse de courriel. Écrivez-la comme nom@example.org.`,
    en: `"${typed}" is not a mail address. Write it like name@example.org.`,
  }),
  noReason: {
    fr: "Aucune raison n'a été donnée pour cette décision.",
    en: 'No reason was given for this decision.',
  },
  nobody: {
    fr: "Personne n'est enregistré sous ce numéro ou cette adresse.",
    en: 'Nobody on file has this number or address.',
  },
};
