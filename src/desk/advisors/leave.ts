import type { Actor } from '../actor.ts';
import { recordChange } from '../people/record-change.ts';
import { can } from '../permissions.ts';
import type { Tx } from '../tx.ts';
import { forgetOwnSentences } from './own-sentence.ts';

export type AdvisorLeft =
  | { ok: true }
  | { ok: false; why: 'not_allowed' | 'unknown_advisor' }
  /** What must be given to colleagues first. */
  | { ok: false; why: 'still_in_charge'; customers: number; areas: number; openCaseFiles: number; trayItems: number }
  /** Colleagues who would have too few backups: name others for them first. */
  | { ok: false; why: 'colleagues_need_backups'; advisorIds: string[] };

/** An advisor leaves for good, once every customer, area and open case file of theirs is with somebody else. */
export async function leave(tx: Tx, actor: Actor, { advisorId }: { advisorId: string }): Promise<AdvisorLeft> {
  if (!can(actor, 'build caseloads')) return { ok: false, why: 'not_allowed' };
  const advisor = await tx.db
    .selectFrom('advisor')
    .where('id', '=', advisorId)
    .where('leftAt', 'is', null)
    .select('id')
    .forUpdate()
    .executeTakeFirst();
  if (!advisor) return { ok: false, why: 'unknown_advisor' };
  const held = await stillHeld(tx, advisorId);
  if (Object.values(held).some((count) => count > 0)) return { ok: false, why: 'still_in_charge', ...held };
  const short = await leftShort(tx, advisorId);
  if (short.length > 0) return { ok: false, why: 'colleagues_need_backups', advisorIds: short };
  await tx.db.deleteFrom('backup').where('backupAdvisorId', '=', advisorId).execute();
  await tx.db
    .updateTable('absence')
    .set({ coverAdvisorId: null })
    .where('coverAdvisorId', '=', advisorId)
    .where('endsAt', '>', tx.now)
    .execute();
  await forgetOwnSentences(tx, advisorId);
  await tx.db.updateTable('advisor').set({ leftAt: tx.now }).where('id', '=', advisorId).execute();
  await recordChange(tx, actor, { action: 'advisor left', event: 'advisor.left', advisorId });
  return { ok: true };
}

async function stillHeld({ db }: Tx, advisorId: string) {
  const count = async (rows: Promise<{ count: number }>) => (await rows).count;
  return {
    customers: await count(
      db
        .selectFrom('customer')
        .where('advisorId', '=', advisorId)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow(),
    ),
    areas: await count(
      db
        .selectFrom('area')
        .where('advisorId', '=', advisorId)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow(),
    ),
    openCaseFiles: await count(
      db
        .selectFrom('caseFile')
        .where('ownerId', '=', advisorId)
        .where('closedAt', 'is', null)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow(),
    ),
    trayItems: await count(
      db
        .selectFrom('trayItem')
        .where('dutyOwnerId', '=', advisorId)
        .where('sortedAt', 'is', null)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow(),
    ),
  };
}

/** Colleagues who name this advisor and would keep fewer than two backups, or than there are colleagues. */
async function leftShort({ db }: Tx, advisorId: string): Promise<string[]> {
  const present = await db
    .selectFrom('advisor')
    .where('leftAt', 'is', null)
    .where('id', '!=', advisorId)
    .select('id')
    .execute();
  const needed = Math.min(2, present.length - 1);
  const rows = await db
    .selectFrom('backup')
    .innerJoin('advisor', 'advisor.id', 'backup.backupAdvisorId')
    .where('advisor.leftAt', 'is', null)
    .select('backup.advisorId')
    .select((eb) => eb.fn.countAll<number>().filterWhere('backupAdvisorId', '!=', advisorId).as('kept'))
    .select((eb) => eb.fn.countAll<number>().filterWhere('backupAdvisorId', '=', advisorId).as('lost'))
    .groupBy('backup.advisorId')
    .execute();
  const names = new Set(present.map((each) => each.id));
  return rows
    .filter((row) => row.lost > 0 && row.kept < needed && names.has(row.advisorId))
    .map((row) => row.advisorId);
}
