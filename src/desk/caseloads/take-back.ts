import type { Actor } from '../actor.ts';
import { giveArea } from '../areas/give.ts';
import { changeAdvisor } from '../customers/change-advisor.ts';
import type { Tx } from '../tx.ts';
import { actorOf } from './actor-of.ts';
import { tellStays } from './introduce.ts';
import { takeNewAreasBack } from './new-areas.ts';

/** Takes one customer of an undone plan back, or all its areas, or says that it is undone. Returns how many. */
export async function takeSomeBack(tx: Tx): Promise<number> {
  const move = await tx.db
    .selectFrom('caseloadMove')
    .innerJoin('caseloadPlan', 'caseloadPlan.id', 'caseloadMove.planId')
    .where('caseloadPlan.state', '=', 'undoing')
    .where('caseloadMove.withdrawnAt', 'is', null)
    .selectAll('caseloadMove')
    .select(['whyUndone', 'undoneBy'])
    .orderBy('caseloadMove.customerId')
    .limit(1)
    .forUpdate('caseloadMove')
    .skipLocked()
    .executeTakeFirst();
  if (!move) return takeAreasBack(tx);
  const whyWithdrawn = move.changedAt
    ? await goBack(tx, { ...move, actor: actorOf(move.undoneBy), handover: move.whyUndone ?? '' })
    : 'undone';
  // Whose letter was never printed need not read that it does not hold.
  const told = !move.changedAt && move.introducedAt && move.toldBy;
  const stayToldBy = told ? await tellStays(tx, move) : null;
  await tx.db
    .updateTable('caseloadMove')
    .set({ withdrawnAt: tx.now, whyWithdrawn, stayToldBy })
    .where('planId', '=', move.planId)
    .where('customerId', '=', move.customerId)
    .execute();
  return 1;
}

interface Back {
  customerId: string;
  fromAdvisorId: string;
  toAdvisorId: string;
  actor: Actor;
  handover: string;
}

async function goBack(tx: Tx, move: Back): Promise<'undone' | 'moved_meanwhile' | 'advisor_left'> {
  const customer = await tx.db
    .selectFrom('customer')
    .where('id', '=', move.customerId)
    .select('advisorId')
    .executeTakeFirst();
  if (customer?.advisorId !== move.toAdvisorId) return 'moved_meanwhile';
  const changed = await changeAdvisor(tx, move.actor, {
    customerId: move.customerId,
    advisorId: move.fromAdvisorId,
    handover: move.handover,
  });
  return changed.ok ? 'undone' : 'advisor_left';
}

async function takeAreasBack(tx: Tx): Promise<number> {
  const areas = await tx.db
    .selectFrom('caseloadAreaMove')
    .innerJoin('caseloadPlan', 'caseloadPlan.id', 'caseloadAreaMove.planId')
    .innerJoin('area', 'area.id', 'caseloadAreaMove.areaId')
    .where('caseloadPlan.state', '=', 'undoing')
    .where('caseloadAreaMove.changedAt', 'is not', null)
    .select(['communeInsee', 'sector', 'area.advisorId', 'fromAdvisorId', 'toAdvisorId', 'undoneBy'])
    .forUpdate('caseloadAreaMove')
    .execute();
  for (const { communeInsee, sector, advisorId, fromAdvisorId, toAdvisorId, undoneBy } of areas)
    if (advisorId === toAdvisorId)
      await giveArea(tx, actorOf(undoneBy), { communeInsee, sector: sector ?? undefined, advisorId: fromAdvisorId });
  await takeNewAreasBack(tx);
  // Another worker may still hold a customer of it.
  await tx.db
    .updateTable('caseloadPlan')
    .set({ state: 'undone' })
    .where('state', '=', 'undoing')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('caseloadMove')
            .whereRef('caseloadMove.planId', '=', 'caseloadPlan.id')
            .where('withdrawnAt', 'is', null)
            .select('caseloadMove.planId'),
        ),
      ),
    )
    .execute();
  return 0;
}
