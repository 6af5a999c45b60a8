import type { Actor } from '../actor.ts';
import { newId } from '../id.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { readPoint } from './contact-point-value.ts';

export type PointAdded =
  | { ok: true; id: string; value: string }
  | { ok: false; why: 'not_allowed' | 'not_found' | 'unreadable' | 'on_file' };

/** Adds a phone number, mail address or postal address to a customer, in the form in which it is compared. */
export async function addContactPoint(
  tx: Tx,
  actor: Actor,
  input: { customerId: string; kind: 'phone' | 'mail' | 'postal'; value: string; personId?: string },
): Promise<PointAdded> {
  if (!can(actor, 'work on case files')) return { ok: false, why: 'not_allowed' };
  const value = readPoint(input.kind, input.value);
  if (!value) return { ok: false, why: 'unreadable' };
  const customer = await tx.db
    .selectFrom('customer')
    .where('id', '=', input.customerId)
    .where('erasedAt', 'is', null)
    .select('id')
    .forUpdate()
    .executeTakeFirst();
  if (!customer) return { ok: false, why: 'not_found' };
  const person = input.personId
    ? await tx.db
        .selectFrom('person')
        .where('id', '=', input.personId)
        .where('customerId', '=', customer.id)
        .select('id')
        .executeTakeFirst()
    : null;
  if (person === undefined) return { ok: false, why: 'not_found' };
  const added = await tx.db
    .insertInto('contactPoint')
    .values({ id: newId(), customerId: customer.id, personId: person?.id ?? null, kind: input.kind, value })
    .onConflict((conflict) => conflict.columns(['customerId', 'kind', 'value']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) return { ok: false, why: 'on_file' };
  await recordChange(tx, actor, {
    action: 'add contact point',
    event: 'customer.contact_point_added',
    customerId: customer.id,
    facts: { kind: input.kind },
  });
  return { ok: true, id: added.id, value };
}

export type PointRemoved = { ok: true } | { ok: false; why: 'not_allowed' | 'not_found' | 'last_one' };

/** Removes a contact point, unless it is the customer's last: then nobody could be reached any more. */
export async function removeContactPoint(
  tx: Tx,
  actor: Actor,
  input: { customerId: string; id: string },
): Promise<PointRemoved> {
  if (!can(actor, 'work on case files')) return { ok: false, why: 'not_allowed' };
  // Locked together, so that two colleagues cannot each remove the other's last one.
  const points = await tx.db
    .selectFrom('contactPoint')
    .where('customerId', '=', input.customerId)
    .select(['id', 'kind'])
    .orderBy('id')
    .forUpdate()
    .execute();
  const point = points.find((each) => each.id === input.id);
  if (!point) return { ok: false, why: 'not_found' };
  if (points.length === 1) return { ok: false, why: 'last_one' };
  await tx.db.deleteFrom('contactPoint').where('id', '=', point.id).execute();
  await recordChange(tx, actor, {
    action: 'remove contact point',
    event: 'customer.contact_point_removed',
    customerId: input.customerId,
    facts: { kind: point.kind },
  });
  return { ok: true };
}
