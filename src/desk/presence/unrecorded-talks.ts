import type { Kysely } from 'kysely';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { LONGEST_CALL_MS } from '../views/on-the-phone.ts';

/** Whose call to somebody on no file, or to a colleague, is told of. There is no field for the other side. */
export interface UnrecordedTalk {
  sipId: string;
  advisorId: string;
  kind: 'dialled' | 'answered';
  at: Date;
}

/** An advisor's phone dials or talks: they are busy, and that is all that is kept. Told twice or swapped, it is the same. */
export async function noteUnrecordedTalk(tx: Tx, { sipId, advisorId, kind, at }: UnrecordedTalk): Promise<void> {
  const answeredAt = kind === 'answered' ? at : null;
  await tx.db
    .insertInto('unrecordedTalk')
    .values({ sipId, advisorId, dialledAt: at, answeredAt })
    .onConflict((conflict) => {
      const known = conflict.columns(['sipId', 'advisorId']);
      return answeredAt ? known.doUpdateSet({ answeredAt }) : known.doNothing();
    })
    .execute();
}

/** It is over, answered or not: nothing is left of it. A name without its end is the beginning of one. */
export async function endUnrecordedTalk(tx: Tx, sipId: string): Promise<void> {
  await tx.db
    .deleteFrom('unrecordedTalk')
    .where('sipId', sipId.includes('-') ? '=' : 'like', sipId.includes('-') ? sipId : `${sipId}-%`)
    .execute();
}

/** Since when this advisor is on the phone with somebody on no file, or with a colleague; null: they are not. */
export async function unrecordedSince(db: Kysely<DB>, advisorId: string, now: Date): Promise<Date | null> {
  const row = await db
    .selectFrom('unrecordedTalk')
    .where('advisorId', '=', advisorId)
    .where('answeredAt', '>', new Date(now.getTime() - LONGEST_CALL_MS))
    .select('answeredAt')
    .orderBy('answeredAt')
    .limit(1)
    .executeTakeFirst();
  return row?.answeredAt ?? null;
}

/** The advisor says that they are not on the phone any more, though nobody told the end. */
export async function sayOffThePhone(tx: Tx, advisorId: string): Promise<void> {
  await tx.db.deleteFrom('unrecordedTalk').where('advisorId', '=', advisorId).execute();
  await tx.record({ type: 'presence.back', advisorId });
}

/** Those whose end nobody told: they count for nobody any more. */
export async function forgetUnrecordedTalks(tx: Tx): Promise<void> {
  await tx.db
    .deleteFrom('unrecordedTalk')
    .where('dialledAt', '<', new Date(tx.now.getTime() - LONGEST_CALL_MS))
    .execute();
}
