import type { Actor } from '../actor.ts';
import { newId } from '../id.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { readPoint } from './contact-point-value.ts';
import { lockCustomer } from './lock.ts';
import { placeCustomer } from './place.ts';
import type { CustomerProblem } from './problems.ts';

export type HouseMoved =
  /** `areaAdvisorId` serves the new place; the customer keeps their own advisor until somebody changes that. */
  | { ok: true; areaAdvisorId: string; ownAdvisorId: string }
  | { ok: false; why: 'not_allowed' | 'not_found' }
  | { ok: false; why: 'problem'; problem: CustomerProblem };

/** A customer lives elsewhere: another area, another postal address. An empty address leaves what is on file. */
export async function moveHouse(
  tx: Tx,
  actor: Actor,
  input: { customerId: string; commune: string; sector: string; address: string },
): Promise<HouseMoved> {
  if (!can(actor, 'work on case files')) return { ok: false, why: 'not_allowed' };
  const customer = await lockCustomer(tx, input.customerId);
  if (!customer) return { ok: false, why: 'not_found' };
  const place = await placeCustomer(tx, input.commune, input.sector.trim() || undefined);
  if ('why' in place) return { ok: false, why: 'problem', problem: place };
  await tx.db.updateTable('customer').set({ areaId: place.areaId }).where('id', '=', customer.id).execute();
  const address = readPoint('postal', input.address);
  if (address) await replaceAddress(tx, customer.id, address);
  await recordChange(tx, actor, {
    action: 'move customer',
    event: 'customer.moved',
    customerId: customer.id,
    facts: { fromAreaId: customer.areaId, areaId: place.areaId },
  });
  return { ok: true, areaAdvisorId: place.advisorId, ownAdvisorId: customer.advisorId };
}

async function replaceAddress({ db }: Tx, customerId: string, value: string): Promise<void> {
  const known = await db
    .selectFrom('contactPoint')
    .where('customerId', '=', customerId)
    .where('kind', '=', 'postal')
    .select(['id', 'value'])
    .orderBy('id')
    .execute();
  if (known.some((point) => point.value === value)) return;
  const [first] = known;
  if (first)
    await db
      .updateTable('contactPoint')
      .set({ value, failingSince: null, failingWhy: null })
      .where('id', '=', first.id)
      .execute();
  else await db.insertInto('contactPoint').values({ id: newId(), customerId, kind: 'postal', value }).execute();
}
