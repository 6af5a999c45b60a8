import type { Actor } from '../actor.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';

/** Ends serving an area in which nobody is, or was, a customer. False when somebody is. */
export async function removeEmptyArea(tx: Tx, actor: Actor, areaId: string): Promise<boolean> {
  if (!can(actor, 'build caseloads')) return false;
  const area = await tx.db
    .selectFrom('area')
    .where('id', '=', areaId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('customer').whereRef('customer.areaId', '=', 'area.id').select('customer.id'))),
    )
    .select(['communeInsee', 'advisorId'])
    .forUpdate()
    .executeTakeFirst();
  if (!area) return false;
  await tx.db.deleteFrom('area').where('id', '=', areaId).execute();
  await recordChange(tx, actor, {
    action: 'remove area',
    event: 'area.removed',
    advisorId: area.advisorId,
    facts: { areaId, insee: area.communeInsee },
  });
  return true;
}
