import type { Kysely } from 'kysely';
import { prepared } from '../../platform/db/prepared.ts';
import { shownName } from '../advisors/shown-name.ts';
import type { DB } from '../tables.ts';

/** One date on which somebody sits in a town hall. */
export interface PermanenceRead {
  id: string;
  seriesId: string;
  advisor: { id: string; name: string };
  commune: { insee: string; name: string };
  place: string;
  startsAt: Date;
  endsAt: Date;
  sequence: number;
  cancelledAt: Date | null;
  why: string | null;
  /** When it was entered or cancelled. */
  changedAt: Date;
}

/** Whose dates: of one advisor, of everyone of an office, in one commune; all when nothing is named. */
export interface PermanencesAsked {
  advisorId?: string;
  officeId?: string;
  communeInsee?: string;
  limit?: number;
}

const MOST = 200;
const KEPT_MS = 30 * 86_400_000;

/** The dates to come in their order; cancelled ones stay among them, for 30 days after they were cancelled. */
export async function comingPermanences(db: Kysely<DB>, now: Date, asked: PermanencesAsked): Promise<PermanenceRead[]> {
  return read(await permanencesQuery(db, { ...asked, now, keptSince: keptSince(now) }).execute());
}

const ON_COMMUNE_PAGE = 6;

/** The next six dates in one commune: for its page. */
export async function permanencesOfCommune(db: Kysely<DB>, now: Date, communeInsee: string): Promise<PermanenceRead[]> {
  return read(await rowsOfCommune(db, { communeInsee, now, keptSince: keptSince(now) }));
}

interface Given {
  now: Date;
  keptSince: Date;
}

const rowsOfCommune = prepared((db: Kysely<DB>, given: Given & { communeInsee: string }) =>
  permanencesQuery(db, {
    communeInsee: given.communeInsee,
    now: given.now,
    keptSince: given.keptSince,
    limit: ON_COMMUNE_PAGE,
  }),
);

function keptSince(now: Date): Date {
  return new Date(now.getTime() - KEPT_MS);
}

function permanencesQuery(
  db: Kysely<DB>,
  { now, keptSince, advisorId, officeId, communeInsee, limit = MOST }: Given & PermanencesAsked,
) {
  let query = db
    .selectFrom('permanence')
    .innerJoin('advisor', 'advisor.id', 'permanence.advisorId')
    .innerJoin('pod', 'pod.id', 'advisor.podId')
    .innerJoin('commune', 'commune.insee', 'permanence.communeInsee')
    .where('permanence.endsAt', '>', now)
    .where('advisor.leftAt', 'is', null)
    .where((eb) => eb.or([eb('cancelledAt', 'is', null), eb('cancelledAt', '>', keptSince)]));
  if (advisorId) query = query.where('permanence.advisorId', '=', advisorId);
  if (officeId) query = query.where('pod.officeId', '=', officeId);
  if (communeInsee) query = query.where('permanence.communeInsee', '=', communeInsee);
  return query
    .select(['permanence.id', 'seriesId', 'place', 'startsAt', 'endsAt', 'sequence', 'enteredAt', 'cancelledAt', 'why'])
    .select(['advisor.id as advisorId', 'givenName', 'familyName', 'shownAs'])
    .select(['commune.insee', 'commune.name as communeName'])
    .orderBy('startsAt')
    .orderBy('permanence.id')
    .limit(limit);
}

function read(rows: Awaited<ReturnType<ReturnType<typeof permanencesQuery>['execute']>>): PermanenceRead[] {
  return rows.map((row) => ({
    id: row.id,
    seriesId: row.seriesId,
    advisor: { id: row.advisorId, name: shownName(row) },
    commune: { insee: row.insee, name: row.communeName },
    place: row.place,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    sequence: row.sequence,
    cancelledAt: row.cancelledAt,
    why: row.why,
    changedAt: row.cancelledAt ?? row.enteredAt,
  }));
}
