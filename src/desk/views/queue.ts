import { type Kysely, sql } from 'kysely';
import type { WaitingCaller } from '../../core/routing/situation.ts';
import { prepared } from '../../platform/db/prepared.ts';
import type { DB } from '../tables.ts';
import { LONGEST_UNANSWERED_MS } from './on-the-phone.ts';

/** When each advisor last took a call, in or out, epoch milliseconds; who never did is not in it. */
export async function lastServed(db: Kysely<DB>): Promise<Map<string, number>> {
  const rows = await lastAnswers(db, {});
  return new Map(rows.map(({ id, at }) => [id, at]));
}

const lastAnswers = prepared(
  (_db: Kysely<DB>) => sql<{ id: string; at: number }>`
    select advisor.id, floor(date_part('epoch', last.at) * 1000) as at from advisor, lateral (
      select answered_at as at from call where answered_by = advisor.id and answered_at is not null
      order by answered_at desc limit 1) as last
    where advisor.left_at is null`,
);

/** Somebody who was found free for a waiting caller is rung within this, or they are looked for again. */
const PUT_THROUGH_MS = 10_000;

export interface Queue {
  /** For whom nobody has become free yet. Longest waiting first. */
  waiting: WaitingCaller[];
  /** Who has become free for one of the others: their phone rings in a moment. Since when, by advisor. */
  taken: Map<string, number>;
}

/** Who hears now that they wait: for their own advisor who is finishing, or for whoever is free first. */
export async function readQueue({ db, now }: { db: Kysely<DB>; now: Date }): Promise<Queue> {
  const rows = await callersWaiting(db, { after: new Date(now.getTime() - LONGEST_UNANSWERED_MS) });
  const queue: Queue = { waiting: [], taken: new Map() };
  for (const { id, ownId, since, heldFor, to, toAt } of rows)
    if (to && toAt && isFresh(toAt, now)) queue.taken.set(to, toAt.getTime());
    else queue.waiting.push({ id, ownId, since: since.getTime(), heldFor });
  return queue;
}

interface WaitingRow {
  id: string;
  ownId: string | null;
  since: Date;
  heldFor: string | null;
  to: string | null;
  toAt: Date | null;
}

const callersWaiting = prepared(
  (_db: Kysely<DB>, given: { after: Date }) => sql<WaitingRow>`
    select call.id, customer.advisor_id as "ownId", call.invited_at as since, call.waits_for as "heldFor",
      call.put_through_to as "to", call.put_through_at as "toAt"
    from call left join customer on customer.id = call.customer_id
    -- Word for word what the index "call_waiting" holds: the day's other calls are not read.
    where call.waits_since is not null and call.answered_at is null and call.missed_at is null
      and call.cancelled_at is null and call.invited_at > ${given.after}
    order by call.invited_at, call.id`,
);

/** Who has become free for this waiting call, if anybody has. */
export async function whoIsFreeFor({ db, now }: { db: Kysely<DB>; now: Date }, callId: string): Promise<string | null> {
  const call = await db
    .selectFrom('call')
    .where('id', '=', callId)
    .where('answeredAt', 'is', null)
    .select(['putThroughTo', 'putThroughAt'])
    .executeTakeFirst();
  return call?.putThroughAt && isFresh(call.putThroughAt, now) ? call.putThroughTo : null;
}

const isFresh = (at: Date, now: Date) => now.getTime() - at.getTime() < PUT_THROUGH_MS;
