import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { House } from './house.ts';
import type { DB } from './tables.ts';

type Keys = Pick<House, 'signingKey' | 'olderKeys'>;

/** How long a link in a mail, or an address on a page, should work after it was signed. */
const KEPT_DAYS = 90;

/** A name for a key that does not tell it. */
export function fingerprintOf(key: Buffer): string {
  return createHash('sha256').update('visavis signing key ').update(key).digest('hex').slice(0, 8);
}

/** Notes which key signs from now on, and until when the one before did. */
export async function noteSigningKey(db: Kysely<DB>, now: Date, { signingKey }: Keys): Promise<void> {
  const fingerprint = fingerprintOf(signingKey);
  await db
    .insertInto('signingKey')
    .values({ fingerprint, signedFrom: now })
    .onConflict((conflict) => conflict.column('fingerprint').doUpdateSet({ signedUntil: null }))
    .execute();
  await db
    .updateTable('signingKey')
    .set({ signedUntil: now })
    .where('fingerprint', '<>', fingerprint)
    .where('signedUntil', 'is', null)
    .execute();
}

/** A key that signs no more, and what still carries its signature. */
export interface OlderKey {
  fingerprint: string;
  /** Whether it is among the older secrets (or kept in the database). */
  known: boolean;
  /** Null: it signed before anybody noted it. */
  signedUntil: Date | null;
  /** Sessions and links need it at least so long. */
  neededUntil: Date;
  /** Open case files whose mails carry a reply address it signed. */
  caseFiles: number;
}

/** Every key that signed before, known or missing: how long it is still needed, and for what. */
export async function olderKeysOf(db: Kysely<DB>, now: Date, { signingKey, olderKeys }: Keys): Promise<OlderKey[]> {
  const current = fingerprintOf(signingKey);
  const noted = await db.selectFrom('signingKey').selectAll().orderBy('signedFrom').execute();
  const known = new Set(olderKeys.map(fingerprintOf));
  // One that was replaced before keys were noted signed until the first that was.
  const unnoted = [...known].filter((each) => !noted.some(({ fingerprint }) => fingerprint === each));
  const before = noted[0]?.signedFrom ?? now;
  const all = [
    ...unnoted.map((fingerprint) => ({ fingerprint, from: new Date(0), until: before, signedUntil: null })),
    ...noted
      .filter(({ fingerprint }) => fingerprint !== current)
      .map((row) => ({
        fingerprint: row.fingerprint,
        from: row.signedFrom,
        until: row.signedUntil ?? now,
        signedUntil: row.signedUntil ?? now,
      })),
  ];
  return Promise.all(
    all.map(async ({ fingerprint, from, until, signedUntil }) => ({
      fingerprint,
      known: known.has(fingerprint),
      signedUntil,
      neededUntil: new Date(until.getTime() + KEPT_DAYS * 86_400_000),
      caseFiles: await openCaseFilesWithMail(db, from, until),
    })),
  );
}

async function openCaseFilesWithMail(db: Kysely<DB>, from: Date, until: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from case_file f where closed_at is null
    and exists (select from outgoing_mail where case_file_id = f.id and reply_to is not null
      and created_at between ${from} and ${until})`.execute(db);
  return rows[0]?.count ?? 0;
}
