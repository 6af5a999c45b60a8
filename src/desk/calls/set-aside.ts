import type { Tx } from '../tx.ts';

/**
 * `own_phone`: the advisor did not pick up their own phone. `not_dialled`: the phone system did not call the customer.
 * `untold`: the phone system does not tell what became of a call.
 */
export type WhySetAside = 'own_phone' | 'not_dialled' | 'untold';

/** Ends a call that came to nothing for the customer: it leaves no line on a timeline, keeps no promise and breaks none. */
export async function setAsideCall(tx: Tx, id: string, why: WhySetAside): Promise<void> {
  const call = await tx.db
    .updateTable('call')
    .set({ setAsideAt: tx.now, setAsideWhy: why })
    .where('id', '=', id)
    .where('setAsideAt', 'is', null)
    .where('answeredAt', 'is', null)
    .where('missedAt', 'is', null)
    .returning(['customerId', 'placedBy'])
    .executeTakeFirst();
  if (!call) return;
  const { customerId, placedBy: advisorId } = call;
  await tx.record({ type: 'call.set_aside', customerId, advisorId, facts: { callId: id, why } });
}
