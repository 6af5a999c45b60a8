import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis demo` says of itself. */
export const demoHelp = {
  about: {
    fr: 'un opérateur inventé dans le Doubs et le Jura, à regarder',
    en: 'an invented operator in Doubs and Jura, to look at',
  },
  plant: { fr: 'le mettre dans une installation vide', en: 'plant it into an empty installation' },
  customers: { fr: 'ménages et entreprises', en: 'households and businesses' },
  seed: { fr: 'la même graine fait les mêmes personnes', en: 'the same seed makes the same people' },
  remove: {
    fr: "l'enlever, avec tout ce qui lui a été écrit",
    en: 'remove it with everything that was written to it',
  },
} as const satisfies Record<string, Both>;

interface Planted {
  advisors: number;
  areas: number;
  customers: number;
  interactions: number;
}

/** What was planted or removed, or why nothing was. */
export const demoWords = {
  planted: ({ advisors, areas, customers, interactions }: Planted): Both => ({
    fr: `La démonstration est en place. Interlocuteurs : ${advisors}, secteurs : ${areas}, clients : ${customers}, échanges : ${interactions}.`,
    en: `Planted: ${advisors} advisors, ${areas} areas, ${customers} customers, ${interactions} interactions.`,
  }),
  notEmpty: {
    fr: "Cette installation a déjà un opérateur. La démonstration ne va que dans une installation vide. Une ancienne s'enlève par : visavis demo remove",
    en: 'This installation has an operator already. The demo is planted into an empty one only. An earlier demo goes with: visavis demo remove',
  },
  removed: ({ customers, advisors }: { customers: number; advisors: number }): Both => ({
    fr: `La démonstration est enlevée. Clients : ${customers}, interlocuteurs : ${advisors}.`,
    en: `Removed: ${customers} customers, ${advisors} advisors.`,
  }),
  none: { fr: "Il n'y avait pas de démonstration.", en: 'There was no demo.' },
  yours: (count: number): Both => ({
    fr: `Des clients à vous sont chez des interlocuteurs ou dans des secteurs de la démonstration (${count}). Confiez-les d'abord à d'autres.`,
    en: `${count} customers of your own are with demo advisors or in demo areas. Give them others first, then try again.`,
  }),
  wholeNumber: { fr: 'Écrivez un nombre entier, comme 300.', en: 'Write a whole number, like 300.' },
};
