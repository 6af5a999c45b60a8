import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { movesToMake } from './moves-to-make.ts';
import type { Proposal, Share } from './propose.ts';

export interface PlanAsked {
  kind: 'design' | 'repair';
  withoutAdvisorId?: string | undefined;
  newcomerId?: string | undefined;
  /** A job works it out, unless whoever asks does (the command line, which waits for it). */
  byJob?: boolean;
}

/** Asks for a plan: a job works it out, and somebody looks at it before anything changes. */
export async function askForPlan(
  tx: Tx,
  actor: Actor,
  { kind, withoutAdvisorId, newcomerId, byJob = true }: PlanAsked,
): Promise<{ ok: true; id: string } | { ok: false; why: 'not_allowed' | 'unknown_advisor' }> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  for (const id of [withoutAdvisorId, newcomerId])
    if (id && !(await isPresent(tx, id))) return { ok: false, why: 'unknown_advisor' };
  const id = newId();
  await tx.db
    .insertInto('caseloadPlan')
    .values({
      id,
      kind,
      withoutAdvisorId: withoutAdvisorId ?? null,
      newcomerId: newcomerId ?? null,
      askedAt: tx.now,
      askedBy: staffIdOf(actor),
      state: 'waiting',
    })
    .execute();
  if (byJob) await tx.enqueue('work-out-caseloads', { planId: id });
  await tx.record({ type: 'caseloads.asked', facts: { planId: id, kind } });
  return { ok: true, id };
}

async function isPresent({ db }: Tx, advisorId: string): Promise<boolean> {
  const advisor = await db
    .selectFrom('advisor')
    .where('id', '=', advisorId)
    .where('leftAt', 'is', null)
    .select('id')
    .executeTakeFirst();
  return advisor !== undefined;
}

/** Gives a plan up before it is applied; work under way ends within a second. */
export async function cancelPlan(tx: Tx, actor: Actor, { planId }: { planId: string }): Promise<boolean> {
  if (!can(actor, 'build caseloads')) return false;
  const { numUpdatedRows } = await tx.db
    .updateTable('caseloadPlan')
    .set({ state: 'cancelled' })
    .where('id', '=', planId)
    .where('state', 'in', ['waiting', 'working', 'ready'])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Keeps what was worked out, with every customer and area that would move. False when the plan was cancelled meanwhile. */
export async function keepProposal(
  tx: Tx,
  { planId, proposal, shares }: { planId: string; proposal: Proposal; shares: readonly Share[] },
): Promise<boolean> {
  const plan = await tx.db
    .selectFrom('caseloadPlan')
    .where('id', '=', planId)
    .where('state', '=', 'working')
    .select('id')
    .forUpdate()
    .executeTakeFirst();
  if (!plan) return false;
  const { customers, areas } = await movesToMake(tx.db, shares);
  for (let from = 0; from < customers.length; from += atOnce)
    await tx.db
      .insertInto('caseloadMove')
      .values(customers.slice(from, from + atOnce).map((move) => ({ planId, ...move })))
      .execute();
  for (let from = 0; from < areas.length; from += atOnce)
    await tx.db
      .insertInto('caseloadAreaMove')
      .values(areas.slice(from, from + atOnce).map((move) => ({ planId, ...move })))
      .execute();
  await tx.db
    .updateTable('caseloadPlan')
    .set({ state: 'ready', stage: null, proposal: JSON.stringify(proposal) })
    .where('id', '=', planId)
    .execute();
  return true;
}

const atOnce = 2000;
