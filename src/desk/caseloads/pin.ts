import { type Actor, staffIdOf } from '../actor.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';

/** A customer stays with their advisor whatever a plan would gain: a long acquaintance, somebody vulnerable. */
export async function pinCustomer(
  tx: Tx,
  actor: Actor,
  { customerId, why }: { customerId: string; why: string },
): Promise<{ ok: true } | { ok: false; why: 'not_allowed' | 'no_why' }> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  if (!why.trim()) return { ok: false, why: 'no_why' };
  const pin = { why: why.trim(), pinnedAt: tx.now, pinnedBy: staffIdOf(actor) };
  await tx.db
    .insertInto('caseloadPin')
    .values({ customerId, ...pin })
    .onConflict((conflict) => conflict.column('customerId').doUpdateSet(pin))
    .execute();
  await tx.record({ type: 'caseloads.pinned', customerId });
  return { ok: true };
}

/** The customer may move again. False when they were not pinned. */
export async function unpinCustomer(tx: Tx, actor: Actor, customerId: string): Promise<boolean> {
  if (!can(actor, 'build caseloads')) return false;
  const { numDeletedRows } = await tx.db
    .deleteFrom('caseloadPin')
    .where('customerId', '=', customerId)
    .executeTakeFirst();
  if (numDeletedRows > 0n) await tx.record({ type: 'caseloads.unpinned', customerId });
  return numDeletedRows > 0n;
}
