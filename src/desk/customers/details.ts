import type { Actor } from '../actor.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import type { NewCustomer } from './add.ts';
import { lockCustomer } from './lock.ts';

export interface CustomerDetails {
  customerId: string;
  kind: NewCustomer['kind'];
  name: string;
  /** Language of mails, letters and pages. */
  locale: 'fr' | 'en';
  /** Whether they want to be rung back: asked each time, always, never. */
  ringBack: 'ask' | 'always' | 'never';
}

export type DetailsChanged = { ok: true } | { ok: false; why: 'not_allowed' | 'not_found' | 'no_name' };

/** Changes how a customer is called and what they prefer. The kind changes what they see, never how they are routed. */
export async function changeDetails(tx: Tx, actor: Actor, input: CustomerDetails): Promise<DetailsChanged> {
  if (!can(actor, 'work on case files')) return { ok: false, why: 'not_allowed' };
  const name = input.name.trim().slice(0, 200);
  if (!name) return { ok: false, why: 'no_name' };
  const customer = await lockCustomer(tx, input.customerId);
  if (!customer) return { ok: false, why: 'not_found' };
  const { kind, locale, ringBack } = input;
  await tx.db.updateTable('customer').set({ kind, name, locale, ringBack }).where('id', '=', customer.id).execute();
  await recordChange(tx, actor, {
    action: 'change customer',
    event: 'customer.changed',
    customerId: customer.id,
    facts: { locale, ringBack },
  });
  return { ok: true };
}
