import type { Kysely } from 'kysely';
import type { DB } from '../tables.ts';
import { readRoster } from './roster.ts';

/** One matter as its customer may see it: no notes, no cautions, no reasons. */
export interface MyCaseFilePage {
  id: string;
  subject: string;
  owner: { id: string; name: string };
  openedAt: Date;
  thirdParty: string | null;
  thirdPartySince: Date | null;
  closedAt: Date | null;
  closingWords: string | null;
  commitments: MyPromise[];
}

export interface MyPromise {
  id: string;
  kind: 'answer' | 'callback' | 'nextNews' | 'visit';
  owner: string;
  words: string;
  dueAt: Date;
  state: 'open' | 'kept' | 'broken' | 'withdrawn';
  withdrawnWords: string | null;
}

/** A matter of this customer, or undefined when it is another's or there is none. */
export async function myCaseFile(
  db: Kysely<DB>,
  now: Date,
  customerId: string,
  id: string,
): Promise<MyCaseFilePage | undefined> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return undefined;
  const row = await db
    .selectFrom('caseFile')
    .where('id', '=', id)
    .where('customerId', '=', customerId)
    .select(['id', 'subject', 'ownerId', 'openedAt', 'thirdParty', 'thirdPartySince', 'closedAt', 'closingWords'])
    .executeTakeFirst();
  if (!row) return undefined;
  const { advisors } = await readRoster(db, now);
  const nameOf = (advisorId: string) => advisors.get(advisorId)?.name ?? '';
  const { ownerId, ...rest } = row;
  return {
    ...rest,
    owner: { id: ownerId, name: nameOf(ownerId) },
    commitments: await promisesOf(db, id, nameOf),
  };
}

async function promisesOf(db: Kysely<DB>, caseFileId: string, nameOf: (id: string) => string): Promise<MyPromise[]> {
  const rows = await db
    .selectFrom('commitment')
    .where('caseFileId', '=', caseFileId)
    .select(['id', 'kind', 'ownerId', 'words', 'dueAt', 'keptAt', 'brokenAt', 'withdrawnAt', 'withdrawnWords'])
    .orderBy('madeAt', 'desc')
    .execute();
  return rows.map(({ id, kind, ownerId, words, dueAt, withdrawnWords, ...when }) => ({
    id,
    kind,
    owner: nameOf(ownerId),
    words,
    dueAt,
    withdrawnWords,
    state: when.keptAt ? 'kept' : when.brokenAt ? 'broken' : when.withdrawnAt ? 'withdrawn' : 'open',
  }));
}
