import type { RingBack } from '../../core/routing/request.ts';
import type { Tx } from '../tx.ts';

/** Remembers whether a customer wants to be rung back: asked each time, always (no offer is spoken any more), or never. */
export async function rememberRingBack(tx: Tx, customerId: string, ringBack: RingBack): Promise<void> {
  const changed = await tx.db
    .updateTable('customer')
    .set({ ringBack })
    .where('id', '=', customerId)
    .where('ringBack', '!=', ringBack)
    .where('erasedAt', 'is', null)
    .returning('advisorId')
    .executeTakeFirst();
  if (!changed) return;
  await tx.record({
    type: 'customer.ring_back_changed',
    customerId,
    advisorId: changed.advisorId,
    facts: { ringBack },
  });
}
