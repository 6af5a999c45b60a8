import { normaliseReference } from '../../core/identity/reference.ts';
import type { Actor } from '../actor.ts';
import { newId } from '../id.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { lockCustomer } from './lock.ts';

export interface LineSaid {
  customerId: string;
  reference: string;
  product: string;
  /** Code of the contractual service level: the only thing that may shorten a due time. */
  serviceLevel: string;
}

export type LineProblem = 'reference_unreadable' | 'reference_taken' | 'no_product' | 'unknown_level';

export type LineSaved = { ok: true; id: string } | { ok: false; why: 'not_allowed' | 'not_found' | LineProblem };

/** Adds a line to a customer, or with an id changes one. What is promised already keeps its time. */
export async function saveLine(tx: Tx, actor: Actor, input: LineSaid & { id?: string }): Promise<LineSaved> {
  if (!can(actor, 'change lines')) return { ok: false, why: 'not_allowed' };
  const customer = await lockCustomer(tx, input.customerId);
  if (!customer) return { ok: false, why: 'not_found' };
  const reference = normaliseReference(input.reference);
  const wrong = await problemOf(tx, input, reference);
  if (wrong || !reference) return { ok: false, why: wrong ?? 'reference_unreadable' };
  const id = input.id ?? newId();
  const row = { reference, product: input.product.trim().slice(0, 120), serviceLevel: input.serviceLevel };
  if (input.id) {
    const changed = await tx.db
      .updateTable('line')
      .set(row)
      .where('id', '=', id)
      .where('customerId', '=', customer.id)
      .returning('id')
      .executeTakeFirst();
    if (!changed) return { ok: false, why: 'not_found' };
  } else await tx.insert('line', { id, customerId: customer.id, ...row });
  await recordChange(tx, actor, {
    action: input.id ? 'change line' : 'add line',
    event: input.id ? 'customer.line_changed' : 'customer.line_added',
    customerId: customer.id,
    facts: { lineId: id, serviceLevel: row.serviceLevel },
  });
  return { ok: true, id };
}

async function problemOf({ db }: Tx, input: LineSaid & { id?: string }, reference: string | undefined) {
  if (!reference) return 'reference_unreadable';
  if (!input.product.trim()) return 'no_product';
  const level = await db
    .selectFrom('serviceLevel')
    .where('code', '=', input.serviceLevel)
    .select('code')
    .executeTakeFirst();
  if (!level) return 'unknown_level';
  const other = await db.selectFrom('line').where('reference', '=', reference).select('id').executeTakeFirst();
  return other && other.id !== input.id ? 'reference_taken' : undefined;
}

export type LineRemoved = { ok: true } | { ok: false; why: 'not_allowed' | 'not_found' };

/** The line is no more; case files about it stay with the customer. */
export async function removeLine(
  tx: Tx,
  actor: Actor,
  input: { customerId: string; id: string },
): Promise<LineRemoved> {
  if (!can(actor, 'change lines')) return { ok: false, why: 'not_allowed' };
  const customer = await lockCustomer(tx, input.customerId);
  const gone =
    customer &&
    (await tx.db
      .deleteFrom('line')
      .where('id', '=', input.id)
      .where('customerId', '=', customer.id)
      .returning('id')
      .executeTakeFirst());
  if (!gone) return { ok: false, why: 'not_found' };
  await recordChange(tx, actor, {
    action: 'remove line',
    event: 'customer.line_removed',
    customerId: input.customerId,
    facts: { lineId: input.id },
  });
  return { ok: true };
}
