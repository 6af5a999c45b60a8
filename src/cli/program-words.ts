import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis --help` says, and what every page of help ends with. */
export const programHelp = {
  about: {
    fr: 'Un seul interlocuteur nommé, proche et joignable, pour chaque client.',
    en: 'One named, local, reachable contact person for every customer.',
  },
  json: { fr: 'donner les résultats en JSON', en: 'print results as JSON' },
  help: { fr: "afficher l'aide d'une commande", en: 'display help for command' },
  status: {
    fr: 'Code de sortie : 0 fait, 1 anomalie ou refus, 2 commande ou réglage incorrect.',
    en: 'Exit status: 0 done, 1 found or refused something, 2 wrong usage or configuration.',
  },
  lang: { fr: 'langue de ce qui est dit', en: 'of what it says' },
} as const satisfies Record<string, Both>;
