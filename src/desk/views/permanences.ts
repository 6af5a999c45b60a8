import type { Kysely } from 'kysely';
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
export async function comingPermanences(
  db: Kysely<DB>,
  now: Date,
  { advisorId, officeId, communeInsee, limit = MOST }: PermanencesAsked,
): Promise<PermanenceRead[]> {
  let query = db
    .selectFrom('permanence')
    .innerJoin('advisor', 'advisor.id', 'permanence.advisorId')
    .innerJoin('pod', 'pod.id', 'advisor.podId')
    .innerJoin('commune', 'commune.insee', 'permanence.communeInsee')
    .where('permanence.endsAt', '>', now)
    .where('advisor.leftAt', 'is', null)
    .where((eb) => eb.or([eb('cancelledAt', 'is', null), eb('cancelledAt', '>', new Date(now.getTime() - KEPT_MS))]));
  if (advisorId) query = query.where('permanence.advisorId', '=', advisorId);
  if (officeId) query = query.where('pod.officeId', '=', officeId);
  if (communeInsee) query = query.where('permanence.communeInsee', '=', communeInsee);
  const rows = await query
    .select(['permanence.id', 'seriesId', 'place', 'startsAt', 'endsAt', 'sequence', 'enteredAt', 'cancelledAt', 'why'])
    .select(['advisor.id as advisorId', 'givenName', 'familyName', 'shownAs'])
    .select(['commune.insee', 'commune.name as communeName'])
    .orderBy('startsAt')
    .orderBy('permanence.id')
    .limit(limit)
    .execute();
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
