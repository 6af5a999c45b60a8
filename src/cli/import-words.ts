import type { Locale } from '../core/text/typeset.ts';
import type { AdvisorAdded } from '../desk/advisors/add.ts';
import type { BackupsSet } from '../desk/advisors/backups.ts';
import type { Both } from '../platform/config/said-in-both.ts';

/** What `visavis import` says of itself. */
export const importHelp = {
  about: {
    fr: "reprendre des données de fichiers : tout d'un fichier, ou rien",
    en: 'take over data from files: all of a file, or nothing of it',
  },
  file: {
    fr: 'fichier CSV ; la première ligne nomme les colonnes',
    en: 'CSV file; the first line names the columns',
  },
  dryRun: { fr: 'tout vérifier, ne rien garder', en: 'check everything, keep nothing' },
  advisors: {
    fr: "bureaux, équipes, interlocuteurs avec leurs binômes, et communes qu'ils suivent",
    en: 'offices, pods, advisors with their backups, and the communes they serve',
  },
  customers: {
    fr: 'clients avec personnes, coordonnées et lignes ; leur interlocuteur est celui de leur secteur',
    en: 'customers with people, contact points and lines; their advisor is the one of their area',
  },
  posts: {
    fr: 'textes publics, un par ligne ; le genre est obligatoire, et aucun reportage ne se publie ainsi',
    en: 'public posts, one a line; the genre is mandatory, and an import cannot publish reporting',
  },
} as const satisfies Record<string, Both>;

/** Which columns a file may have, and which it must. */
export const columnsHelp = (columns: readonly string[], required: readonly string[]): Both => ({
  fr: `Colonnes : ${columns.join(', ')}\nObligatoires : ${required.join(', ')}\nDans une case, plusieurs valeurs se séparent par |`,
  en: `Columns: ${columns.join(', ')}\nRequired: ${required.join(', ')}\nSeveral values in a cell are separated by |`,
});

interface ImportWords {
  progress(done: number, of: number): string;
  line(line: number, problem: string): string;
  more(count: number): string;
  nothing: string;
  nothingYet: string;
  fine(rows: number): string;
  taken(rows: number): string;
  unknownKind(typed: string, known: string): string;
  unknownLocale(typed: string): string;
  unreadableTime(typed: string): string;
  noPod: string;
  shownAs(typed: string): string;
  hours(column: string, typed: string): string;
  unknownBackup(mail: string, lines: number): string;
  notOneArea(where: string): string;
  areaServed(where: string): string;
  notOneCommune(where: string): string;
  badOffice: string;
  /** Why an advisor cannot be added as the line says. */
  advisor: Record<WhyNoAdvisor, string>;
}

type WhyNoAdvisor = Extract<AdvisorAdded, { ok: false }>['why'] | Extract<BackupsSet, { ok: false }>['why'];

const HOURS = 'Mo-Fr 09:00-12:00 13:00-18:00; Sa 09:00-12:00';

