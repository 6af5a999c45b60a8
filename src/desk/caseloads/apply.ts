import { sql } from 'kysely';
import { type Actor, staffIdOf } from '../actor.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { setSharesBack, setSharesOf } from './new-shares.ts';

export interface ApplyAsked {
  planId: string;
  /** For the history: why this is done. */
  why: string;
  /** What the new advisors read about every customer; the old advisor may add to it. */
  handover: string;
  /** Days between the introduction by the old advisor and the change; until then both are there. */
  noticeDays?: number | undefined;
  /** Customers introduced in one day. */
  perDay?: number | undefined;
}

export type Applied =
  | { ok: true; customers: number; steps: number; lastChangeAt: Date }
  | {
      ok: false;
      why:
        | 'not_allowed'
        | 'not_found'
        | 'not_ready'
        | 'out_of_date'
        | 'other_at_work'
        | 'no_why'
        | 'no_handover'
        | 'bad_days';
    };

export const defaults = { noticeDays: 14, perDay: 200 };
const day = 86_400_000;

/**
 * Decides that a plan is carried out, in steps: each day some customers are introduced by their old advisor, and change
 * after the notice. Nobody changes here; `carryOutMoves` does what is due.
 */
export async function applyPlan(tx: Tx, actor: Actor, asked: ApplyAsked): Promise<Applied> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  const { planId, noticeDays = defaults.noticeDays, perDay = defaults.perDay } = asked;
  const [why, handover] = [asked.why.trim(), asked.handover.trim()];
  if (!why) return { ok: false, why: 'no_why' };
  if (!handover) return { ok: false, why: 'no_handover' };
  const whole = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  if (!whole(noticeDays, 0, 90) || !whole(perDay, 1, 100_000)) return { ok: false, why: 'bad_days' };
  const refused = await whyNot(tx, planId);
  if (refused) return { ok: false, why: refused };
  const { customers, steps } = await setSteps(tx, planId, noticeDays, perDay);
  const lastChangeAt = new Date(tx.now.getTime() + (Math.max(0, steps - 1) + noticeDays) * day);
  await tx.db
    .updateTable('caseloadPlan')
    .set({
      state: 'applying',
      appliedAt: tx.now,
      appliedBy: staffIdOf(actor),
      why,
      handover,
      noticeDays,
      // Also without notice there is a day to take it back.
      undoUntil: new Date(Math.max(lastChangeAt.getTime(), tx.now.getTime() + day)),
    })
    .where('id', '=', planId)
    .execute();
  await setSharesOf(tx, actor, planId);
  await tx.enqueue('watch-caseloads', {});
  await tx.record({ type: 'caseloads.applied', facts: { planId, customers, steps, noticeDays } });
  return { ok: true, customers, steps, lastChangeAt };
}

async function whyNot(
  { db }: Tx,
  planId: string,
): Promise<'not_found' | 'not_ready' | 'out_of_date' | 'other_at_work' | undefined> {
  const plan = await db.selectFrom('caseloadPlan').where('id', '=', planId).selectAll().forUpdate().executeTakeFirst();
  if (!plan) return 'not_found';
  if (plan.state !== 'ready') return 'not_ready';
  const others = await db
    .selectFrom('caseloadPlan')
    .where('appliedAt', 'is not', null)
    .where('id', '!=', planId)
    .select(['state', 'appliedAt', 'undoneAt'])
    .execute();
  if (others.some(({ state }) => state === 'applying' || state === 'undoing')) return 'other_at_work';
  const later = ({ appliedAt, undoneAt }: (typeof others)[number]) =>
    Math.max(appliedAt?.getTime() ?? 0, undoneAt?.getTime() ?? 0) > plan.askedAt.getTime();
  return others.some(later) ? 'out_of_date' : undefined;
}

/** Colleagues are introduced to the customers of one old and one new advisor together, as far as a day allows. */
async function setSteps(tx: Tx, planId: string, noticeDays: number, perDay: number) {
  const { rows } = await sql<{ customers: number; steps: number }>`
    with numbered as (
      select customer_id, (row_number() over (order by from_advisor_id, to_advisor_id, customer_id) - 1) / ${perDay}::int as step
      from caseload_move where plan_id = ${planId}),
    dated as (
      update caseload_move set step = numbered.step,
        introduce_at = ${tx.now}::timestamptz + numbered.step * interval '24 hours',
        change_at = ${tx.now}::timestamptz + (numbered.step + ${noticeDays}::int) * interval '24 hours'
      from numbered where plan_id = ${planId} and caseload_move.customer_id = numbered.customer_id returning caseload_move.step)
    select count(*)::int as customers, coalesce(max(step) + 1, 0)::int as steps from dated`.execute(tx.db);
  return rows[0] ?? { customers: 0, steps: 0 };
}

export type Undone = { ok: true } | { ok: false; why: 'not_allowed' | 'not_found' | 'too_late' | 'no_why' };

/** Takes a plan back within its notice: who has not changed stays, who has goes back. Everyone who was told is told. */
export async function undoPlan(
  tx: Tx,
  actor: Actor,
  { planId, why }: { planId: string; why: string },
): Promise<Undone> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  if (!why.trim()) return { ok: false, why: 'no_why' };
  const plan = await tx.db
    .selectFrom('caseloadPlan')
    .where('id', '=', planId)
    .where('state', 'in', ['applying', 'applied'])
    .select('undoUntil')
    .forUpdate()
    .executeTakeFirst();
  if (!plan) return { ok: false, why: 'not_found' };
  if (!plan.undoUntil || plan.undoUntil < tx.now) return { ok: false, why: 'too_late' };
  await tx.db
    .updateTable('caseloadPlan')
    .set({ state: 'undoing', undoneAt: tx.now, undoneBy: staffIdOf(actor), whyUndone: why.trim() })
    .where('id', '=', planId)
    .execute();
  await setSharesBack(tx, actor, planId);
  await tx.enqueue('watch-caseloads', {});
  await tx.record({ type: 'caseloads.undone', facts: { planId } });
  return { ok: true };
}
