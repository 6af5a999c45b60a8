import type { Kysely } from 'kysely';
import type { Doing } from '../../core/routing/situation.ts';
import { prepared } from '../../platform/db/prepared.ts';
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
    talkingNow(db, { after: ago(LONGEST_CALL_MS) }),
    unrecordedNow(db, { talksAfter: ago(LONGEST_CALL_MS), dialsAfter: ago(LONGEST_RING_MS) }),
    diallingNow(db, { after: ago(LONGEST_RING_MS) }),
    ringingNow(db, { invitedAfter: ago(LONGEST_UNANSWERED_MS), rangAfter: ago(LONGEST_RING_MS) }),
    wrappingUp(db, { after: ago(wrapUpSeconds * 1_000) }),
    pausedNow(db, {}),
    withoutPhone(db, {}),
    writingNow(db, { after: ago(WRITES_MS) }),
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
  for (const { id, dialledAt, answeredAt } of unrecorded)
    add([{ id, since: answeredAt ?? dialledAt }], answeredAt ? 'call' : 'ringing');
  add(talking, 'call');
  // Said to be free within the minute: as if the call were being written up already.
  for (const { id, finishingAt } of talking)
    if (id && finishingAt && finishingAt > now)
      found.set(id, { doing: 'wrapUp', since: finishingAt.getTime() - wrapUpSeconds * 1_000 });
  return found;
}

const talkingNow = prepared((db: Kysely<DB>, given: { after: Date }) =>
  db
    .selectFrom('call')
    .where('answeredAt', '>', given.after)
    .where('answeredAt', 'is not', null)
    .where('endedAt', 'is', null)
    .select(['answeredBy as id', 'answeredAt as since', 'finishingAt']),
);

const wrappingUp = prepared((db: Kysely<DB>, given: { after: Date }) =>
  db
    .selectFrom('call')
    .where('endedAt', '>', given.after)
    .where('answeredAt', 'is not', null)
    .where('wrappedAt', 'is', null)
    .select(['answeredBy as id', 'endedAt as since']),
);

const pausedNow = prepared((db: Kysely<DB>) => db.selectFrom('advisorPause').select(['advisorId as id', 'since']));

const writingNow = prepared((db: Kysely<DB>, given: { after: Date }) =>
  db
    .selectFrom('presence')
    .innerJoin('staff', 'staff.id', 'presence.staffId')
    .where('presence.doing', '=', 'writes')
    .where('presence.at', '>', given.after)
    .select(['staff.advisorId as id', 'presence.at as since']),
);

/**
 * Whose phone registered once and is gone. While none is there at all nothing is known, of a phone system that has just
 * started perhaps: then everybody counts as there.
 */
const withoutPhone = prepared((db: Kysely<DB>) =>
  db
    .selectFrom('registeredPhone')
    .innerJoin('advisor', 'advisor.phone', 'registeredPhone.number')
    .where('registeredPhone.there', '=', false)
    .where('advisor.leftAt', 'is', null)
    .where((eb) =>
      eb.exists(eb.selectFrom('registeredPhone as other').where('other.there', '=', true).select('other.number')),
    )
    .select(['advisor.id', 'registeredPhone.since']),
);

/** Whose phone rings, or is calling, because they dial a customer through the phone system. */
const diallingNow = prepared((db: Kysely<DB>, given: { after: Date }) =>
  db
    .selectFrom('call')
    .where('direction', '=', 'out')
    .where('source', '=', 'kamailio')
    .where('invitedAt', '>', given.after)
    .where('answeredAt', 'is', null)
    .where('missedAt', 'is', null)
    .where('setAsideAt', 'is', null)
    .select(['placedBy as id', 'invitedAt as since']),
);

/** Who talks, or dials, but with nobody on file: with whom is known nowhere. */
const unrecordedNow = prepared((db: Kysely<DB>, given: { talksAfter: Date; dialsAfter: Date }) =>
  db
    .selectFrom('unrecordedTalk')
    .where((eb) =>
      eb.or([
        eb('answeredAt', '>', given.talksAfter),
        eb.and([eb('answeredAt', 'is', null), eb('dialledAt', '>', given.dialsAfter)]),
      ]),
    )
    // Who talks and dials at the same time talks: what is read last stands.
    .orderBy('answeredAt', (order) => order.asc().nullsFirst())
    .select(['advisorId as id', 'dialledAt', 'answeredAt']),
);

/** The phone that rings now for each call that nobody has answered yet: few, however many calls there were this minute. */
const ringingNow = prepared((db: Kysely<DB>, given: { invitedAfter: Date; rangAfter: Date }) =>
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
    .where('call.invitedAt', '>', given.invitedAfter)
    .where('call.answeredAt', 'is', null)
    .where('call.missedAt', 'is', null)
    .where('call.endedAt', 'is', null)
    // Whose caller waits: their phone rings no more.
    .where('call.waitsSince', 'is', null)
    .where('latest.since', '>', given.rangAfter)
    .select(['latest.id', 'latest.since']),
);
