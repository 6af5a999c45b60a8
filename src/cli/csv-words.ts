import type { Locale } from '../core/text/typeset.ts';

/** What is said of a file as a whole. */
export interface CsvWords {
  unreadable(path: string, code: string): string;
  notCsv: string;
  empty(required: string): string;
  onlyNames: string;
  openQuote: string;
  noNames(known: string): string;
  unknown(names: readonly string[], known: string): string;
  twice(names: string): string;
  missing(names: string): string;
  tooMany(values: number, columns: number): string;
}

export const csvWords: Record<Locale, CsvWords> = {
  en: {
    unreadable: (path, code) =>
      code === 'ENOENT'
        ? `There is no file ${path}. Check its name, or give the full path.`
        : `${path} cannot be read (${code}). Check that it is a file, and your rights.`,
    notCsv: 'This file is not CSV. Save the table as “CSV (UTF-8)” in your spreadsheet, and import that file.',
    empty: (required) => `The file is empty. Its first line names the columns; needed: ${required}.`,
    onlyNames: 'The file has a first line and nothing below it. Add a line for each entry.',
    openQuote:
      'A quote is not closed, or stands in the middle of a value. Quote the whole value and double the quotes in it.',
    noNames: (known) =>
      `The first line names no known column. Write their names there, separated by a comma, a semicolon or a tab. Known: ${known}.`,
    unknown: (names, known) =>
      `Unknown column ${names.map((name) => `"${name}"`).join(', ')}. Rename it or take it out. Known: ${known}.`,
    twice: (names) => `Column ${names} is there twice. Keep one, with several values separated by |.`,
    missing: (names) => `Column ${names} is missing. Add it to the first line, and its values below.`,
    tooMany: (values, columns) =>
      `This line has ${values} values, the first line names ${columns} columns. Quote values that contain the separator.`,
  },
  fr: {
    unreadable: (path, code) =>
      code === 'ENOENT'
        ? `Il n'y a pas de fichier ${path}. Vérifiez son nom, ou donnez le chemin complet.`
        : `${path} ne peut pas être lu (${code}). Vérifiez que c'est un fichier, et vos droits.`,
    notCsv:
      "Ce fichier n'est pas du CSV. Dans votre tableur, enregistrez la table en « CSV (UTF-8) », et importez ce fichier-là.",
    empty: (required) => `Le fichier est vide. Sa première ligne nomme les colonnes ; il faut au moins : ${required}.`,
    onlyNames: 'Le fichier a une première ligne, et rien en dessous. Ajoutez une ligne par élément.',
    openQuote:
      "Un guillemet n'est pas fermé, ou se trouve au milieu d'une valeur. Mettez toute la valeur entre guillemets, et doublez ceux du texte.",
    noNames: (known) =>
      `La première ligne ne nomme aucune colonne connue. Écrivez-y leurs noms, séparés par une virgule, un point-virgule ou une tabulation. Connues : ${known}.`,
    unknown: (names, known) =>
      `Colonne inconnue : ${names.map((name) => `« ${name} »`).join(', ')}. Renommez-la ou retirez-la. Connues : ${known}.`,
    twice: (names) => `La colonne ${names} est là deux fois. Gardez-en une, et séparez plusieurs valeurs par |.`,
    missing: (names) => `Il manque la colonne ${names}. Ajoutez-la à la première ligne, et ses valeurs en dessous.`,
    tooMany: (values, columns) =>
      `Cette ligne a ${values} valeurs, la première nomme ${columns} colonnes. Mettez entre guillemets les valeurs qui contiennent le séparateur.`,
  },
};
