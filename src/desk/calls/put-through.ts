import { sql } from 'kysely';
import { onFree } from '../../core/routing/on-free.ts';
import { type AdvisorState, isFree, type Situation, type WaitingCaller } from '../../core/routing/situation.ts';
import type { Tx } from '../tx.ts';
import { readHouse } from '../views/call-route.ts';
import { type HouseNow, situationFor } from '../views/situation.ts';

/** An advisor who owes a callback leaves strangers to others, while they are about to make it: not for longer than this. */
const ABOUT_TO_RING_BACK_MS = 30_000;

export interface PutThrough {
  /** Calls whose wait is over: somebody is free for them. */
  callIds: string[];
  /** Whether anybody waits on. */
  othersWait: boolean;
}

/**
 * Asks `onFree` of everyone who is free whether they take a caller who waits, and notes who takes whom: two processes, or
 * two callers, never find the same advisor. Their phones are rung by whoever asks this.
 */
export async function putThrough(tx: Tx): Promise<PutThrough> {
  const nobody = { callIds: [], othersWait: false };
  if (!(await anyoneWaits(tx))) return nobody;
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('put callers through')) as mine`.execute(tx.db);
  if (!rows[0]?.mine) return { callIds: [], othersWait: true };
  const house = await readHouse(tx);
  let { waiting } = house.situation;
  const { advisors } = house.situation;
  const [triedFor, idleSince] = await Promise.all([
    rungInVain(tx, waiting),
    lastTalkEnded(tx, house.roster.policy.call.wrapUpSeconds),
  ]);
  const callIds: string[] = [];
  for (const [advisorId, state] of whoIsFree(advisors, waiting)) {
    const situation = asSeenBy(house, advisorId, state, { tx, waiting, triedFor, idleSince });
    const next = onFree(house.roster.policy, situation, advisorId);
    if (next.task !== 'call' || !(await take(tx, next.callerId, advisorId))) continue;
    callIds.push(next.callerId);
    waiting = waiting.filter(({ id }) => id !== next.callerId);
  }
  return { callIds, othersWait: waiting.length > 0 };
}

async function anyoneWaits({ db }: Tx): Promise<boolean> {
  const row = await db
    .selectFrom('call')
    .where('waitsSince', 'is not', null)
    .where('answeredAt', 'is', null)
    .where('missedAt', 'is', null)
    .select('id')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whoever has a caller of their own first, then whoever has gone longest without a call. */
function whoIsFree(
  advisors: Situation['advisors'],
  waiting: readonly WaitingCaller[],
): (readonly [string, AdvisorState])[] {
  const own = new Set(waiting.map(({ heldFor, ownId }) => heldFor ?? ownId));
  const order = ([id, { lastServedAt }]: readonly [string, AdvisorState]) => (own.has(id) ? 0 : 1 + lastServedAt);
  return Object.entries(advisors)
    .filter(([, state]) => isFree(state))
    .sort((a, b) => order(a) - order(b));
}

/** What `onFree` may know for this advisor: nobody for whom their phone has rung already, no callback they leave aside. */
function asSeenBy(
  house: HouseNow,
  advisorId: string,
  state: AdvisorState,
  now: { tx: Tx; waiting: readonly WaitingCaller[]; triedFor: Set<string>; idleSince: Map<string, number> },
): Situation {
  const situation = situationFor(house, advisorId, now.tx.now);
  const waiting = now.waiting.filter(({ id }) => !now.triedFor.has(`${id} ${advisorId}`));
  const somebodyWaitsSince = Math.min(...now.waiting.map(({ since }) => since));
  const idleMs = situation.now - Math.max(now.idleSince.get(advisorId) ?? 0, somebodyWaitsSince);
  if (idleMs < ABOUT_TO_RING_BACK_MS) return { ...situation, waiting };
  const callbacks = state.callbacks.map((callback) => ({ ...callback, notBefore: situation.now + 60_000 }));
  return { ...situation, waiting, advisors: { ...situation.advisors, [advisorId]: { ...state, callbacks } } };
}

async function take(tx: Tx, callId: string, advisorId: string): Promise<boolean> {
  const taken = await tx.db
    .updateTable('call')
    .set({ putThroughTo: advisorId, putThroughAt: tx.now })
    .where('id', '=', callId)
    .where('waitsSince', 'is not', null)
    .where('answeredAt', 'is', null)
    .where('missedAt', 'is', null)
    .where('cancelledAt', 'is', null)
    .returning('customerId')
    .executeTakeFirst();
  if (!taken) return false;
  await tx.record({ type: 'call.put_through', customerId: taken.customerId, advisorId, facts: { callId } });
  return true;
}

/** `CALL ADVISOR` of every phone that rang for a caller who still waits. */
async function rungInVain({ db }: Tx, waiting: readonly WaitingCaller[]): Promise<Set<string>> {
  if (waiting.length === 0) return new Set();
  const rows = await db
    .selectFrom('callAttempt')
    .where(
      'callId',
      'in',
      waiting.map(({ id }) => id),
    )
    .select(['callId', 'advisorId'])
    .execute();
  return new Set(rows.map(({ callId, advisorId }) => `${callId} ${advisorId}`));
}

/** When each advisor was done with a call of the last minutes. */
async function lastTalkEnded({ db, now }: Tx, wrapUpSeconds: number): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; at: Date }>`
    select answered_by as id, max(coalesce(wrapped_at, ended_at + ${wrapUpSeconds} * interval '1 second')) as at from call
    where ended_at > ${new Date(now.getTime() - 600_000)} and answered_by is not null group by answered_by`.execute(db);
  return new Map(rows.map(({ id, at }) => [id, at.getTime()]));
}
