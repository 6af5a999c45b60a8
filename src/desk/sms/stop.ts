import { type Kysely, sql } from 'kysely';
import { newId } from '../id.ts';
import type { DB } from '../tables.ts';
import type { Tx } from '../tx.ts';

/** Whether the owner of this number wants no SMS from us. */
export async function isStopped(db: Kysely<DB>, phone: string): Promise<boolean> {
  const row = await db
    .selectFrom('smsStop')
    .where('phone', '=', phone)
    .where('resumedAt', 'is', null)
    .select('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** From now on nothing leaves for this number; what waits is cancelled. False when it was so before. */
export async function stopSms(tx: Tx, phone: string): Promise<boolean> {
  const stopped = await tx.db
    .insertInto('smsStop')
    .values({ id: newId(), phone, stoppedAt: tx.now })
    .onConflict((conflict) => conflict.column('phone').where('resumedAt', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!stopped) return false;
  await sql`update outgoing_sms set cancelled_at = ${tx.now} where to_phone = ${phone} and kind <> 'stop'
    and sent_at is null and failed_at is null and cancelled_at is null`.execute(tx.db);
  return true;
}

/** SMS may leave for this number again. */
export async function resumeSms(tx: Tx, phone: string): Promise<void> {
  await tx.db
    .updateTable('smsStop')
    .set({ resumedAt: tx.now })
    .where('phone', '=', phone)
    .where('resumedAt', 'is', null)
    .execute();
}
