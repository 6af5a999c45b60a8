import { type Both, SaidInBoth } from '../config/said-in-both.ts';

/** The file cannot be restored. Nothing was changed. */
export class BackupUnusable extends SaidInBoth {}

/** The database already holds something. Nothing was changed. */
export class DatabaseNotEmpty extends SaidInBoth {}

/** The database holds no Visavis yet. */
export class NothingToBackUp extends SaidInBoth {}

export const damaged: Both = {
  en: 'This backup is damaged or not complete. Nothing was changed. Take another copy of it, or an earlier backup.',
  fr: 'Cette sauvegarde est abîmée ou incomplète. Rien n’a été modifié. Prenez-en une autre copie, ou une plus ancienne.',
};

export const noBackup: Both = {
  en: 'This file is no backup made by "visavis backup". Nothing was changed.',
  fr: 'Ce fichier n’est pas une sauvegarde faite par «\u00a0visavis backup\u00a0». Rien n’a été modifié.',
};

export const newerFormat: Both = {
  en: 'This backup was made by a newer Visavis than this one. Nothing was changed. Restore it with that version or a newer one.',
  fr: 'Cette sauvegarde vient d’un Visavis plus récent que celui-ci. Rien n’a été modifié. Restaurez-la avec cette version ou une plus récente.',
};

export const nothingToBackUp: Both = {
  en: 'There is nothing to back up: this database holds no Visavis.',
  fr: 'Il n’y a rien à sauvegarder\u00a0: cette base ne contient pas de Visavis.',
};

export const newerVersion = (newest: number, mine: number): Both => ({
  en: `This backup is of a newer Visavis (its database is at version ${newest}, this program at ${mine}). Nothing was changed. Restore it with that version or a newer one.`,
  fr: `Cette sauvegarde vient d’un Visavis plus récent (sa base est en version ${newest}, ce programme en ${mine}). Rien n’a été modifié. Restaurez-la avec cette version ou une plus récente.`,
});

export const unknownTable = (name: string): Both => ({
  en: `This backup has a table this version of Visavis does not know like that: ${name}. Nothing was changed.`,
  fr: `Cette sauvegarde a une table que cette version de Visavis ne connaît pas ainsi\u00a0: ${name}. Rien n’a été modifié.`,
});

export const notEmpty = (count: number, first: string): Both => ({
  en: `This database is not empty: it has ${count} tables, ${first} among them. Nothing was changed. Restore into a new one: make it with createdb and name it in DATABASE_URL, or name a new folder in VISAVIS_DATA.`,
  fr: `Cette base n’est pas vide\u00a0: elle a ${count} tables, dont ${first}. Rien n’a été modifié. Restaurez dans une base neuve\u00a0: créez-la avec createdb et nommez-la dans DATABASE_URL, ou nommez un dossier neuf dans VISAVIS_DATA.`,
});
