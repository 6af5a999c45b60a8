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
  /** Whoever pressed the key later than this, and dialled beside the screen, asked for another call. */
  until: Date;
}

/** The clocks of two machines differ by less. */
export const CLOCKS_DIFFER_MS = 60_000;
const ASKED_WITHIN_MS = 180_000;

/** The row of a call, by the phone system's name for it, which nobody else looks for until this transaction ends. */
export async function lockCallNamed(tx: Tx, sipId: string): Promise<string | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${sipId}, 0))`.execute(tx.db);
  const row = await tx.db
    .selectFrom('call')
    .where((eb) => eb.or([eb('id', '=', sipId), eb('sipId', '=', sipId)]))
    .select('id')
    .executeTakeFirst();
  return row?.id;
}

/**
 * The call the workspace asked for, when this is it: this advisor, this number, just now, and not said to be over before this
 * one began. What is told of it from here on goes into that row.
 */
export async function takeAskedCall(tx: Tx, told: ToldCall): Promise<string | undefined> {
  const { sipId, source, advisorId, phone, invited, until } = told;
  const row = await tx.db
    .selectFrom('call')
    .where('placedBy', '=', advisorId)
    .where('toPhone', '=', phone)
    .where('sipId', 'is', null)
    .where('invitedAt', '>', new Date(invited.getTime() - ASKED_WITHIN_MS))
    .where((eb) => {
      const beside = eb.and([eb('source', '=', 'workspace'), eb('invitedAt', '<=', until)]);
      // Kamailio was asked to dial these itself.
      return source === 'kamailio' ? eb.or([beside, eb('source', '=', 'kamailio')]) : beside;
    })
    .where((eb) => {
      const over = eb.fn.coalesce('missedAt', 'endedAt');
      return eb.or([eb(over, 'is', null), eb(over, '>', invited)]);
    })
    .select(['id', 'customerId'])
    .orderBy(sql`abs(extract(epoch from invited_at - ${invited}::timestamptz))`)
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
  // The screens no longer ask how it went.
  const { id: callId, customerId } = row;
  await tx.record({ type: 'call.heard_of', customerId, advisorId, facts: { callId } });
  return callId;
}
