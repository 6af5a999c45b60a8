import { type Actor, staffIdOf } from '../actor.ts';
import type { Tx } from '../tx.ts';

/** Keeps who of the staff, or which integration, looked at a customer. Customers on their own pages are not kept. */
export async function recordLook(tx: Tx, actor: Actor, customerId: string, action: string): Promise<void> {
  if (actor.kind !== 'staff' && actor.kind !== 'integration') return;
  const facts = actor.kind === 'integration' ? { integration: actor.name } : {};
  await tx.db
    .insertInto('audit')
    .values({ at: tx.now, staffId: staffIdOf(actor), action, customerId, facts: JSON.stringify(facts) })
    .execute();
}
