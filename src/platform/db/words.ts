import { type Both, SaidInBoth } from '../config/said-in-both.ts';

/** There is no way into the database. */
export class DatabaseUnreachable extends SaidInBoth {}

/** The database was made by a newer Visavis than this one. */
export class DatabaseIsNewer extends SaidInBoth {}

/** A restore was interrupted. */
export class UnfinishedRestore extends SaidInBoth {}

/** The PostgreSQL is older than Visavis can use. */
export class ServerIsTooOld extends SaidInBoth {}

/** The tables could not be brought to this version. Nothing of that step was kept. */
export class MigrationFailed extends SaidInBoth {}

/** The database may forget what it has confirmed. */
export class NotDurable extends SaidInBoth {}

interface Refused {
  /** Of the system ("ECONNREFUSED") or of PostgreSQL ("28P01"). */
  code: string | undefined;
  message: string;
  /** Host (or socket folder) and port. */
  place: string;
  database: string;
  user: string;
}

/** What to look at, by the code of the refusal: https://www.postgresql.org/docs/18/errcodes-appendix.html. */
export function unreachable({ code, message, place, database, user }: Refused): Both {
  if (code === '28P01' || code === '28000')
    return {
      en: `PostgreSQL at ${place} does not let the user "${user}" in (${message}). Correct the name and password in DATABASE_URL, or pg_hba.conf, and start again.`,
      fr: `PostgreSQL (${place}) ne laisse pas entrer l’utilisateur «\u00a0${user}\u00a0» (${message}). Corrigez le nom et le mot de passe dans DATABASE_URL, ou pg_hba.conf, et démarrez à nouveau.`,
    };
  if (code === '3D000')
    return {
      en: `PostgreSQL at ${place} has no database "${database}". Make it with createdb, or correct DATABASE_URL, and start again.`,
      fr: `PostgreSQL (${place}) n’a pas de base «\u00a0${database}\u00a0». Créez-la avec createdb, ou corrigez DATABASE_URL, et démarrez à nouveau.`,
    };
  return {
    en: `The database at ${place} does not answer (${message}). Check that PostgreSQL runs there and that DATABASE_URL is right, and start again.`,
    fr: `La base de données (${place}) ne répond pas (${message}). Vérifiez que PostgreSQL y tourne et que DATABASE_URL est juste, et démarrez à nouveau.`,
  };
}

export const newerDatabase = (database: number, mine: number): Both => ({
  en: `This database is at version ${database}, newer than this program (version ${mine}). Start the newer Visavis, or restore a backup made before the upgrade.`,
  fr: `Cette base est en version ${database}, plus récente que ce programme (version ${mine}). Démarrez le Visavis plus récent, ou restaurez une sauvegarde faite avant la mise à jour.`,
});

export const unfinishedRestore: Both = {
  en: 'A restore into this database did not finish. Run the same "visavis restore FILE" again, or use another database.',
  fr: 'Une restauration dans cette base n’est pas allée au bout. Relancez le même «\u00a0visavis restore FICHIER\u00a0», ou prenez une autre base.',
};

export const oldServer = (major: number, oldest: number): Both => ({
  en: `The database is PostgreSQL ${major}. Visavis needs PostgreSQL ${oldest} or newer: upgrade it, or name another in DATABASE_URL.`,
  fr: `La base est un PostgreSQL ${major}. Visavis a besoin de PostgreSQL ${oldest} ou plus récent\u00a0: mettez-le à jour, ou nommez-en un autre dans DATABASE_URL.`,
});

export const failedMigration = (name: string, reason: string): Both => ({
  en: `Migration ${name} failed and was undone: ${reason}`,
  fr: `La migration ${name} a échoué et a été annulée\u00a0: ${reason}`,
});

export const notDurable = (problems: readonly string[], needed: readonly string[]): Both => ({
  en: `This PostgreSQL may lose what it has confirmed (${problems.join(', ')}). Set ${needed.join(', ')} to "on" in postgresql.conf, reload the server, and start again.`,
  fr: `Ce PostgreSQL peut perdre ce qu’il a confirmé (${problems.join(', ')}). Mettez ${needed.join(', ')} à «\u00a0on\u00a0» dans postgresql.conf, rechargez le serveur, et démarrez à nouveau.`,
});
