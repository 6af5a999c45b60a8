import type { Kysely } from 'kysely';
import type { Doing } from '../../core/routing/situation.ts';
import { openCommitments } from '../commitments/queries.ts';
import type { DB } from '../tables.ts';
import { occupied } from './on-the-phone.ts';
import { phoneRungLast } from './phone-rung.ts';
import type { Roster } from './roster.ts';
import { awayOf } from './situation.ts';

export interface Wallboard {
  advisors: { id: string; name: string; doing: Doing | 'away'; since: Date | null; openCallbacks: number }[];
  /** Callers nobody has answered yet. */
  waiting: { id: string; since: Date; customer: string | null; own: string | null; ringsAt: string | null }[];
  /** Promises due within the hour, and those already late. */
  promises: {
    id: string;
    kind: 'answer' | 'callback' | 'nextNews' | 'visit';
    dueAt: Date;
    owner: string;
    customerId: string;
    customer: string;
  }[];
}

const RING_MS = 3 * 60_000;
const HOUR_MS = 3_600_000;

/** For the lead: who is on the phone, who waits, what is promised for the next hour. */
export async function wallboard(db: Kysely<DB>, roster: Roster, now: Date): Promise<Wallboard> {
  const [busy, waiting, promises, owed] = await Promise.all([
    occupied({ db, now }, roster.policy.call.wrapUpSeconds),
    callersWaiting(db, now),
    promisesDue(db, now),
    callbacksOwed(db),
  ]);
  const name = (id: string | null) => (id ? (roster.advisors.get(id)?.name ?? null) : null);
  return {
    advisors: [...roster.advisors.values()]
      .map((advisor) => {
        const at = busy.get(advisor.id);
        const doing = at?.doing ?? (awayOf(roster, advisor, now.getTime()) ? ('away' as const) : ('idle' as const));
        return {
          id: advisor.id,
          name: advisor.fullName,
          doing,
          since: at ? new Date(at.since) : null,
          openCallbacks: owed.get(advisor.id) ?? 0,
        };
      })
      .sort((a, b) => a.name.localeCompare(b.name, 'fr')),
    waiting: waiting.map(({ ownId, rungId, ringList, waitsSince, putThroughTo, ...row }) => ({
      ...row,
      own: name(ownId),
      ringsAt: name(waitsSince ? putThroughTo : (rungId ?? ringList[0] ?? null)),
    })),
    promises: promises.map(({ ownerId, ...row }) => ({ ...row, owner: name(ownerId) ?? '' })),
  };
}

function callersWaiting(db: Kysely<DB>, now: Date) {
  return (
    db
      .selectFrom('call')
      .leftJoin('customer', 'customer.id', 'call.customerId')
      .where('call.direction', '=', 'in')
      // Whom a switch rings after a redirect nobody tells us.
      .where('call.source', '!=', 'redirect')
      .where('call.answeredAt', 'is', null)
      .where('call.missedAt', 'is', null)
      .where('call.endedAt', 'is', null)
      .where((eb) =>
        eb.or([eb('call.invitedAt', '>', new Date(now.getTime() - RING_MS)), eb('call.waitsSince', 'is not', null)]),
      )
      .select((eb) => [
        'call.id',
        'call.invitedAt as since',
        'customer.name as customer',
        'customer.advisorId as ownId',
        'call.ringList',
        'call.waitsSince',
        'call.putThroughTo',
        phoneRungLast(eb).as('rungId'),
      ])
      .orderBy('call.invitedAt')
      .execute()
  );
}

function promisesDue(db: Kysely<DB>, now: Date) {
  return openCommitments(db)
    .innerJoin('customer', 'customer.id', 'commitment.customerId')
    .where('commitment.dueAt', '<', new Date(now.getTime() + HOUR_MS))
    .select(['commitment.id', 'commitment.kind', 'commitment.dueAt', 'commitment.ownerId'])
    .select(['customer.id as customerId', 'customer.name as customer'])
    .orderBy('commitment.dueAt')
    .limit(60)
    .execute();
}

async function callbacksOwed(db: Kysely<DB>): Promise<Map<string, number>> {
  const rows = await openCommitments(db)
    .where('kind', '=', 'callback')
    .select((eb) => ['ownerId', eb.fn.countAll<number>().as('count')])
    .groupBy('ownerId')
    .execute();
  return new Map(rows.map((row) => [row.ownerId, Number(row.count)]));
}
