import { addArea } from '../areas/add.ts';
import { removeEmptyArea } from '../areas/remove.ts';
import type { Tx } from '../tx.ts';
import { actorOf } from './actor-of.ts';

const atOnce = 100;

/** Communes that a plan serves from nothing get their areas, each from the office of its advisor. Returns how many. */
export async function serveNewAreas(tx: Tx): Promise<number> {
  const areas = await tx.db
    .selectFrom('caseloadNewArea')
    .innerJoin('caseloadPlan', 'caseloadPlan.id', 'caseloadNewArea.planId')
    .innerJoin('advisor', 'advisor.id', 'caseloadNewArea.advisorId')
    .innerJoin('pod', 'pod.id', 'advisor.podId')
    .where('caseloadPlan.state', '=', 'applying')
    .where('servedAt', 'is', null)
    .select(['planId', 'communeInsee', 'caseloadNewArea.advisorId', 'officeId', 'appliedBy'])
    .orderBy('communeInsee')
    .limit(atOnce)
    .forUpdate('caseloadNewArea')
    .execute();
  for (const { planId, appliedBy, ...area } of areas) {
    // Somebody may serve the commune by now: then it stays as they decided.
    const added = await addArea(tx, actorOf(appliedBy), area);
    await tx.db
      .updateTable('caseloadNewArea')
      .set({ servedAt: tx.now, areaId: added.ok ? added.id : null })
      .where('planId', '=', planId)
      .where('communeInsee', '=', area.communeInsee)
      .execute();
  }
  return areas.length;
}

/** Of a plan that is taken back, areas end in which nobody became a customer meanwhile. */
export async function takeNewAreasBack(tx: Tx): Promise<void> {
  const areas = await tx.db
    .selectFrom('caseloadNewArea')
    .innerJoin('caseloadPlan', 'caseloadPlan.id', 'caseloadNewArea.planId')
    .where('caseloadPlan.state', '=', 'undoing')
    .where('areaId', 'is not', null)
    .select(['areaId', 'undoneBy'])
    .forUpdate('caseloadNewArea')
    .execute();
  for (const { areaId, undoneBy } of areas) if (areaId) await removeEmptyArea(tx, actorOf(undoneBy), areaId);
}
