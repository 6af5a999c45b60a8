import { type Actor, staffIdOf } from '../actor.ts';
import { newId } from '../id.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { movesToMake } from './moves-to-make.ts';
import type { PlanPerson } from './plan-people.ts';
import type { Proposal } from './propose.ts';
import type { NewArea, Share } from './shares.ts';

export interface PlanAsked {
  kind: 'design' | 'repair';
  /** Whom it counts otherwise than as they are now; of a design, exactly who takes part. */
  people?: readonly PlanPerson[];
  /** Départements to be served whole. */
  departements?: readonly string[];
  /** A job works it out, unless whoever asks does (the command line, which waits for it). */
  byJob?: boolean;
}

export type PlanAskedFor =
  | { ok: true; id: string }
  | { ok: false; why: 'not_allowed' | 'unknown_advisor' | 'share_out_of_range' | 'unknown_departement' };

/** Asks for a plan: a job works it out, and somebody looks at it before anything changes. */
export async function askForPlan(
  tx: Tx,
  actor: Actor,
  { kind, people = [], departements = [], byJob = true }: PlanAsked,
): Promise<PlanAskedFor> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  for (const { advisorId } of people)
    if (!(await isPresent(tx, advisorId))) return { ok: false, why: 'unknown_advisor' };
  if (people.some(({ share = 1 }) => !(share >= leastShare && share <= 1)))
    return { ok: false, why: 'share_out_of_range' };
  if (!(await areDepartements(tx, departements))) return { ok: false, why: 'unknown_departement' };
  const id = newId();
  await tx.db
    .insertInto('caseloadPlan')
    .values({
      id,
      kind,
      departements: [...departements],
      askedAt: tx.now,
      askedBy: staffIdOf(actor),
      state: 'waiting',
    })
    .execute();
  if (people.length > 0)
    await tx.db
      .insertInto('caseloadPlanPerson')
      .values(people.map(({ advisorId, cause, share }) => ({ planId: id, advisorId, cause, share: share ?? null })))
      .execute();
  if (byJob) await tx.enqueue('work-out-caseloads', { planId: id });
  await tx.record({ type: 'caseloads.asked', facts: { planId: id, kind } });
  return { ok: true, id };
}

/** A hundredth of a post is the least the table holds. */
const leastShare = 0.01;

async function areDepartements({ db }: Tx, codes: readonly string[]): Promise<boolean> {
  if (codes.length === 0) return true;
  const known = await db
    .selectFrom('commune')
    .where('departementCode', 'in', codes)
    .select('departementCode')
    .distinct()
    .execute();
  return known.length === new Set(codes).size;
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

interface Kept {
  planId: string;
  proposal: Proposal;
  shares: readonly Share[];
  newAreas: readonly NewArea[];
}

/** Keeps what was worked out, with every customer and area that would move. False when the plan was cancelled meanwhile. */
export async function keepProposal(tx: Tx, { planId, proposal, shares, newAreas }: Kept): Promise<boolean> {
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
  for (let from = 0; from < newAreas.length; from += atOnce)
    await tx.db
      .insertInto('caseloadNewArea')
      .values(newAreas.slice(from, from + atOnce).map((area) => ({ planId, ...area })))
      .execute();
  await tx.db
    .updateTable('caseloadPlan')
    .set({ state: 'ready', stage: null, proposal: JSON.stringify(proposal) })
    .where('id', '=', planId)
    .execute();
  return true;
}

const atOnce = 2000;
