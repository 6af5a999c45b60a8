import type { Actor } from '../actor.ts';
import { setShare } from '../advisors/set-share.ts';
import type { Tx } from '../tx.ts';

/** The shares a plan was worked out with become those of the advisors, once it is applied. */
export async function setSharesOf(tx: Tx, actor: Actor, planId: string): Promise<void> {
  const people = await tx.db
    .selectFrom('caseloadPlanPerson')
    .where('planId', '=', planId)
    .where('share', 'is not', null)
    .select(['advisorId', 'share'])
    .execute();
  for (const { advisorId, share } of people) {
    const shareBefore = await setShare(tx, actor, { advisorId, share: Number(share) });
    if (shareBefore === undefined) continue;
    await tx.db
      .updateTable('caseloadPlanPerson')
      .set({ shareBefore })
      .where('planId', '=', planId)
      .where('advisorId', '=', advisorId)
      .execute();
  }
}

/** A plan is taken back: whoever still works the share it gave them works the one of before. */
export async function setSharesBack(tx: Tx, actor: Actor, planId: string): Promise<void> {
  const people = await tx.db
    .selectFrom('caseloadPlanPerson')
    .innerJoin('advisor', 'advisor.id', 'caseloadPlanPerson.advisorId')
    .where('planId', '=', planId)
    .where('shareBefore', 'is not', null)
    .whereRef('advisor.share', '=', 'caseloadPlanPerson.share')
    .select(['advisorId', 'shareBefore'])
    .execute();
  for (const { advisorId, shareBefore } of people) await setShare(tx, actor, { advisorId, share: Number(shareBefore) });
}
