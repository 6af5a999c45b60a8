import type { Actor } from '../actor.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';

export type BackupProblem = 'too_few_backups' | 'own_backup' | 'backup_twice' | 'unknown_backup';

export type BackupsSet = { ok: true } | { ok: false; why: 'not_allowed' | 'unknown_advisor' | BackupProblem };

/** Names who answers in an advisor's place, best first: at least two, or the one colleague there is. */
export async function setBackups(
  tx: Tx,
  actor: Actor,
  { advisorId, backups }: { advisorId: string; backups: readonly string[] },
): Promise<BackupsSet> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  const advisor = await tx.db
    .selectFrom('advisor')
    .where('id', '=', advisorId)
    .where('leftAt', 'is', null)
    .select('id')
    .forUpdate()
    .executeTakeFirst();
  if (!advisor) return { ok: false, why: 'unknown_advisor' };
  const wrong = await backupProblem(tx, advisorId, backups);
  if (wrong) return { ok: false, why: wrong };
  await tx.db.deleteFrom('backup').where('advisorId', '=', advisorId).execute();
  if (backups.length > 0)
    await tx.db
      .insertInto('backup')
      .values(backups.map((backupAdvisorId, index) => ({ advisorId, rank: index + 1, backupAdvisorId })))
      .execute();
  await recordChange(tx, actor, {
    action: 'set backups',
    event: 'advisor.backups_set',
    advisorId,
    facts: { count: backups.length },
  });
  return { ok: true };
}

/** What is wrong with a list of backups, or undefined. */
export async function backupProblem(
  { db }: Tx,
  advisorId: string,
  backups: readonly string[],
): Promise<BackupProblem | undefined> {
  if (backups.includes(advisorId)) return 'own_backup';
  if (new Set(backups).size !== backups.length) return 'backup_twice';
  const colleagues = await db
    .selectFrom('advisor')
    .where('leftAt', 'is', null)
    .where('id', '!=', advisorId)
    .select('id')
    .execute();
  const known = new Set(colleagues.map((colleague) => colleague.id));
  if (backups.some((id) => !known.has(id))) return 'unknown_backup';
  return backups.length < Math.min(2, known.size) ? 'too_few_backups' : undefined;
}
