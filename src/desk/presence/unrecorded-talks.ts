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

/** Those whose end nobody told: they count for nobody any more. */
export async function forgetUnrecordedTalks(tx: Tx): Promise<void> {
  await tx.db
    .deleteFrom('unrecordedTalk')
    .where('dialledAt', '<', new Date(tx.now.getTime() - LONGEST_CALL_MS))
    .execute();
}
