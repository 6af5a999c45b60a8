import type { Actor } from '../actor.ts';
import type { Tx } from '../tx.ts';
import { mayEnter } from './enter.ts';

export type EndedEarly = { ok: true } | { ok: false; why: 'not_allowed' | 'not_found' | 'over_already' };

/** Ends an absence now, or calls off one that has not begun. What had passed on comes back at the next look (a minute). */
export async function endAbsenceEarly(tx: Tx, actor: Actor, { id }: { id: string }): Promise<EndedEarly> {
  const absence = await tx.db.selectFrom('absence').where('id', '=', id).selectAll().forUpdate().executeTakeFirst();
  if (!absence) return { ok: false, why: 'not_found' };
  if (!mayEnter(actor, absence.advisorId)) return { ok: false, why: 'not_allowed' };
  if (absence.endedEarlyAt || absence.endsAt <= tx.now) return { ok: false, why: 'over_already' };
  await tx.db.updateTable('absence').set({ endedEarlyAt: tx.now }).where('id', '=', id).execute();
  await tx.record({ type: 'absence.ended_early', advisorId: absence.advisorId, facts: { absenceId: id } });
  await tx.enqueue('watch-absences', {});
  return { ok: true };
}
