import type { Kysely } from 'kysely';
import { shownName } from '../advisors/shown-name.ts';
import type { DB } from '../tables.ts';

/** Someone who answers, and where from. */
export interface PersonToMeet {
  id: string;
  name: string;
  photoKey: string | null;
  place: string;
}

const MOST = 6;

/** A few of the advisors, of as many offices as there are, for the home page; those with a photo first. */
export async function peopleToMeet(db: Kysely<DB>): Promise<PersonToMeet[]> {
  const rows = await db
    .selectFrom('advisor')
    .innerJoin('pod', 'pod.id', 'advisor.podId')
    .innerJoin('office', 'office.id', 'pod.officeId')
    .innerJoin('commune', 'commune.insee', 'office.communeInsee')
    .where('advisor.leftAt', 'is', null)
    .distinctOn('advisor.podId')
    .select(['advisor.id', 'givenName', 'familyName', 'shownAs', 'photo', 'commune.name as place'])
    .orderBy('advisor.podId')
    .orderBy((eb) => eb('photo', 'is', null))
    .orderBy('advisor.joinedAt')
    .limit(MOST)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: shownName(row),
    photoKey: row.photo?.toString('hex').slice(0, 12) ?? null,
    place: row.place,
  }));
}
