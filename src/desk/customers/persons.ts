import type { Actor } from '../actor.ts';
import { newId } from '../id.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { lockCustomer } from './lock.ts';

export interface PersonNamed {
  customerId: string;
  givenName: string;
  familyName: string;
  /** What this person is in the household, business or town hall. */
  role: string;
}

export type PersonSaved = { ok: true; id: string } | { ok: false; why: 'not_allowed' | 'not_found' | 'no_name' };

const MOST = 120;

/** Adds a person to a customer, or with an id changes one. */
export async function savePerson(tx: Tx, actor: Actor, input: PersonNamed & { id?: string }): Promise<PersonSaved> {
  if (!can(actor, 'work on case files')) return { ok: false, why: 'not_allowed' };
  const familyName = input.familyName.trim().slice(0, MOST);
  if (!familyName) return { ok: false, why: 'no_name' };
  const customer = await lockCustomer(tx, input.customerId);
  if (!customer) return { ok: false, why: 'not_found' };
  const row = {
    givenName: input.givenName.trim().slice(0, MOST),
    familyName,
    role: input.role.trim().slice(0, MOST) || null,
  };
  const id = input.id ?? newId();
  if (input.id) {
    const changed = await tx.db
      .updateTable('person')
      .set(row)
      .where('id', '=', input.id)
      .where('customerId', '=', customer.id)
      .returning('id')
      .executeTakeFirst();
    if (!changed) return { ok: false, why: 'not_found' };
  } else await tx.insert('person', { id, customerId: customer.id, ...row });
  await recordChange(tx, actor, {
    action: input.id ? 'change person' : 'add person',
    event: input.id ? 'customer.person_changed' : 'customer.person_added',
    customerId: customer.id,
    facts: { personId: id },
  });
  return { ok: true, id };
}

export type PersonRemoved = { ok: true } | { ok: false; why: 'not_allowed' | 'not_found' | 'last_one' };

/** Removes a person; what they said stays with the customer. The last one stays: somebody must be there to speak to. */
export async function removePerson(
  tx: Tx,
  actor: Actor,
  input: { customerId: string; id: string },
): Promise<PersonRemoved> {
  if (!can(actor, 'work on case files')) return { ok: false, why: 'not_allowed' };
  const customer = await lockCustomer(tx, input.customerId);
  if (!customer) return { ok: false, why: 'not_found' };
  const persons = await tx.db.selectFrom('person').where('customerId', '=', customer.id).select('id').execute();
  if (!persons.some(({ id }) => id === input.id)) return { ok: false, why: 'not_found' };
  if (persons.length === 1) return { ok: false, why: 'last_one' };
  await tx.db.deleteFrom('person').where('id', '=', input.id).execute();
  await recordChange(tx, actor, {
    action: 'remove person',
    event: 'customer.person_removed',
    customerId: customer.id,
    facts: { personId: input.id },
  });
  return { ok: true };
}
