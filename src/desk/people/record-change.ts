import { type Actor, staffIdOf } from '../actor.ts';
import type { Tx } from '../tx.ts';

export interface Change {
  /** What was done, in the words of the audit: "change person". */
  action: string;
  /** The line of the event log: "customer.person_changed". */
  event: string;
  customerId?: string;
  advisorId?: string;
  /** Ids and facts, never names, numbers or text of people. */
  facts?: Record<string, string | number | boolean | null>;
}

/** Keeps a change with who made it and when, in the audit and in the event log. */
export async function recordChange(tx: Tx, actor: Actor, { action, event, ...about }: Change): Promise<void> {
  const { customerId = null, advisorId = null, facts = {} } = about;
  const by = actor.kind === 'integration' ? { integration: actor.name } : {};
  const named = advisorId ? { advisorId } : {};
  await tx.insert('audit', {
    at: tx.now,
    staffId: staffIdOf(actor),
    action,
    customerId,
    facts: JSON.stringify({ ...facts, ...named, ...by }),
  });
  await tx.record({ type: event, customerId, advisorId, facts });
}
