import type { Actor } from '../actor.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';

export interface ServiceLevelSaid {
  code: string;
  nameFr: string;
  nameEn: string;
  /** Working minutes until an answer is owed. */
  answerWithinMinutes: number;
}

export type ServiceLevelSaved =
  | { ok: true }
  | { ok: false; why: 'not_allowed' | 'unknown' | 'bad_code' | 'taken' | 'no_name' | 'bad_time' };

/** A hundred working hours: nobody waits longer for a first answer. */
const MOST_MINUTES = 6_000;

/** Adds a service level, or changes one. What is promised already keeps its time; what comes next follows the new one. */
export async function saveServiceLevel(
  tx: Tx,
  actor: Actor,
  { isNew, ...said }: ServiceLevelSaid & { isNew: boolean },
): Promise<ServiceLevelSaved> {
  if (!can(actor, 'run the installation')) return { ok: false, why: 'not_allowed' };
  const code = said.code.trim().toLowerCase();
  const row = {
    nameFr: said.nameFr.trim().slice(0, 60),
    nameEn: said.nameEn.trim().slice(0, 60),
    answerWithinMinutes: Math.round(said.answerWithinMinutes),
  };
  if (!/^[a-z][a-z0-9-]{1,30}$/.test(code)) return { ok: false, why: 'bad_code' };
  if (!row.nameFr || !row.nameEn) return { ok: false, why: 'no_name' };
  if (!(row.answerWithinMinutes >= 1 && row.answerWithinMinutes <= MOST_MINUTES)) return { ok: false, why: 'bad_time' };
  const before = await tx.db
    .selectFrom('serviceLevel')
    .where('code', '=', code)
    .select('answerWithinMinutes')
    .forUpdate()
    .executeTakeFirst();
  if (isNew && before) return { ok: false, why: 'taken' };
  if (!isNew && !before) return { ok: false, why: 'unknown' };
  if (before) await tx.db.updateTable('serviceLevel').set(row).where('code', '=', code).execute();
  else await tx.insert('serviceLevel', { code, ...row });
  await recordChange(tx, actor, {
    action: before ? 'change service level' : 'add service level',
    event: before ? 'service_level.changed' : 'service_level.added',
    facts: { code, from: before?.answerWithinMinutes ?? null, to: row.answerWithinMinutes },
  });
  return { ok: true };
}

export type ServiceLevelRemoved = { ok: true } | { ok: false; why: 'not_allowed' | 'unknown' | 'in_use' | 'standard' };

/** Removes a service level that no line has. The standard one stays: new lines get it. */
export async function removeServiceLevel(
  tx: Tx,
  actor: Actor,
  { code }: { code: string },
): Promise<ServiceLevelRemoved> {
  if (!can(actor, 'run the installation')) return { ok: false, why: 'not_allowed' };
  if (code === 'standard') return { ok: false, why: 'standard' };
  const level = await tx.db
    .selectFrom('serviceLevel')
    .where('code', '=', code)
    .select('code')
    .forUpdate()
    .executeTakeFirst();
  if (!level) return { ok: false, why: 'unknown' };
  const line = await tx.db.selectFrom('line').where('serviceLevel', '=', code).select('id').executeTakeFirst();
  if (line) return { ok: false, why: 'in_use' };
  await tx.db.deleteFrom('serviceLevel').where('code', '=', code).execute();
  await recordChange(tx, actor, { action: 'remove service level', event: 'service_level.removed', facts: { code } });
  return { ok: true };
}
