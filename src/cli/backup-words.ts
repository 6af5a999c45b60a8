import { type Locale, typeset } from '../core/text/typeset.ts';
import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis backup` and `visavis restore` say of themselves. */
export const backupHelp = {
  backup: {
    fr: 'écrire dans un fichier tout ce que contient la base, pendant que le produit travaille',
    en: 'write everything the database holds to one file, while the product goes on working',
  },
  backupFile: { fr: 'fichier à écrire ; il ne doit pas exister', en: 'file to write; it must not exist' },
  restore: {
    fr: "remplir une base vide depuis une sauvegarde, puis l'examiner",
    en: 'fill an empty database from a backup, then check it',
  },
  restoreFile: { fr: 'fichier écrit par « visavis backup »', en: 'file that "visavis backup" has written' },
  check: {
    fr: "seulement lire le fichier et dire s'il est entier ; ne change rien",
    en: 'only read the file and say whether it is whole; changes nothing',
  },
} as const satisfies Record<string, Both>;

const catalogue = {
  exists: {
    en: '{file} exists already and was left alone. Name another file.',
    fr: '{file} existe déjà et n’a pas été touché. Nommez un autre fichier.',
  },
  missing: { en: 'No file can be read there: {file}', fr: 'Aucun fichier ne peut être lu là : {file}' },
  rowsSoFar: { en: '{rows} rows …', fr: '{rows} lignes …' },
  rowsOfAbout: { en: '{rows} rows of about {of} …', fr: '{rows} lignes sur environ {of} …' },
  written: {
    en: '{rows} rows of {tables} tables written to {file} ({size} MB). Keep it elsewhere, with VISAVIS_SECRET if you set it.',
    fr: '{rows} lignes de {tables} tables écrites dans {file} ({size} Mo). Gardez-le ailleurs, avec VISAVIS_SECRET si vous l’avez défini.',
  },
  whole: {
    en: '{file} is whole: {rows} rows of {tables} tables, made {madeAt}.',
    fr: '{file} est entier : {rows} lignes de {tables} tables, sauvegarde du {madeAt}.',
  },
  restored: {
    en: '{rows} rows of {tables} tables and {jobs} waiting jobs are restored, as of {madeAt}.',
    fr: '{rows} lignes de {tables} tables et {jobs} tâches en attente sont restaurées, telles qu’au {madeAt}.',
  },
  doctorFine: { en: 'The doctor finds nothing wrong.', fr: 'Le docteur ne trouve rien d’anormal.' },
  doctorFinds: { en: 'The doctor finds:', fr: 'Le docteur trouve :' },
  check: { en: 'reading the backup', fr: 'lecture de la sauvegarde' },
  load: { en: 'loading', fr: 'chargement' },
  index: { en: 'indexes and rules', fr: 'index et règles' },
  examining: { en: 'examining it', fr: 'examen' },
} as const satisfies Record<string, Record<Locale, string>>;

/** What backup and restore say, in one language, with `{name}` filled in. */
export function backupWords(lang: Locale) {
  return (key: keyof typeof catalogue, filled: Record<string, string | number> = {}): string =>
    typeset(catalogue[key][lang], lang).replace(/\{(\w+)\}/g, (_, name: string) => String(filled[name] ?? ''));
}

/** A size in millions of bytes, as the language writes numbers. */
export const megabytes = (bytes: number, lang: Locale) =>
  new Intl.NumberFormat(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(bytes / 1e6);
