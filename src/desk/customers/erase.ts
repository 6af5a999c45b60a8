import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import { forgetBlobs } from '../interactions/blobs.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Erasure } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { type Erasable, whatErasureTakes } from '../views/erasure.ts';
import { blobsOf } from './erase-blobs.ts';
import { forgetTraces } from './erase-traces.ts';

export type ErasureReason = Erasure['reason'];
export const erasureReasons: readonly ErasureReason[] = ['asked', 'left', 'mistake'];

export type CustomerErased =
  | { ok: true; gone: Erasable['gone'] }
  | { ok: false; why: 'not_allowed' | 'not_found' | 'not_confirmed' }
  /** What is still owed to them must be closed or sorted first: a promise is not erased in silence. */
  | { ok: false; why: 'still_open'; caseFiles: number; trayItems: number };

/**
 * Erases everything held about a customer, here and wherever else their address or number stands; GDPR article 17. What
 * stays: ids and facts in the event log, who looked at what in the audit, and that they were erased. Whoever erases
 * repeats the customer's number, so that nobody erases the wrong one.
 */
export async function eraseCustomer(
  tx: Tx,
  actor: Actor,
  input: { customerId: string; reference: string; reason: ErasureReason },
): Promise<CustomerErased> {
  if (!can(actor, 'erase a customer')) return { ok: false, why: 'not_allowed' };
  const customer = await tx.db
    .selectFrom('customer')
    .where('id', '=', input.customerId)
    .select(['id', 'reference'])
    .forUpdate()
    .executeTakeFirst();
  if (!customer) return { ok: false, why: 'not_found' };
  if (customer.reference !== input.reference.trim().toUpperCase()) return { ok: false, why: 'not_confirmed' };
  const { open, gone, mails, phones } = await whatErasureTakes(tx.db, customer.id);
  if (open.caseFiles + open.trayItems > 0) return { ok: false, why: 'still_open', ...open };
  const blobs = await blobsOf(tx, customer.id, { mails, phones });
  await forgetTraces(tx, customer.id, { mails, phones });
  await tx.db.deleteFrom('customer').where('id', '=', customer.id).execute();
  await forgetBlobs(tx, blobs);
  await tx.insert('erasure', {
    id: newId(),
    customerId: customer.id,
    at: tx.now,
    byStaff: staffIdOf(actor),
    reason: input.reason,
    gone: JSON.stringify(gone),
  });
  await recordChange(tx, actor, {
    action: 'erase customer',
    event: 'customer.erased',
    customerId: customer.id,
    facts: { reason: input.reason },
  });
  return { ok: true, gone };
}