/** What an import says about a file and its lines. */
export const importWords: Record<Locale, ImportWords> = {
  en: {
    progress: (done, of) => `${done} of ${of} lines`,
    line: (line, problem) => `Line ${line}: ${problem}`,
    more: (count) => `… and ${count} more.`,
    nothing: 'Nothing was taken over. Correct these lines and import the file again.',
    nothingYet: 'Nothing was taken over.',
    fine: (rows) => `${rows} ${rows === 1 ? 'line is' : 'lines are'} fine. Nothing was kept (--dry-run).`,
    taken: (rows) => `${rows} ${rows === 1 ? 'line' : 'lines'} taken over.`,
    unknownKind: (typed, known) => `Kind "${typed}" is unknown. Write one of ${known}.`,
    unknownLocale: (typed) => `Locale "${typed}" is unknown. Write fr or en.`,
    unreadableTime: (typed) => `Time "${typed}" cannot be read. Example: 2026-11-24T08:30:00+01:00.`,
    noPod: 'The pod is missing. Give the team a name.',
    shownAs: (typed) => `"${typed}" in shown_as: write full or first.`,
    hours: (column, typed) => `"${typed}" in ${column} cannot be read. Write hours like "${HOURS}".`,
    unknownBackup: (mail, lines) =>
      `Backup "${mail}" is no advisor of this file of ${lines} lines, nor one here already.`,
    notOneArea: (where) =>
      `Area "${where}" is not exactly one commune. Write its INSEE code, or the name with its postcode.`,
    areaServed: (where) =>
      `Area "${where}" is served already. Each commune has one advisor until it is cut into sectors.`,
    notOneCommune: (where) => `"${where}" is not exactly one commune. Write its INSEE code.`,
    badOffice: 'The office needs a name and usable opening hours.',
    advisor: {
      name_missing: 'A given name and a family name are needed.',
      phone_unreadable: 'The phone number cannot be read. Write it like +33 3 53 01 20 30.',
      mail_unreadable: 'The mail address cannot be read. Write it like name@example.org.',
      mail_taken: 'Another advisor has this mail address.',
      hours_unusable: 'The hours overlap or end before they start.',
      share_out_of_range: 'The share of a full post is above 0 and at most 1.',
      too_few_backups: 'Name at least two backups, by mail address, best first.',
      own_backup: 'Nobody is their own backup.',
      backup_twice: 'A backup is named twice.',
      unknown_backup: 'A backup is not an advisor here.',
      unknown_advisor: 'This advisor has left meanwhile. Import the file again.',
      unknown_pod: 'The pod is gone meanwhile. Import the file again.',
      not_allowed: 'This may not be done from here.',
    },
  },
  fr: {
    progress: (done, of) => `${done} lignes sur ${of}`,
    line: (line, problem) => `Ligne ${line} : ${problem}`,
    more: (count) => `… et ${count} de plus.`,
    nothing: "Rien n'a été repris. Corrigez ces lignes et importez de nouveau le fichier.",
    nothingYet: "Rien n'a été repris.",
    fine: (rows) => `${rows} ${rows < 2 ? 'ligne est bonne' : 'lignes sont bonnes'}. Rien n'a été gardé (--dry-run).`,
    taken: (rows) => `${rows} ${rows < 2 ? 'ligne reprise' : 'lignes reprises'}.`,
    unknownKind: (typed, known) => `Le type « ${typed} » est inconnu. Écrivez l'un de ceux-ci : ${known}.`,
    unknownLocale: (typed) => `La langue « ${typed} » est inconnue. Écrivez fr ou en.`,
    unreadableTime: (typed) => `L'heure « ${typed} » est illisible. Exemple : 2026-11-24T08:30:00+01:00.`,
    noPod: "L'équipe manque (colonne pod). Donnez-lui un nom.",
    shownAs: (typed) => `« ${typed} » dans shown_as : écrivez full ou first.`,
    hours: (column, typed) => `« ${typed} » dans ${column} est illisible. Écrivez les horaires comme "${HOURS}".`,
    unknownBackup: (mail, lines) =>
      `Le binôme « ${mail} » n'est ni dans ce fichier de ${lines} lignes, ni déjà parmi les interlocuteurs.`,
    notOneArea: (where) =>
      `Le secteur « ${where} » n'est pas exactement une commune. Écrivez son code INSEE, ou le nom avec son code postal.`,
    areaServed: (where) =>
      `Le secteur « ${where} » est déjà suivi. Une commune a un interlocuteur tant qu'elle n'est pas découpée en secteurs.`,
    notOneCommune: (where) => `« ${where} » n'est pas exactement une commune. Écrivez son code INSEE.`,
    badOffice: "Le bureau a besoin d'un nom et d'horaires utilisables.",
    advisor: {
      name_missing: 'Il faut un prénom et un nom.',
      phone_unreadable: 'Le numéro de téléphone est illisible. Écrivez-le comme +33 3 53 01 20 30.',
      mail_unreadable: "L'adresse de courriel est illisible. Écrivez-la comme nom@example.org.",
      mail_taken: 'Un autre interlocuteur a cette adresse de courriel.',
      hours_unusable: 'Les horaires se chevauchent, ou finissent avant de commencer.',
      share_out_of_range: "La part d'un temps plein est au-dessus de 0, et au plus 1.",
      too_few_backups: "Nommez au moins deux binômes par leur adresse, dans l'ordre.",
      own_backup: "Nul n'est son propre binôme.",
      backup_twice: 'Un binôme est nommé deux fois.',
      unknown_backup: "Un binôme n'est pas un interlocuteur d'ici.",
      unknown_advisor: 'Cet interlocuteur est parti entre-temps. Importez de nouveau le fichier.',
      unknown_pod: "L'équipe n'existe plus. Importez de nouveau le fichier.",
      not_allowed: "Cela ne se fait pas d'ici.",
    },
  },
};
