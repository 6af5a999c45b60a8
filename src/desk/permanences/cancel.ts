import { type Actor, staffIdOf } from '../actor.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';

/**
 * Cancels one date, or with `series` this date and every later one entered with it, with words for those who meant to
 * come. Advisors cancel their own, leads anybody's. Returns how many dates; 0 when there is nothing (left) to cancel.
 */
export async function cancelPermanence(
  tx: Tx,
  actor: Actor,
  input: { id: string; series: boolean; why: string },
): Promise<number> {
  const found = await tx.db
    .selectFrom('permanence')
    .where('id', '=', input.id)
    .select(['seriesId', 'advisorId', 'startsAt'])
    .executeTakeFirst();
  if (!found || !mayCancel(actor, found.advisorId)) return 0;
  const cancelled = await tx.db
    .updateTable('permanence')
    .set((eb) => ({
      cancelledAt: tx.now,
      cancelledBy: staffIdOf(actor),
      why: input.why.trim().slice(0, 500) || null,
      sequence: eb('sequence', '+', 1),
    }))
    .where('cancelledAt', 'is', null)
    .where('endsAt', '>', tx.now)
    .where((eb) =>
      input.series
        ? eb('seriesId', '=', found.seriesId).and('startsAt', '>=', found.startsAt)
        : eb('id', '=', input.id),
    )
    .returning('id')
    .execute();
  for (const { id } of cancelled)
    await tx.record({ type: 'permanence.cancelled', advisorId: found.advisorId, facts: { permanenceId: id } });
  return cancelled.length;
}

function mayCancel(actor: Actor, advisorId: string): boolean {
  if (can(actor, 'enter any absence')) return true;
  return actor.kind === 'staff' && actor.advisorId === advisorId && can(actor, 'enter own absence');
}
