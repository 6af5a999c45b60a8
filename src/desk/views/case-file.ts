import type { Kysely } from 'kysely';
import type { DB } from '../tables.ts';

/** One matter with its owner, every commitment and every owner it had. Undefined when there is none. */
export async function caseFile(db: Kysely<DB>, id: string) {
  const row = await db
    .selectFrom('caseFile')
    .innerJoin('advisor', 'advisor.id', 'caseFile.ownerId')
    .where('caseFile.id', '=', id)
    .selectAll('caseFile')
    .select(['advisor.givenName', 'advisor.familyName', 'advisor.shownAs'])
    .executeTakeFirst();
  if (!row) return undefined;
  const [commitments, owners] = await Promise.all([
    db
      .selectFrom('commitment')
      .where('caseFileId', '=', id)
      .select([
        'id',
        'kind',
        'ownerId',
        'words',
        'madeAt',
        'dueAt',
        'keptAt',
        'brokenAt',
        'withdrawnAt',
        'withdrawnWords',
        'escalation',
      ])
      .orderBy('madeAt')
      .execute(),
    db
      .selectFrom('ownership')
      .where('caseFileId', '=', id)
      .select(['ownerId', 'at', 'reason', 'summary'])
      .orderBy('at')
      .execute(),
  ]);
  return { row, commitments, owners };
}
