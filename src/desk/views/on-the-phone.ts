import type { Kysely } from 'kysely';
import type { Doing } from '../../core/routing/situation.ts';
import type { DB } from '../tables.ts';

export interface Occupied {
  doing: Doing;
  since: number;
}

/** A call nobody saw end (the phone system was restarted) keeps its advisor no longer than this. */
export const LONGEST_CALL_MS = 2 * 3_600_000;
/** A phone rings no longer than this; then its event was lost. */
const LONGEST_RING_MS = 60_000;
/** No network keeps a call that nobody has answered for longer than this. */
export const LONGEST_UNANSWERED_MS = 20 * 60_000;
/** A page says every ten seconds that somebody writes. */
const WRITES_MS = 30_000;

/**
 * What each advisor does who is not simply there, from events alone: on a call, being rung, writing up a call, away from
 * the phone or without one that could ring (`off`), or writing a message. The first of these that is true stands.
 */
export async function occupied(
  { db, now }: { db: Kysely<DB>; now: Date },
  wrapUpSeconds: number,
): Promise<Map<string, Occupied>> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const [talking, unrecorded, dialling, ringing, wrapping, paused, unplugged, writing] = await Promise.all([
    db
      .selectFrom('call')
      .where('answeredAt', '>', ago(LONGEST_CALL_MS))
      .where('answeredAt', 'is not', null)
      .where('endedAt', 'is', null)
      .select(['answeredBy as id', 'answeredAt as since', 'finishingAt'])
      .execute(),
    unrecordedNow(db, ago(LONGEST_CALL_MS), ago(LONGEST_RING_MS)),
    diallingNow(db, ago(LONGEST_RING_MS)),
    ringingNow(db, now),
    db
      .selectFrom('call')
      .where('endedAt', '>', ago(wrapUpSeconds * 1_000))
      .where('answeredAt', 'is not', null)
      .where('wrappedAt', 'is', null)
      .select(['answeredBy as id', 'endedAt as since'])
      .execute(),
    db.selectFrom('advisorPause').select(['advisorId as id', 'since']).execute(),
    withoutPhone(db),
    db
      .selectFrom('presence')
      .innerJoin('staff', 'staff.id', 'presence.staffId')
      .where('presence.doing', '=', 'writes')
      .where('presence.at', '>', ago(WRITES_MS))
      .select(['staff.advisorId as id', 'presence.at as since'])
      .execute(),
  ]);
  const found = new Map<string, Occupied>();
  const add = (rows: readonly { id: string | null; since: Date | null }[], doing: Doing) => {
    for (const { id, since } of rows) if (id && since) found.set(id, { doing, since: since.getTime() });
  };
  add(writing, 'message');
  add(wrapping, 'wrapUp');
  add(unplugged, 'off');
  add(paused, 'off');
  add(ringing, 'ringing');
  add(dialling, 'ringing');
  add(
    unrecorded.filter(({ answered }) => !answered),
    'ringing',
  );
  add(
    unrecorded.filter(({ answered }) => answered),
    'call',
  );
  add(talking, 'call');
  // Said to be free within the minute: as if the call were being written up already.
  for (const { id, finishingAt } of talking)
    if (id && finishingAt && finishingAt > now)
      found.set(id, { doing: 'wrapUp', since: finishingAt.getTime() - wrapUpSeconds * 1_000 });
  return found;
}

/**
 * Whose phone registered once and is gone. While none is there at all nothing is known, of a phone system that has just
 * started perhaps: then everybody counts as there.
 */
function withoutPhone(db: Kysely<DB>): Promise<{ id: string; since: Date }[]> {
  return db
    .selectFrom('registeredPhone')
    .innerJoin('advisor', 'advisor.phone', 'registeredPhone.number')
    .where('registeredPhone.there', '=', false)
    .where('advisor.leftAt', 'is', null)
    .where((eb) =>
      eb.exists(eb.selectFrom('registeredPhone as other').where('other.there', '=', true).select('other.number')),
    )
    .select(['advisor.id', 'registeredPhone.since'])
    .execute();
}

/** Whose phone rings, or is calling, because they dial a customer through the phone system. */
function diallingNow(db: Kysely<DB>, after: Date): Promise<{ id: string | null; since: Date }[]> {
  return db
    .selectFrom('call')
    .where('direction', '=', 'out')
    .where('source', '=', 'kamailio')
    .where('invitedAt', '>', after)
    .where('answeredAt', 'is', null)
    .where('missedAt', 'is', null)
    .where('setAsideAt', 'is', null)
    .select(['placedBy as id', 'invitedAt as since'])
    .execute();
}

/** Who talks, or dials, but with nobody on file: with whom is known nowhere. */
async function unrecordedNow(db: Kysely<DB>, talksAfter: Date, dialsAfter: Date) {
  const rows = await db
    .selectFrom('unrecordedTalk')
    .where((eb) =>
      eb.or([
        eb('answeredAt', '>', talksAfter),
        eb.and([eb('answeredAt', 'is', null), eb('dialledAt', '>', dialsAfter)]),
      ]),
    )
    .select(['advisorId as id', 'dialledAt', 'answeredAt'])
    .execute();
  return rows.map(({ id, dialledAt, answeredAt }) => ({ id, since: answeredAt ?? dialledAt, answered: !!answeredAt }));
}

/** The phone that rings now for each call that nobody has answered yet: few, however many calls there were this minute. */
function ringingNow(db: Kysely<DB>, now: Date): Promise<{ id: string; since: Date }[]> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  return (
    db
      .selectFrom('call')
      .innerJoinLateral(
        (eb) =>
          eb
            .selectFrom('callAttempt')
            .whereRef('callAttempt.callId', '=', 'call.id')
            .select(['advisorId as id', 'rangAt as since'])
            .orderBy('rangAt', 'desc')
            .limit(1)
            .as('latest'),
        (join) => join.onTrue(),
      )
      .where('call.invitedAt', '>', ago(LONGEST_UNANSWERED_MS))
      .where('call.answeredAt', 'is', null)
      .where('call.missedAt', 'is', null)
      .where('call.endedAt', 'is', null)
      // Whose caller waits: their phone rings no more.
      .where('call.waitsSince', 'is', null)
      .where('latest.since', '>', ago(LONGEST_RING_MS))
      .select(['latest.id', 'latest.since'])
      .execute()
  );
}
