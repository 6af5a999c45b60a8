import type { House } from '../house.ts';
import { keepProposal } from './plan.ts';
import type { PlanPerson } from './plan-people.ts';
import { proposeCaseloads, type Stage } from './propose.ts';

/** How often a working plan looks whether it was cancelled, and shows that it is alive. */
const lookEveryMs = 500;

class Cancelled extends Error {}

/** Works a plan out, stage by stage. It may be ended at any moment and begun again: it keeps everything or nothing. */
export async function workOutPlan(
  { db, transact, clock }: Pick<House, 'db' | 'transact' | 'clock'>,
  planId: string,
  onStage?: (stage: Stage) => void,
): Promise<void> {
  const plan = await db
    .updateTable('caseloadPlan')
    .set({ state: 'working', stage: 'reading', seenAt: clock() })
    .where('id', '=', planId)
    .where('state', 'in', ['waiting', 'working'])
    .returning(['kind', 'departements'])
    .executeTakeFirst();
  if (!plan) return;
  const stopping = new AbortController();
  let stage: Stage = 'reading';
  const looking = setInterval(() => void look(), lookEveryMs);
  const look = async () => {
    const alive = await db
      .updateTable('caseloadPlan')
      .set({ stage, seenAt: clock() })
      .where('id', '=', planId)
      .where('state', '=', 'working')
      .returning('id')
      .executeTakeFirst()
      .catch(() => ({ id: planId }));
    if (!alive) stopping.abort(new Cancelled());
  };
  try {
    const proposed = await proposeCaseloads({
      db,
      now: clock(),
      kind: plan.kind === 'design' ? 'design' : 'repair',
      people: await peopleOf(db, planId),
      departements: plan.departements,
      signal: stopping.signal,
      onStage: (next) => {
        stage = next;
        onStage?.(next);
      },
    });
    if (!proposed.ok) return await fail(db, planId, proposed.why);
    const { shares, newAreas, ...proposal } = proposed;
    await transact((tx) => keepProposal(tx, { planId, proposal, shares, newAreas }));
  } catch (problem) {
    if (!(problem instanceof Cancelled)) throw problem;
  } finally {
    clearInterval(looking);
  }
}

async function peopleOf(db: House['db'], planId: string): Promise<PlanPerson[]> {
  const rows = await db
    .selectFrom('caseloadPlanPerson')
    .where('planId', '=', planId)
    .select(['advisorId', 'cause', 'share'])
    .execute();
  return rows.map(({ share, ...person }) => ({ ...person, ...(share === null ? {} : { share: Number(share) }) }));
}

async function fail(db: House['db'], planId: string, whyFailed: string): Promise<void> {
  await db
    .updateTable('caseloadPlan')
    .set({ state: 'failed', stage: null, whyFailed })
    .where('id', '=', planId)
    .where('state', '=', 'working')
    .execute();
}

/** Plans whose worker was ended are begun again. Returns how many. */
export async function wakeStalledPlans({ transact }: Pick<House, 'transact'>): Promise<number> {
  return transact(async (tx) => {
    const stalled = await tx.db
      .updateTable('caseloadPlan')
      .set({ state: 'waiting', stage: null })
      .where('state', '=', 'working')
      .where('seenAt', '<', new Date(tx.now.getTime() - stalledMs))
      .returning('id')
      .execute();
    for (const { id } of stalled) await tx.enqueue('work-out-caseloads', { planId: id });
    return stalled.length;
  });
}

const stalledMs = 60_000;
