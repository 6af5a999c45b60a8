import { type Kysely, sql } from 'kysely';
import type { WaitingCaller } from '../../core/routing/situation.ts';
import type { DB } from '../tables.ts';

/** When each advisor last took a call, in or out, epoch milliseconds; who never did is not in it. */
export async function lastServed(db: Kysely<DB>): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; at: Date }>`
    select advisor.id, last.at from advisor, lateral (
      select answered_at as at from call where answered_by = advisor.id and answered_at is not null
      order by answered_at desc limit 1) as last
    where advisor.left_at is null`.execute(db);
  return new Map(rows.map(({ id, at }) => [id, at.getTime()]));
}

/** No phone system keeps a caller longer than this before somebody answers. */
const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * Callers for whom no phone rings: held for their own advisor who is finishing, or met when nobody was free. Longest
 * waiting first.
 */
export async function callersWaiting({ db, now }: { db: Kysely<DB>; now: Date }): Promise<WaitingCaller[]> {
  const { rows } = await sql<{ id: string; ownId: string | null; since: Date; heldFor: string | null }>`
    select call.id, call.request ->> 'ownId' as "ownId", call.invited_at as since,
      case when call.decision -> 'attempts' -> 0 ->> 'how' = 'hold' then call.decision -> 'attempts' -> 0 ->> 'advisorId' end as "heldFor"
    from call
    where call.direction = 'in' and call.invited_at > ${new Date(now.getTime() - LONGEST_WAIT_MS)}
      -- Word for word what the index "call_waits" holds: the day's other calls are not read.
      and call.answered_at is null and call.missed_at is null
      and call.ended_at is null and call.cancelled_at is null
      and (call.decision -> 'attempts' -> 0 ->> 'how' = 'hold' or call.decision -> 'attempts' = '[]')
      and not exists (select from call_attempt where call_attempt.call_id = call.id)
      and not exists (select from callback_offer where callback_offer.call_id = call.id and declined_at is null)
    order by call.invited_at, call.id`.execute(db);
  return rows.map(({ since, ...caller }) => ({ ...caller, since: since.getTime() }));
}
