import { type Kysely, sql } from 'kysely';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';

/** Longer than Kamailio's accounting of a call is read: a week, and a day for what was read meanwhile. */
const KEPT_MS = 8 * 86_400_000;

/** Nothing is kept of this call, however often it is told of again. */
export async function leaveUnkept(tx: Tx, callId: string): Promise<void> {
  await tx.db
    .insertInto('unkeptCall')
    .values({ callId, at: tx.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Before a customer is erased: the calls that Kamailio may still tell of. */
export async function leaveCallsUnkept(tx: Tx, customerId: string): Promise<void> {
  const since = new Date(tx.now.getTime() - KEPT_MS);
  await sql`insert into unkept_call (call_id, at)
    select coalesce(sip_id, id), ${tx.now} from call
    where customer_id = ${customerId} and source = 'kamailio' and invited_at > ${since}
    on conflict do nothing`.execute(tx.db);
}

/** Which of these are kept nowhere. */
export async function unkeptAmong(db: Kysely<DB>, callIds: readonly string[]): Promise<Set<string>> {
  if (callIds.length === 0) return new Set();
  const rows = await db.selectFrom('unkeptCall').where('callId', 'in', callIds).select('callId').execute();
  return new Set(rows.map(({ callId }) => callId));
}

/** Those whose accounting is read no more. */
export async function forgetUnkept(tx: Tx): Promise<void> {
  await tx.db
    .deleteFrom('unkeptCall')
    .where('at', '<', new Date(tx.now.getTime() - KEPT_MS))
    .execute();
}
