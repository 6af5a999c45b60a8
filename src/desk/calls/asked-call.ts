import { sql } from 'kysely';
import type { Tx } from '../tx.ts';

/** A call to the outside that a phone system tells of. */
export interface ToldCall {
  /** The phone system's name for it, and which phone system that is. */
  sipId: string;
  source: string;
  advisorId: string;
  /** The number called, in E.164. */
  phone: string;
  invited: Date;
}

const ASKED_WITHIN_MS = 180_000;

/** The row of a call, by the phone system's name for it. Two processes that hear of the call at once find the same one. */
export async function callNamed(tx: Tx, sipId: string): Promise<string | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${sipId}, 0))`.execute(tx.db);
  const row = await tx.db
    .selectFrom('call')
    .where((eb) => eb.or([eb('id', '=', sipId), eb('sipId', '=', sipId)]))
    .select('id')
    .executeTakeFirst();
  return row?.id;
}

/**
 * The call the workspace asked for, when this is it: this advisor, this number, just now (`until`: no later than), and not
 * said to be over before this one began. From here on the phone system tells how it goes.
 */
export async function takeAskedCall(tx: Tx, told: ToldCall, until?: Date): Promise<string | undefined> {
  const { sipId, source, advisorId, phone, invited } = told;
  const row = await tx.db
    .selectFrom('call')
    .where('placedBy', '=', advisorId)
    .where('toPhone', '=', phone)
    .where('source', 'in', [source, 'workspace'])
    .where('sipId', 'is', null)
    .where('invitedAt', '>', new Date(invited.getTime() - ASKED_WITHIN_MS))
    .$if(until !== undefined, (query) => query.where('invitedAt', '<=', until as Date))
    .where((eb) => {
      const over = eb.fn.coalesce('missedAt', 'endedAt');
      return eb.or([eb(over, 'is', null), eb(over, '>', invited)]);
    })
    .select('id')
    .orderBy('invitedAt', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return undefined;
  // Set aside a moment too early: the customer is being called after all.
  await tx.db
    .updateTable('call')
    .set({ sipId, source, setAsideAt: null, setAsideWhy: null })
    .where('id', '=', row.id)
    .execute();
  return row.id;
}
