import type { Kysely } from 'kysely';
import { shownName } from '../advisors/shown-name.ts';
import { openCommitments } from '../commitments/queries.ts';
import type { DB } from '../tables.ts';
import { readRoster } from './roster.ts';

/** Who a customer is, for their own pages. */
export interface Me {
  id: string;
  name: string;
  kind: 'household' | 'business' | 'town_hall';
  advisorId: string;
}

/** What is owed to a customer by a time. */
export interface MyCommitment {
  id: string;
  caseFileId: string;
  subject: string;
  kind: 'answer' | 'callback' | 'nextNews' | 'visit';
  /** Who owes it, as shown. */
  owner: string;
  words: string;
  dueAt: Date;
}

export interface MyCaseFile {
  id: string;
  subject: string;
  lastAt: Date;
  closedAt: Date | null;
}

const MOST_CASE_FILES = 20;

/** The customer a session is for, or undefined when erased since. */
export async function readMe(db: Kysely<DB>, customerId: string): Promise<Me | undefined> {
  return db
    .selectFrom('customer')
    .where('id', '=', customerId)
    .where('erasedAt', 'is', null)
    .select(['id', 'name', 'kind', 'advisorId'])
    .executeTakeFirst();
}

/** Whom a customer has been introduced to and will have from a day on; undefined when nothing is to change. */
export async function comingAdvisor(
  db: Kysely<DB>,
  customerId: string,
): Promise<{ advisorId: string; from: Date } | undefined> {
  const move = await db
    .selectFrom('caseloadMove')
    .where('customerId', '=', customerId)
    .where('introducedAt', 'is not', null)
    .where('changedAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .where('changeAt', 'is not', null)
    .orderBy('changeAt')
    .select(['toAdvisorId as advisorId', 'changeAt'])
    .executeTakeFirst();
  return move?.changeAt ? { advisorId: move.advisorId, from: move.changeAt } : undefined;
}

/** Everything owed to a customer now, soonest first. */
export async function myCommitments(db: Kysely<DB>, now: Date, customerId: string): Promise<MyCommitment[]> {
  const { advisors } = await readRoster(db, now);
  const rows = await openCommitments(db)
    .innerJoin('caseFile', 'caseFile.id', 'commitment.caseFileId')
    .where('commitment.customerId', '=', customerId)
    .select(['commitment.id', 'caseFileId', 'subject', 'kind', 'commitment.ownerId', 'words', 'dueAt'])
    .orderBy('dueAt')
    .execute();
  return rows.map(({ ownerId, ...row }) => ({ ...row, owner: advisors.get(ownerId)?.name ?? '' }));
}

/** The matters of a customer, open ones first, then the latest. */
export async function myCaseFiles(db: Kysely<DB>, customerId: string): Promise<MyCaseFile[]> {
  return db
    .selectFrom('caseFile')
    .where('customerId', '=', customerId)
    .select(['id', 'subject', 'lastAt', 'closedAt'])
    .orderBy((eb) => eb('closedAt', 'is not', null))
    .orderBy('lastAt', 'desc')
    .limit(MOST_CASE_FILES)
    .execute();
}

/** Name and key of the photo of each of these advisors, those who have left included. */
export async function facesOf(
  db: Kysely<DB>,
  ids: readonly (string | null)[],
): Promise<Map<string, { id: string; name: string; photoKey: string | null }>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const rows = await db
    .selectFrom('advisor')
    .where('id', 'in', wanted)
    .select(['id', 'givenName', 'familyName', 'shownAs', 'photo'])
    .execute();
  return new Map(
    rows.map(({ id, givenName, familyName, shownAs, photo }) => [
      id,
      {
        id,
        name: shownName({ givenName, familyName, shownAs }),
        photoKey: photo?.toString('hex').slice(0, 12) ?? null,
      },
    ]),
  );
}
