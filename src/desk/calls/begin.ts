import type { Tx } from '../tx.ts';

export interface NewCall {
  id: string;
  at: Date;
  fromPhone: string | null;
  customerId: string | null;
  ringList: readonly string[];
  /** The phone system that tells us; 'kamailio' when left out. */
  source?: string;
  /** Kamailio's name for it, when it has an id of ours. */
  sipId?: string;
  /** An outgoing call: the number called and who dials. */
  out?: { toPhone: string; placedBy: string | null; commitmentId?: string | null };
}

/**
 * Notes that there is a call and whom it will ring, and lets the screens of those hear of it before the phone rings. Told
 * again, by another process or twice, it changes nothing. True when it was new.
 */
export async function beginCall(tx: Tx, call: NewCall): Promise<boolean> {
  const { id, at, fromPhone, customerId, ringList, out } = call;
  const begun = await tx.db
    .insertInto('call')
    .values({
      id,
      invitedAt: at,
      fromPhone,
      customerId,
      ringList: [...ringList],
      source: call.source ?? 'kamailio',
      sipId: call.sipId ?? null,
      direction: out ? 'out' : 'in',
      toPhone: out?.toPhone ?? null,
      placedBy: out?.placedBy ?? null,
      commitmentId: out?.commitmentId ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!begun) return false;
  await tx.record({
    type: 'call.invited',
    customerId,
    advisorId: out?.placedBy ?? ringList[0] ?? null,
    facts: { callId: id, direction: out ? 'out' : 'in' },
  });
  return true;
}
