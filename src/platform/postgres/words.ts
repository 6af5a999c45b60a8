import { type Both, SaidInBoth } from '../config/said-in-both.ts';

/** The embedded PostgreSQL cannot be used here. */
export class EmbeddedUnusable extends SaidInBoth {}

export const noDataFolder = (folder: string, reason: string): Both => ({
  en: `The data folder ${folder} cannot be made (${reason}). Name another in VISAVIS_DATA, or give this user the right to write there, and start again.`,
  fr: `Le dossier de données ${folder} ne peut pas être créé (${reason}). Nommez-en un autre dans VISAVIS_DATA, ou donnez à cet utilisateur le droit d’y écrire, et démarrez à nouveau.`,
});

export const noBinaries = (platform: string): Both => ({
  en: `No embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL 15 or newer and start again.`,
  fr: `Pas de PostgreSQL embarqué pour ${platform}. Indiquez dans DATABASE_URL un PostgreSQL 15 ou plus récent, et démarrez à nouveau.`,
});

export const noSystemUser: Both = {
  en: 'The system user "postgres" could not be made. Run `useradd --system postgres` and start again.',
  fr: 'L’utilisateur système «\u00a0postgres\u00a0» n’a pas pu être créé. Exécutez `useradd --system postgres` et démarrez à nouveau.',
};

export const didNotStart = (lastWords: string, folder: string): Both => ({
  en: `The embedded PostgreSQL in ${folder} did not start. Its last words: ${lastWords}`,
  fr: `Le PostgreSQL embarqué dans ${folder} n’a pas démarré. Ses derniers mots\u00a0: ${lastWords}`,
});
