import type { Actor } from '../actor.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { type AdvisorProblem, type AdvisorSaid, checkAdvisor } from './check.ts';

export type AdvisorEdited = { ok: true } | { ok: false; why: 'not_allowed' | 'unknown_advisor' | AdvisorProblem };

/** Changes what is said of an advisor: name, number, mail, hours, languages, pod. Pages and routing follow at once. */
export async function editAdvisor(
  tx: Tx,
  actor: Actor,
  input: AdvisorSaid & { advisorId: string },
): Promise<AdvisorEdited> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  const advisor = await tx.db
    .selectFrom('advisor')
    .where('id', '=', input.advisorId)
    .where('leftAt', 'is', null)
    .select('id')
    .forUpdate()
    .executeTakeFirst();
  if (!advisor) return { ok: false, why: 'unknown_advisor' };
  const checked = await checkAdvisor(tx, input, advisor.id);
  if (!checked.ok) return checked;
  await tx.db.updateTable('advisor').set(checked.row).where('id', '=', advisor.id).execute();
  await recordChange(tx, actor, { action: 'change advisor', event: 'advisor.changed', advisorId: advisor.id });
  return { ok: true };
}
