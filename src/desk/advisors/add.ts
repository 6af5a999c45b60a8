import type { Actor } from '../actor.ts';
import { newId } from '../id.ts';
import { isDemo } from '../operator.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { type BackupProblem, backupProblem } from './backups.ts';
import { type AdvisorProblem, type AdvisorSaid, checkAdvisor } from './check.ts';

export interface NewAdvisor extends AdvisorSaid {
  /** Ids, best first. */
  backups: readonly string[];
}

export type AdvisorAdded =
  | { ok: true; id: string }
  | { ok: false; why: 'not_allowed' | AdvisorProblem | BackupProblem };

/** Adds an advisor with ranked backups: two, or one when there is only one colleague, or none for the very first. */
export async function addAdvisor(tx: Tx, actor: Actor, input: NewAdvisor): Promise<AdvisorAdded> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  const checked = await checkAdvisor(tx, input);
  if (!checked.ok) return checked;
  const id = newId();
  const wrong = await backupProblem(tx, id, input.backups);
  if (wrong) return { ok: false, why: wrong };
  await tx.db
    .insertInto('advisor')
    .values({ id, ...checked.row, joinedAt: tx.now, demo: await isDemo(tx.db) })
    .execute();
  if (input.backups.length > 0)
    await tx.db
      .insertInto('backup')
      .values(input.backups.map((backupAdvisorId, index) => ({ advisorId: id, rank: index + 1, backupAdvisorId })))
      .execute();
  await recordChange(tx, actor, { action: 'add advisor', event: 'advisor.added', advisorId: id });
  return { ok: true, id };
}
