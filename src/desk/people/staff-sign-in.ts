import type { Kysely } from 'kysely';
import { newId } from '../id.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { withdrawStaffLinks } from './one-time-links.ts';

/** Whether this member of staff may sign in: they exist and have not left. */
export async function mayStillEnter(db: Kysely<DB>, staffId: string): Promise<boolean> {
  const row = await db
    .selectFrom('staff')
    .where('id', '=', staffId)
    .where('leftAt', 'is', null)
    .select('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps in the audit that somebody signed in. */
export async function recordSignIn(tx: Tx, staffId: string): Promise<void> {
  await tx.db.insertInto('audit').values({ at: tx.now, staffId, action: 'sign in' }).execute();
}

/** Sets a password (already hashed) and ends every session and unused link of this member of staff. */
export async function setStaffPassword(tx: Tx, staffId: string, passwordHash: string): Promise<void> {
  await tx.db
    .insertInto('staffAccount')
    .values({
      id: newId(),
      staffId,
      providerId: 'credential',
      accountId: staffId,
      password: passwordHash,
      createdAt: tx.now,
      updatedAt: tx.now,
    })
    .onConflict((conflict) =>
      conflict.columns(['providerId', 'accountId']).doUpdateSet({ password: passwordHash, updatedAt: tx.now }),
    )
    .execute();
  await endStaffSessions(tx, staffId);
  await withdrawStaffLinks(tx, staffId);
  await tx.db.insertInto('audit').values({ at: tx.now, staffId, action: 'set password' }).execute();
}

/** Ends the sessions of a member of staff: all, or all but the one that asks. Returns how many. */
export async function endStaffSessions(tx: Tx, staffId: string, exceptSessionId?: string): Promise<number> {
  const ended = await tx.db
    .deleteFrom('staffSession')
    .where('staffId', '=', staffId)
    .$if(exceptSessionId !== undefined, (query) => query.where('id', '!=', exceptSessionId ?? ''))
    .executeTakeFirst();
  return Number(ended.numDeletedRows);
}
