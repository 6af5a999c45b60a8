import type { Locale } from '../core/text/typeset.ts';
import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis caseloads mergers` says of itself. */
export const mergersHelp = {
  about: {
    fr: "communes réunies à d'autres : leurs secteurs y passent, chacun garde son interlocuteur",
    en: 'communes that became part of others: their areas move there, everyone keeps their advisor',
  },
  apply: {
    fr: 'déplacer les secteurs ; sans elle, rien ne change',
    en: 'move the areas; without it nothing changes',
  },
} as const satisfies Record<string, Both>;

/** Headings of the areas that would move. */
export const mergersHead: Record<Locale, string[]> = {
  fr: ['avant', 'devient', 'clients', 'interlocuteur, inchangé'],
  en: ['was', 'becomes', 'customers', 'advisor, as before'],
};

/** What was merged, or why nothing was. */
export const mergersWords = {
  none: { fr: 'Toutes les communes desservies existent.', en: 'Every commune we serve still stands.' },
  unchanged: {
    fr: "Rien n'a été changé. Pour déplacer les secteurs : --apply",
    en: 'Nothing was changed. To move the areas: --apply',
  },
  merged: (count: { communes: number; areas: number; customers: number }): Both => ({
    fr: `C'est fait. Communes : ${count.communes}, secteurs : ${count.areas}, clients : ${count.customers}. Personne n'a changé d'interlocuteur.\nPour rééquilibrer les charges quand vous voudrez : visavis caseloads repair`,
    en: `Merged: ${count.communes} communes, ${count.areas} areas, ${count.customers} customers. Nobody changed advisor.\nBalance the loads when you want: visavis caseloads repair`,
  }),
  gone: { fr: "Il n'y a plus rien à réunir.", en: 'There is nothing to merge any more.' },
};
