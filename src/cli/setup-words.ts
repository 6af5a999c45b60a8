import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis setup` says of itself. */
export const setupHelp = {
  about: {
    fr: "nommer l'opérateur, son numéro unique et son adresse de courriel ; à relancer pour les changer",
    en: 'name the operator, its one number and its mail address; run it again to change them',
  },
  name: { fr: 'tel que les gens le voient', en: 'as people see it' },
  phone: { fr: 'le numéro unique, pour tous', en: 'the one number for everyone' },
  mail: {
    fr: "l'adresse de contact ; son domaine est celui de l'organisation",
    en: 'the contact address; its domain is the organisation’s',
  },
  accent: { fr: 'comme #1d4e5f', en: 'like #1d4e5f' },
  timeZone: { fr: 'nom IANA', en: 'IANA name' },
  locale: { fr: 'langue principale', en: 'first language' },
} as const satisfies Record<string, Both>;

/** What cannot be set up, and how to mend it. */
export const setupProblems = {
  noName: { fr: 'Le nom est vide. Donnez-le avec --name.', en: 'The name is empty. Give it with --name.' },
  phone: (typed: string): Both => ({
    fr: `« ${typed} » n'est pas un numéro. Écrivez-le comme +33 3 53 01 00 00.`,
    en: `"${typed}" is not a phone number. Write it like +33 3 53 01 00 00.`,
  }),
  mail: (typed: string): Both => ({
    fr: `« ${typed} » n'est pas une adresse de courriel. Écrivez-la comme contact@example.org.`,
    en: `"${typed}" is not a mail address. Write it like contact@example.org.`,
  }),
  colour: { fr: "Une couleur s'écrit comme #1d4e5f.", en: 'A colour is written like #1d4e5f.' },
  timeZone: (typed: string): Both => ({
    fr: `« ${typed} » n'est pas un fuseau horaire. Écrivez-le comme Europe/Paris.`,
    en: `"${typed}" is no time zone. Write it like Europe/Paris.`,
  }),
  demo: {
    fr: "Cette installation montre la démonstration. Enlevez-la d'abord : visavis demo remove",
    en: 'This installation shows the demo. Remove it first: visavis demo remove',
  },
};

/** That it is done, and what comes next. */
export const setUp = (name: string): Both => ({
  fr: `${name} est en place. Ensuite : visavis import advisors FICHIER.csv, puis visavis import customers FICHIER.csv`,
  en: `${name} is set up. Next: visavis import advisors FILE.csv, then visavis import customers FILE.csv`,
});
