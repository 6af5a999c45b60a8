import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis export` says of itself. */
export const exportHelp = {
  about: {
    fr: "écrire des données dans des fichiers que d'autres peuvent lire",
    en: 'write data to files that others can read',
  },
  out: { fr: 'fichier à écrire', en: 'file to write' },
  events: {
    fr: 'le journal des événements, un objet JSON par ligne : identifiants et faits, ni nom ni texte',
    en: 'the event log, one JSON object a line: ids and facts, no names, no text',
  },
  customers: {
    fr: 'les clients en CSV, dans les colonnes que lit « import customers »',
    en: 'customers as CSV, in the columns that "import customers" reads',
  },
} as const satisfies Record<string, Both>;

/** How far it is, and what was written. */
export const exportWords = {
  events: (count: number): Both => ({ fr: `${count} événements`, en: `${count} events` }),
  customers: (count: number): Both => ({ fr: `${count} clients`, en: `${count} customers` }),
  written: (rows: number, file: string): Both => ({
    fr: `Lignes écrites dans ${file} : ${rows}.`,
    en: `${rows} rows written to ${file}.`,
  }),
};
