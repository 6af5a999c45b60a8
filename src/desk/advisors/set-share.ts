import type { Actor } from '../actor.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';

/** Changes which part of a full post an advisor works. Returns the part of before, or undefined when nothing changed. */
export async function setShare(
  tx: Tx,
  actor: Actor,
  { advisorId, share }: { advisorId: string; share: number },
): Promise<number | undefined> {
  if (!can(actor, 'build caseloads') || !(share > 0 && share <= 1)) return undefined;
  const advisor = await tx.db
    .selectFrom('advisor')
    .where('id', '=', advisorId)
    .where('leftAt', 'is', null)
    .select('share')
    .forUpdate()
    .executeTakeFirst();
  const before = Number(advisor?.share);
  if (!advisor || before === share) return undefined;
  await tx.db.updateTable('advisor').set({ share }).where('id', '=', advisorId).execute();
  await recordChange(tx, actor, {
    action: 'change share of an advisor',
    event: 'advisor.share_changed',
    advisorId,
    facts: { before, share },
  });
  return before;
}
