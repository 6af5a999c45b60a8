import type { Actor } from '../actor.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';

export type AreaGiven =
  | { ok: true; id: string; fromAdvisorId: string }
  | { ok: false; why: 'not_allowed' | 'unknown_advisor' | 'not_served' | 'same_advisor' }
  /** The commune is cut: one of these must be named. */
  | { ok: false; why: 'which_sector'; sectors: string[] };

/**
 * Gives an area another advisor, who answers whoever moves there from now on. Customers keep their own person until
 * somebody moves them, with a handover.
 */
export async function giveArea(
  tx: Tx,
  actor: Actor,
  input: { communeInsee: string; sector?: string | undefined; advisorId: string },
): Promise<AreaGiven> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  const areas = await tx.db
    .selectFrom('area')
    .where('communeInsee', '=', input.communeInsee)
    .select(['id', 'sector', 'advisorId'])
    .orderBy('sector')
    .forUpdate()
    .execute();
  if (areas.length === 0) return { ok: false, why: 'not_served' };
  const wanted = input.sector?.trim().toLowerCase();
  const [area, ...others] = areas.filter((each) => wanted === undefined || each.sector?.toLowerCase() === wanted);
  if (!area || others.length > 0)
    return { ok: false, why: 'which_sector', sectors: areas.map((each) => each.sector ?? '') };
  if (area.advisorId === input.advisorId) return { ok: false, why: 'same_advisor' };
  const advisor = await tx.db
    .selectFrom('advisor')
    .where('id', '=', input.advisorId)
    .where('leftAt', 'is', null)
    .select('id')
    .forShare()
    .executeTakeFirst();
  if (!advisor) return { ok: false, why: 'unknown_advisor' };
  await tx.db.updateTable('area').set({ advisorId: advisor.id }).where('id', '=', area.id).execute();
  await recordChange(tx, actor, {
    action: 'give area',
    event: 'area.given',
    advisorId: advisor.id,
    facts: { areaId: area.id, insee: input.communeInsee, fromAdvisorId: area.advisorId },
  });
  return { ok: true, id: area.id, fromAdvisorId: area.advisorId };
}
