import type { Kysely } from 'kysely';
import type { Demand } from '../../core/planning/plan.ts';
import { demandOf } from '../../core/planning/plan-range.ts';
import { MOST_LOAD, type Staffing } from '../../core/planning/staffing.ts';
import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import { can } from '../permissions.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { makePlan, type Plan } from './make-plan.ts';

/** What a study simulates, and the words of the form it came from, to go back to. */
export interface StudyAsked {
  demand: Demand;
  advisors: number[];
  weights: readonly number[];
  typed: Record<string, string>;
}

export interface PlanStudy {
  id: string;
  askedAt: Date;
  asked: StudyAsked;
  state: 'waiting' | 'working' | 'ready' | 'failed' | 'cancelled';
  done: number;
  runs: number;
  result: Staffing[] | null;
}

/** How often the weeks are repeated with other chance. */
export const STUDY_SEEDS: readonly number[] = Array.from({ length: 8 }, (_, index) => 7001 + index);

/** What is worth simulating of a plan: the number looked at, one less and one more; nothing that drowns. */
export function worthSimulating({ assumptions, chosen, fewer, more }: Plan): StudyAsked['advisors'] {
  return [fewer, chosen, more].flatMap((each) =>
    each && each.occupancy.value <= MOST_LOAD && assumptions.calls.value > 0 ? [each.advisors.value] : [],
  );
}

/** Asks a job to simulate a plan. Nothing else changes. */
export async function askForStudy(
  tx: Tx,
  actor: Actor,
  { entered, typed }: { entered: Parameters<typeof makePlan>[2]; typed: Record<string, string> },
): Promise<{ ok: true; id: string } | { ok: false; why: 'not_allowed' | 'too_much_work' }> {
  if (!can(actor, 'read figures')) return { ok: false, why: 'not_allowed' };
  const plan = await makePlan(tx.db, tx.now, entered);
  const advisors = worthSimulating(plan);
  if (advisors.length === 0) return { ok: false, why: 'too_much_work' };
  const asked: StudyAsked = { demand: demandOf(plan.assumptions), advisors, weights: plan.profile.weights, typed };
  const id = newId();
  await tx.insert('planStudy', {
    id,
    askedAt: tx.now,
    askedBy: staffIdOf(actor),
    asked: JSON.stringify(asked),
    state: 'waiting',
  });
  await tx.enqueue('simulate-plan', { studyId: id });
  await tx.record({ type: 'plan.simulated', facts: { studyId: id } });
  return { ok: true, id };
}

/** Gives a study up; work under way ends within a second. False when there was nothing to end. */
export async function cancelStudy(tx: Tx, actor: Actor, { studyId }: { studyId: string }): Promise<boolean> {
  if (!can(actor, 'read figures')) return false;
  const { numUpdatedRows } = await tx.db
    .updateTable('planStudy')
    .set({ state: 'cancelled' })
    .where('id', '=', studyId)
    .where('state', 'in', ['waiting', 'working'])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function readStudy(db: Kysely<DB>, id: string): Promise<PlanStudy | undefined> {
  const row = await db.selectFrom('planStudy').where('id', '=', id).selectAll().executeTakeFirst();
  return row && ({ ...row, asked: row.asked, result: row.result } as unknown as PlanStudy);
}
