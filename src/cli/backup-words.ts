import { type Locale, typeset } from '../core/text/typeset.ts';

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
