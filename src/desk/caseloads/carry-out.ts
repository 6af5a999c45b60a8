import { giveArea } from '../areas/give.ts';
import { changeAdvisor } from '../customers/change-advisor.ts';
import type { Transact, Tx } from '../tx.ts';
import { actorOf } from './actor-of.ts';
import { introduce } from './introduce.ts';
import { serveNewAreas } from './new-areas.ts';
import { takeSomeBack } from './take-back.ts';

/**
 * Does what is due of the plans at work: introductions, changes, areas, and what is taken back. One customer a
 * transaction, and each step follows from what is stored, so that it can be killed at any point and run again.
 * Returns how many customers and areas it dealt with. Run every minute.
 */
export async function carryOutMoves(transact: Transact): Promise<number> {
  let done = 0;
  for (const step of [introduceOne, serveNewAreas, changeAreas, changeOne, takeSomeBack, finish])
    for (;;) {
      const count = await transact(step);
      done += count;
      if (count === 0) break;
    }
  return done;
}

async function introduceOne(tx: Tx): Promise<number> {
  const move = await dueMove(tx, 'introduceAt');
  if (!move) return 0;
  if (!(await stillMoves(tx, move))) return 1;
  // Without notice, the announcement of the change says it all.
  const toldBy = move.changeAt && move.changeAt > tx.now ? await introduce(tx, move) : null;
  await settle(tx, move, { introducedAt: tx.now, toldBy });
  return 1;
}

async function changeOne(tx: Tx): Promise<number> {
  const move = await dueMove(tx, 'changeAt');
  if (!move) return 0;
  if (!(await stillMoves(tx, move))) return 1;
  const handover = [move.planHandover, move.handover].filter((text) => text !== null).join('\n\n');
  const changed = await changeAdvisor(tx, actorOf(move.appliedBy), {
    customerId: move.customerId,
    advisorId: move.toAdvisorId,
    handover,
  });
  await settle(
    tx,
    move,
    changed.ok
      ? {
          changedAt: tx.now,
          ...(move.changeAt && move.introduceAt && move.changeAt > move.introduceAt ? {} : { toldBy: changed.toldBy }),
        }
      : { withdrawnAt: tx.now, whyWithdrawn: 'moved_meanwhile' },
  );
  return 1;
}

interface DueMove {
  planId: string;
  customerId: string;
  fromAdvisorId: string;
  toAdvisorId: string;
  introduceAt: Date | null;
  changeAt: Date | null;
  handover: string | null;
  planHandover: string | null;
  appliedBy: string | null;
}

async function dueMove(tx: Tx, which: 'introduceAt' | 'changeAt'): Promise<DueMove | undefined> {
  return tx.db
    .selectFrom('caseloadMove')
    .innerJoin('caseloadPlan', 'caseloadPlan.id', 'caseloadMove.planId')
    .where('caseloadPlan.state', '=', 'applying')
    .where(`caseloadMove.${which}`, '<=', tx.now)
    .where('caseloadMove.changedAt', 'is', null)
    .where('caseloadMove.withdrawnAt', 'is', null)
    .where('caseloadMove.introducedAt', which === 'introduceAt' ? 'is' : 'is not', null)
    .select([
      'caseloadMove.planId',
      'caseloadMove.customerId',
      'caseloadMove.fromAdvisorId',
      'caseloadMove.toAdvisorId',
      'caseloadMove.introduceAt',
      'caseloadMove.changeAt',
      'caseloadMove.handover',
      'caseloadPlan.handover as planHandover',
      'caseloadPlan.appliedBy',
    ])
    .orderBy(`caseloadMove.${which}`)
    .orderBy('caseloadMove.customerId')
    .limit(1)
    .forUpdate('caseloadMove')
    .skipLocked()
    .executeTakeFirst();
}

/** False, and the move is withdrawn: the customer is with somebody else by now or erased, or the new advisor has left. */
async function stillMoves(tx: Tx, move: DueMove): Promise<boolean> {
  const customer = await tx.db
    .selectFrom('customer')
    .where('id', '=', move.customerId)
    .where('erasedAt', 'is', null)
    .select('advisorId')
    .executeTakeFirst();
  const left = await tx.db
    .selectFrom('advisor')
    .where('id', '=', move.toAdvisorId)
    .where('leftAt', 'is not', null)
    .select('id')
    .executeTakeFirst();
  if (customer?.advisorId === move.fromAdvisorId && !left) return true;
  await settle(tx, move, { withdrawnAt: tx.now, whyWithdrawn: left ? 'advisor_left' : 'moved_meanwhile' });
  return false;
}

interface Settled {
  introducedAt?: Date;
  toldBy?: 'mail' | 'sms' | null;
  changedAt?: Date;
  withdrawnAt?: Date;
  whyWithdrawn?: 'undone' | 'moved_meanwhile' | 'advisor_left';
}

async function settle({ db }: Tx, { planId, customerId }: DueMove, settled: Settled): Promise<void> {
  await db
    .updateTable('caseloadMove')
    .set(settled)
    .where('planId', '=', planId)
    .where('customerId', '=', customerId)
    .execute();
}

/** Newcomers of an area find their new person from the day of the first change. */
async function changeAreas(tx: Tx): Promise<number> {
  const areas = await tx.db
    .selectFrom('caseloadAreaMove')
    .innerJoin('caseloadPlan', 'caseloadPlan.id', 'caseloadAreaMove.planId')
    .innerJoin('area', 'area.id', 'caseloadAreaMove.areaId')
    .where('caseloadPlan.state', '=', 'applying')
    .where('caseloadAreaMove.changedAt', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('caseloadMove')
            .whereRef('caseloadMove.planId', '=', 'caseloadPlan.id')
            .where('step', '=', 0)
            .where('changeAt', '>', tx.now)
            .select('caseloadMove.planId'),
        ),
      ),
    )
    .select([
      'planId',
      'areaId',
      'communeInsee',
      'sector',
      'area.advisorId',
      'fromAdvisorId',
      'toAdvisorId',
      'appliedBy',
    ])
    .limit(200)
    .forUpdate('caseloadAreaMove')
    .execute();
  for (const { planId, areaId, appliedBy, ...area } of areas) {
    if (area.advisorId === area.fromAdvisorId)
      await giveArea(tx, actorOf(appliedBy), {
        ...area,
        sector: area.sector ?? undefined,
        advisorId: area.toAdvisorId,
      });
    await tx.db
      .updateTable('caseloadAreaMove')
      .set({ changedAt: tx.now })
      .where('planId', '=', planId)
      .where('areaId', '=', areaId)
      .execute();
  }
  return areas.length;
}

/** A plan of which nothing is left to do. */
async function finish(tx: Tx): Promise<number> {
  await tx.db
    .updateTable('caseloadPlan')
    .set({ state: 'applied' })
    .where('state', '=', 'applying')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('caseloadMove')
            .whereRef('caseloadMove.planId', '=', 'caseloadPlan.id')
            .where('changedAt', 'is', null)
            .where('withdrawnAt', 'is', null)
            .select('caseloadMove.planId'),
        ),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('caseloadAreaMove')
            .whereRef('caseloadAreaMove.planId', '=', 'caseloadPlan.id')
            .where('changedAt', 'is', null)
            .select('caseloadAreaMove.planId'),
        ),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('caseloadNewArea')
            .whereRef('caseloadNewArea.planId', '=', 'caseloadPlan.id')
            .where('servedAt', 'is', null)
            .select('caseloadNewArea.planId'),
        ),
      ),
    )
    .execute();
  return 0;
}
