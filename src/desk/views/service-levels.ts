import type { Kysely } from 'kysely';
import type { DB } from '../tables.ts';

export interface ListedServiceLevel {
  code: string;
  nameFr: string;
  nameEn: string;
  /** Working minutes until an answer is owed. */
  answerWithinMinutes: number;
  lines: number;
}

/** Every service level with the number of lines that have it, the longest time first. */
export async function listServiceLevels(db: Kysely<DB>): Promise<ListedServiceLevel[]> {
  return db
    .selectFrom('serviceLevel')
    .select(['code', 'nameFr', 'nameEn', 'answerWithinMinutes'])
    .select((eb) =>
      eb
        .selectFrom('line')
        .whereRef('line.serviceLevel', '=', 'serviceLevel.code')
        .select((each) => each.fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('lines'),
    )
    .orderBy('answerWithinMinutes', 'desc')
    .orderBy('code')
    .execute();
}
