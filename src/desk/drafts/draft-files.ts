import type { Kysely } from 'kysely';
import { newId } from '../id.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';

/** A file beside a reply that is being written. */
export interface DraftFile {
  id: string;
  caseFileId: string;
  filename: string;
  contentType: string;
  size: number;
}

/** All files of one reply together, as everywhere. */
const MOST_BYTES = 25 * 1024 * 1024;
const MOST_FILES = 20;

export type Added = { ok: true; files: DraftFile[] } | { ok: false; why: 'not_found' | 'too_large' };

/** Puts files beside a reply, which leaves with them; nobody else sees them before. Returns all that are there now. */
export async function addDraftFiles(
  tx: Tx,
  staffId: string,
  caseFileId: string,
  files: readonly { filename: string; contentType: string; sha256: Buffer; size: number }[],
): Promise<Added> {
  const caseFile = await tx.db
    .selectFrom('caseFile')
    .where('id', '=', caseFileId)
    .select('customerId')
    .forKeyShare()
    .executeTakeFirst();
  if (!caseFile) return { ok: false, why: 'not_found' };
  const before = await draftFiles(tx.db, staffId, { caseFileId });
  const bytes = [...before, ...files].reduce((sum, { size }) => sum + size, 0);
  if (bytes > MOST_BYTES || before.length + files.length > MOST_FILES) return { ok: false, why: 'too_large' };
  const mine = { staffId, caseFileId, customerId: caseFile.customerId, addedAt: tx.now };
  for (const file of files) await tx.insert('draftFile', { id: newId(), ...mine, ...file });
  return { ok: true, files: await draftFiles(tx.db, staffId, { caseFileId }) };
}

/** The files a person has beside replies on one case file, or on all of a customer. */
export function draftFiles(
  db: Kysely<DB>,
  staffId: string,
  of: { caseFileId: string } | { customerId: string },
): Promise<DraftFile[]> {
  const [column, id] =
    'caseFileId' in of ? (['caseFileId', of.caseFileId] as const) : (['customerId', of.customerId] as const);
  return db
    .selectFrom('draftFile')
    .where('staffId', '=', staffId)
    .where(column, '=', id)
    .select(['id', 'caseFileId', 'filename', 'contentType', 'size'])
    .orderBy('id')
    .execute();
}

/** Takes a file away again. False when it is not there, or not this person's. */
export async function removeDraftFile({ db }: Tx, staffId: string, id: string): Promise<boolean> {
  const removed = await db
    .deleteFrom('draftFile')
    .where('id', '=', id)
    .where('staffId', '=', staffId)
    .executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

/**
 * Takes files from beside a reply, to leave with it. Undefined when one of them is not there any more, or not this
 * person's: then the reply must not leave without it.
 */
export async function takeDraftFiles(
  { db }: Tx,
  staffId: string,
  caseFileId: string,
  ids: readonly string[],
): Promise<{ filename: string; contentType: string; sha256: Buffer }[] | undefined> {
  if (ids.length === 0) return [];
  const taken = await db
    .deleteFrom('draftFile')
    .where('id', 'in', [...ids])
    .where('staffId', '=', staffId)
    .where('caseFileId', '=', caseFileId)
    .returning(['id', 'filename', 'contentType', 'sha256'])
    .execute();
  if (taken.length !== new Set(ids).size) return undefined;
  return taken
    .sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
    .map(({ filename, contentType, sha256 }) => ({ filename, contentType, sha256 }));
}
